import { onTestFinished } from 'vitest';
import type { ChangePage } from '../../src/change/catch-up.js';
import { type Change, ChangeKind, SubjectType } from '../../src/change/change.js';
import type { ChangeStream } from '../../src/change/stream.js';
import { Turns } from '../../src/change/turns.js';
import type { Journal } from '../../src/webhook/journal.js';
import type { LoadedWebhook } from '../../src/webhook/load.js';
import { DEFAULT_RETRIES } from '../../src/webhook/outcome.js';
import { WebhookRunner } from '../../src/webhook/runner.js';
import type { RunnerDeps } from '../../src/webhook/runner-deps.js';
import { newSigningSecrets } from '../../src/webhook/signature.js';
import { WebhookForm, WebhookResult, WebhookStatus } from '../../src/webhook/webhook.enums.js';

export const mark = '0123456789abcdef';

export const changeOf = (id: number, reason: string | null = null): Change => ({
  id,
  mark,
  kind: ChangeKind.REVISED,
  recordedAt: new Date(),
  actor: 'test',
  reason,
  subjectType: SubjectType.ORGANISATION,
  subjectId: 'org-vng',
  subjectVersion: id,
  authorities: [],
  fields: [],
  changeSet: null,
});

/** A page with one change. */
export const pageOf = (change: Change): ChangePage => ({ changes: [change], end: change });

/** Starts to deliver, and stops at the end of the test. Returns the bodies that were sent. */
export function startRunner(more: Partial<LoadedWebhook>, deps: Pick<RunnerDeps, 'catchUp'> & Partial<RunnerDeps>) {
  const bodies: string[] = [];
  const turns = new Turns(1);
  const webhook: LoadedWebhook = {
    id: 'hook-1',
    revision: 1,
    url: 'https://example.nl/',
    filter: {},
    form: WebhookForm.FULL,
    status: WebhookStatus.ACTIVE,
    isConfirmed: true,
    allowedRate: null,
    position: { id: 1, mark },
    redelivery: null,
    ping: null,
    attempts: 0,
    failingSince: null,
    nextAttemptAt: null,
    problem: null,
    deliveryCount: 0,
    secrets: { current: newSigningSecrets(), previous: undefined },
    ...more,
  };
  const runner = new WebhookRunner(webhook, {
    changes: { remembers: () => false } as unknown as ChangeStream,
    journal: { add: () => undefined, moved: () => undefined } as unknown as Journal,
    turns,
    failingTurns: turns,
    origin: { source: 'urn:nld:stedenband', publicUrl: 'https://register.example.nl' },
    requestOrigin: 'register.example.nl',
    retries: DEFAULT_RETRIES,
    resolveFilter: async () => ({}),
    isLeader: () => true,
    signal: new AbortController().signal,
    observer: { onAttempt: () => undefined, onStatus: () => undefined, onFailure: () => undefined },
    send: async ({ body = '' }) => {
      bodies.push(body);
      return { result: WebhookResult.ACCEPTED, statusCode: 204, headers: {} };
    },
    ...deps,
  });
  onTestFinished(() => runner.stop());
  return { runner, bodies };
}
