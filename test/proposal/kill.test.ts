import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { copyOnEmbedded, copyOnPostgreSql } from '../support/database.js';
import { ask, sleep } from '../support/feed.js';
import { type Built, startBuilt } from '../support/feed-server.js';
import { source } from '../support/proposals.js';
import { times } from '../support/soak.js';
import { expectVerified } from '../support/verified.js';

vi.setConfig({ testTimeout: times(180_000, 1_200_000) });

const KILLS = times(3, 20);
const ROWS = 200;
const TITLES =
  'Albatross Buffalo Crocodile Dromedary Elephant Flamingo Gorilla Hedgehog Iguana Jaguar Kangaroo Leopard Mongoose Nightingale Octopus Porcupine Quagga Rhinoceros Salamander Tortoise'.split(
    ' ',
  );

const SUBMIT = `mutation($input: SubmitProposalInput!) { submitProposal(input: $input) {
  proposal { id basis counts { create } } userErrors { rule } } }`;
const APPLY =
  'mutation($input: ApplyProposalInput!) { applyProposal(input: $input) { proposal { state } userErrors { rule } } }';
const STATE = `query($id: ID!, $text: String!) { proposal(id: $id) { state changeSet items(filter: { isApplied: { eq: true } }) { totalCount } }
  exchanges(filter: { text: $text }) { totalCount } }`;

/** Submits new exchanges under a title; returns the input that applies them. A search corrects one wrong letter: no title is like another. */
async function submit(url: string, title: string): Promise<{ id: string; expectedBasis: string }> {
  const rows = Array.from({ length: ROWS }, (_, n) => ({
    values: { 'title.en': `${title} ${n}`, kind: 'CULTURAL', status: 'HELD', startedOn: '2019', dutch: 'nl-delft' },
  }));
  const { proposal } = (await ask(url, SUBMIT, { input: { concept: 'EXCHANGE', source, rows } })).submitProposal;
  expect(proposal.counts.create).toBe(ROWS);
  return { id: proposal.id, expectedBasis: proposal.basis };
}

async function killRepeatedly(start: (port?: string) => Promise<Built>): Promise<void> {
  let server = await start();
  const { url } = server;
  const { port } = new URL(url);
  const outcomes: string[] = [];
  try {
    const whole = await submit(url, 'Wholesome');
    const begin = performance.now();
    await ask(url, APPLY, { input: whole });
    let duration = performance.now() - begin;
    // Kills that come too late prove nothing: at least one comes before the end.
    for (let kill = 0; kill < KILLS || !outcomes.includes('OPEN'); kill += 1) {
      const title = TITLES[kill] as string;
      const input = await submit(url, title);
      const { id } = input;
      const applied = ask(url, APPLY, { input }).catch(() => undefined);
      // From its beginning until a little after its end.
      await sleep((1.1 * duration * (kill + 0.5)) / KILLS);
      expect(await server.kill('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });
      const acknowledged = await applied;
      server = await start(port);
      const { proposal: stored, exchanges } = await ask(url, STATE, { id, text: title });
      const isApplied = stored.state === 'APPLIED';
      if (acknowledged) expect(isApplied).toBe(true);
      expect(stored).toEqual({
        state: isApplied ? 'APPLIED' : 'OPEN',
        changeSet: isApplied ? expect.stringMatching(/^set-/) : null,
        items: { totalCount: isApplied ? ROWS : 0 },
      });
      expect(exchanges.totalCount).toBe(isApplied ? ROWS : 0);
      outcomes.push(stored.state);
      // The machine was slower when the duration was measured.
      if (!outcomes.includes('OPEN')) duration /= 2;
    }
  } finally {
    await server.kill('SIGKILL');
  }
}

test(`a server on PostgreSQL is killed ${KILLS} times while it applies a proposal: all of it is written, or nothing`, async () => {
  const url = await copyOnPostgreSql();
  await killRepeatedly((port = '0') => startBuilt(url, port));
  await expectVerified({ kind: 'postgresql', url });
});

test(`a server on the embedded database is killed ${KILLS} times while it applies a proposal: all of it is written, or nothing`, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stedenband-proposal-'));
  const directory = join(folder, 'register');
  // Starts from a snapshot, since creating a register takes seconds.
  copyOnEmbedded(directory);
  try {
    await killRepeatedly((port = '0') => startBuilt('', port, [], { DATA_DIR: directory }));
    await expectVerified({ kind: 'embedded', directory });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
