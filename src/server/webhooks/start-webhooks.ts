import type { ChangeStream } from '../../change/stream.js';
import type { Fork } from '../../graph/sql/fork.js';
import type { WebhookTargets } from '../../webhook/address.js';
import type { EventOrigin } from '../../webhook/event.js';
import type { Retries } from '../../webhook/outcome.js';
import { WebhookSender } from '../../webhook/sender.js';
import { WebhookStatus } from '../../webhook/webhook.enums.js';
import { failureLog } from '../observability/failure-log.js';
import type { Logger } from '../observability/logger.js';
import { countWebhookRequest, observeWebhooks } from '../observability/webhook-metrics.js';
import type { ResolveHost } from './resolve-host.js';
import { requestSender } from './send-request.js';

/** The webhooks of a server. Only tests set the last four. */
export interface WebhookOptions extends EventOrigin {
  targets: WebhookTargets;
  retries?: Retries;
  tickMs?: number;
  timeoutMs?: number;
  resolve?: ResolveHost;
}

interface WebhookDeps {
  changes: ChangeStream;
  fork: () => Fork;
  logger: Logger;
}

/** Starts to deliver to webhooks, as far as no other instance does. Returns the function that ends it. */
export function startWebhooks({ changes, fork, logger }: WebhookDeps, options: WebhookOptions): () => Promise<void> {
  const { source, publicUrl, retries, tickMs } = options;
  const { send, close } = requestSender(options);
  const sender = new WebhookSender({
    changes,
    fork,
    origin: { source, publicUrl },
    send,
    retries,
    tickMs,
    observer: {
      onAttempt: ({ kind, result }) => countWebhookRequest(kind, result),
      onStatus: ({ id, status }, { result }) => {
        if (status === WebhookStatus.FAILED)
          logger(`webhook ${id} is paused: it failed for three days, most recently ${result}`);
        if (status === WebhookStatus.GONE) logger(`webhook ${id} is retired: its receiver answered 410`);
      },
      onFailure: failureLog(logger, 'delivering to webhooks'),
    },
  });
  const unobserve = observeWebhooks({
    lags: () => sender.webhooks.map(({ position }) => Math.max(0, changes.newest.id - position.id)),
    failing: () => sender.webhooks.filter(({ attempts }) => attempts > 0).length,
  });
  sender.start();
  return async () => {
    unobserve();
    await sender.stop();
    close();
  };
}
