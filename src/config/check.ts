import { readSettings } from './config.js';
import { SECRET_FILES, SECRET_SETTINGS, settingNames, splitUrls, withPresentNames } from './settings.js';

/**
 * Formats all effective settings, one per line, with secrets masked: `PORT=4000 (default)`, `ADMIN_KEY=*** (from /run/secrets/key)`.
 *
 * @throws StartError for the same problems as `readConfig`.
 */
export function shownConfig(variables: NodeJS.ProcessEnv): string {
  const environment = withPresentNames(variables);
  const settings: Record<string, unknown> = readSettings(environment);
  return settingNames
    .map(name => {
      if (settings[name] === undefined) return `${name} is not set`;
      return `${name}=${masked(name, String(settings[name] ?? 'off'))}${sourceOf(name, environment)}`;
    })
    .join('\n');
}

function sourceOf(name: string, environment: NodeJS.ProcessEnv): string {
  if (environment[name]) return '';
  const file = SECRET_FILES.has(`${name}_FILE`) && environment[`${name}_FILE`];
  return file ? ` (from ${file})` : ' (default)';
}

/** Returns a value, or `***` if it may contain a secret; of a URL it shows protocol, host and path. */
function masked(name: string, value: string): string {
  if (!SECRET_SETTINGS.has(name)) return value;
  if (name === 'DATABASE_REPLICA_URLS') return splitUrls(value).map(maskedUrl).join(',');
  return maskedUrl(value);
}

/** The parts of an address with one host or several. An @ after them is one of a password that is not percent-encoded. */
const ADDRESS = /^(?<scheme>\w+:)\/\/(?<credentials>[^/?#]*@)?(?<hosts>[^/?#@]+)(?<rest>(?:[/?#][^@]*)?)$/;

function maskedUrl(value: string): string {
  const parts = ADDRESS.exec(value)?.groups;
  // `URL` reads one host: each of several is read by itself.
  const urls = parts?.hosts?.split(',').map(host => URL.parse(`${parts.scheme}//${host}${parts.rest}`)) ?? [];
  const [url] = urls;
  if (!url || urls.some(each => !each?.host)) return '***';
  const hosts = urls.map(each => each?.host).join(',');
  return `${url.protocol}//${parts?.credentials ? '***@' : ''}${hosts}${url.pathname}${url.search ? '?***' : ''}`;
}
