import { StartError } from '../../config/config.js';
import { listenOn } from '../../server/http/listen.js';
import { createReceiver } from '../../server/webhooks/receiver.js';
import { parseArguments } from '../arguments.js';
import { run } from '../run.js';

const USAGE =
  'npm run webhook:listen -- [--secret whsec_…] [--port 4100] [--fail <percent>] [--throttle <percent>] [--hang <percent>]';

const OPTIONS = {
  secret: { type: 'string' },
  port: { type: 'string', default: '4100' },
  fail: { type: 'string', default: '0' },
  throttle: { type: 'string', default: '0' },
  hang: { type: 'string', default: '0' },
} as const;

function numberOf(name: string, text: string, limit: number): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= limit) return Number(text);
  throw new StartError(`--${name} is a number from 0 to ${limit}; got ${text}. Use: ${USAGE}`);
}

export const ended = run(
  async () => {
    const { secret, port, ...percents } = parseArguments({ options: OPTIONS }, USAGE).values;
    if (secret !== undefined && !/^whsec_[A-Za-z0-9+/=]{32,100}$/.test(secret)) {
      throw new StartError('--secret begins with whsec_: createWebhook shows it once.');
    }
    const percentOf = (name: keyof typeof percents) => numberOf(name, percents[name], 100);
    const behaviour = { secret, fail: percentOf('fail'), throttle: percentOf('throttle'), hang: percentOf('hang') };
    const server = createReceiver(behaviour, line => console.log(line));
    const address = await listenOn(server, '127.0.0.1', numberOf('port', port, 65_535), '--port');
    const verified = secret === undefined ? '; without --secret nothing is verified' : '';
    console.log(`receiver of webhooks at http://127.0.0.1:${address.port}/${verified}`);
    if (secret === undefined) console.log('a register on this machine delivers to it with WEBHOOKS=loopback');
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0));
  },
  { takesArguments: true },
);
