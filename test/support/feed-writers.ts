import type { Json } from './calls.js';
import { ask, random, sleep, until } from './feed.js';
import { times } from './soak.js';

/** The tie that all writers change: they stand in each other's way. */
const SHARED = 'tie-rotterdam-shanghai';

const PAYLOAD = 'change { cursor } userErrors { code message currentVersion }';
const RECORD = `mutation($input: RecordOrganisationInput!) { write: recordOrganisation(input: $input) {
  record: organisation { id version } ${PAYLOAD} } }`;
const REVISE = `mutation($input: ReviseOrganisationInput!) { write: reviseOrganisation(input: $input) {
  record: organisation { id version } ${PAYLOAD} } }`;
const SHARE = `mutation($input: RevisePartnershipInput!) { write: revisePartnership(input: $input) {
  record: partnership { id version } ${PAYLOAD} } }`;

/** A mutation that the server said it made. */
export interface Acknowledged {
  cursor: string;
  id: string;
  version: number;
  key: string;
}

let keys = 0;

/**
 * Makes so many mutations through the API, by so many writers at once: new records, changes of them, and changes of one
 * record that all share, until each is acknowledged. A call that fails is made again with the same idempotencyKey.
 */
export async function write(
  url: () => string,
  { writers, mutations, pause = 0 }: { writers: number; mutations: number; pause?: number },
  onAcknowledged: (acknowledged: Acknowledged) => void = () => undefined,
  onFailure: (error: unknown) => void = () => undefined,
): Promise<Acknowledged[]> {
  const acknowledged: Acknowledged[] = [];
  let left = mutations;
  const untilAnswered = async (query: string, input: Json): Promise<Json> => {
    for (;;) {
      try {
        return (await ask(url(), query, { input })).write;
      } catch (error) {
        // A server that is away or busy, or whose database is: again. Anything else is a failure.
        const isAway = error instanceof TypeError || error instanceof SyntaxError;
        if (!isAway && !/SERVICE_UNAVAILABLE|CONNECTIONS_IN_USE/.test(String(error))) throw error;
        onFailure(error);
        await sleep(20);
      }
    }
  };
  const writer = async (name: string) => {
    let own: { id: string; version: number } | undefined;
    let shared = 1;
    for (let turn = 0; left > 0; turn += 1) {
      left -= 1;
      for (;;) {
        keys += 1;
        const key = `${name}-${keys}`;
        const common = { idempotencyKey: key, reason: `Turn ${turn} of ${name}` };
        const isShared = turn % 4 === 3;
        const payload = await (isShared
          ? untilAnswered(SHARE, { ...common, id: SHARED, expectedVersion: shared, notes: key })
          : own && turn % 5
            ? untilAnswered(REVISE, { ...common, id: own.id, expectedVersion: own.version, notes: key })
            : untilAnswered(RECORD, {
                ...common,
                kind: 'MINISTRY',
                names: { en: `Test ${name} ${turn}` },
                notes: key,
              }));
        const [refusal] = payload.userErrors;
        if (isShared && refusal?.code === 'CONFLICT') {
          shared = refusal.currentVersion;
          continue;
        }
        if (refusal) throw new Error(JSON.stringify(refusal));
        const { record, change } = payload;
        if (isShared) shared = record.version;
        else own = record;
        const write = { cursor: change.cursor, id: record.id, version: record.version, key };
        acknowledged.push(write);
        onAcknowledged(write);
        break;
      }
      if (pause) await sleep(random(2 * pause));
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, number) => writer(`writer${number}`)));
  return acknowledged;
}

/**
 * Makes mutations as `write` does, and calls functions meanwhile: each so many times, evenly over the mutations that are
 * acknowledged. So a server can be killed, or connections be cut, while it has work.
 */
export async function writeInterrupted(
  url: string,
  { writers, mutations }: { writers: number; mutations: number },
  ...interruptions: [count: number, interrupt: () => Promise<unknown>][]
): Promise<Acknowledged[]> {
  let made = 0;
  const count = () => {
    made += 1;
  };
  const [acknowledged] = await Promise.all([
    write(() => url, { writers, mutations }, count),
    ...interruptions.map(async ([turns, interrupt]) => {
      for (let turn = 1; turn <= turns; turn += 1) {
        await until('writers write', () => made >= (turn * mutations) / (turns + 1), times(100_000, 800_000));
        await interrupt();
      }
    }),
  ]);
  return acknowledged;
}
