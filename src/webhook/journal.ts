import sql from 'sql-template-tag';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import type { LoadedWebhook } from './load.js';
import type { WebhookDelivery } from './webhook.js';

/** The number of deliveries of a webhook that are stored. */
export const MAX_DELIVERIES = 100;
/** Saves this long after a delivery. After a killed process, the deliveries of this time are repeated, with their ids. */
const SAVE_DELAY_MS = 200;

interface Entry {
  webhook: LoadedWebhook;
  deliveries: (WebhookDelivery & { number: number })[];
}

/**
 * Saves positions, states and deliveries of all webhooks together: one statement at a time, whatever the number of
 * webhooks. Only the holder of the lease saves anything.
 */
export class Journal {
  readonly #dirty = new Map<string, Entry>();
  #timer: NodeJS.Timeout | undefined;
  #saving: Promise<void> = Promise.resolve();

  /** @param onFailure Called when nothing could be saved; the next call of `save` tries again. */
  constructor(
    private readonly fork: () => Fork,
    private readonly holder: string,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** Saves a webhook soon, with what was delivered. */
  add(webhook: LoadedWebhook, delivery: WebhookDelivery): void {
    const { deliveries } = this.#entryOf(webhook);
    webhook.deliveryCount += 1;
    deliveries.push({ ...delivery, number: webhook.deliveryCount });
    if (deliveries.length > MAX_DELIVERIES) deliveries.shift();
    this.#timer ??= setTimeout(() => void this.save(), SAVE_DELAY_MS);
  }

  /** Saves a webhook at the next call of `save`: it passed over changes that do not match. */
  moved(webhook: LoadedWebhook): void {
    this.#entryOf(webhook);
  }

  #entryOf(webhook: LoadedWebhook): Entry {
    let entry = this.#dirty.get(webhook.id);
    if (entry?.webhook !== webhook) {
      entry = { webhook, deliveries: numbered(entry?.deliveries ?? [], webhook.deliveryCount) };
      this.#dirty.set(webhook.id, entry);
    }
    return entry;
  }

  /** Saves everything. Never rejects: what a failed statement had is saved by the next one. */
  save(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#saving = this.#saving.then(() => this.#save());
    return this.#saving;
  }

  async #save(): Promise<void> {
    const entries = [...this.#dirty.values()];
    if (entries.length === 0) return;
    this.#dirty.clear();
    try {
      await saveWebhooks(this.fork(), this.holder, entries);
    } catch (error) {
      this.onFailure(error);
      for (const { webhook, deliveries } of entries) {
        const entry = this.#entryOf(this.#dirty.get(webhook.id)?.webhook ?? webhook);
        const earlier = numbered(deliveries, entry.webhook.deliveryCount - entry.deliveries.length);
        entry.deliveries = [...earlier, ...entry.deliveries].slice(-MAX_DELIVERIES);
      }
    }
  }

  /** Forgets what could not be saved. */
  discard(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#dirty.clear();
  }
}

/**
 * Returns the deliveries up to a number. A webhook that was loaded after a save had failed counts from what is stored, and gives
 * the numbers of those after it again.
 */
const numbered = (deliveries: Entry['deliveries'], count: number): Entry['deliveries'] =>
  deliveries.filter(({ number }) => number <= count);

/**
 * Saves webhooks and deliveries in one statement. A mutation since they were read decides about status, failures, ping and
 * redelivery; the position is that of the sender in any case.
 */
async function saveWebhooks(em: Fork, holder: string, entries: readonly Entry[]): Promise<void> {
  const webhooks = entries.map(({ webhook: { secrets: _, ...state } }) => state);
  const deliveries = entries.flatMap(entry =>
    entry.deliveries.map(delivery => ({ ...delivery, webhookId: entry.webhook.id })),
  );
  await queryRows(
    em,
    sql`with saved as (
      update webhook w set position_id = (s.w->'position'->>'id')::int, position_mark = s.w->'position'->>'mark',
        delivery_count = (s.w->>'deliveryCount')::int,
        is_confirmed = case when w.revision = s.revision then (s.w->>'isConfirmed')::boolean else w.is_confirmed end,
        allowed_rate = (s.w->>'allowedRate')::int,
        status = case when w.revision = s.revision then s.w->>'status' else w.status end,
        redelivery = case when w.revision = s.revision then nullif(s.w->'redelivery', 'null') else w.redelivery end,
        ping = case when w.revision = s.revision then s.w->>'ping' else w.ping end,
        attempts = case when w.revision = s.revision then (s.w->>'attempts')::int else w.attempts end,
        failing_since = case when w.revision = s.revision then to_timestamp((s.w->>'failingSince')::float8 / 1000) else w.failing_since end,
        next_attempt_at = case when w.revision = s.revision then to_timestamp((s.w->>'nextAttemptAt')::float8 / 1000) else w.next_attempt_at end,
        problem = case when w.revision = s.revision then s.w->>'problem' else w.problem end
      from (select e as w, (e->>'revision')::int as revision from jsonb_array_elements(${JSON.stringify(webhooks)}::jsonb) e) s
      where w.id = s.w->>'id' and exists (select from webhook_lease l where l.holder = ${holder})
      returning w.id)
    insert into webhook_delivery as d
      (webhook_id, slot, number, event_id, kind, result, status_code, attempt, duration, sent_at)
    select e->>'webhookId', (e->>'number')::int % ${MAX_DELIVERIES}, (e->>'number')::int, e->>'eventId', e->>'kind',
      e->>'result', (e->>'statusCode')::int, (e->>'attempt')::int, (e->>'duration')::int, (e->>'sentAt')::timestamptz
    from jsonb_array_elements(${JSON.stringify(deliveries)}::jsonb) e join saved on saved.id = e->>'webhookId'
    on conflict (webhook_id, slot) do update set number = excluded.number, event_id = excluded.event_id,
      kind = excluded.kind, result = excluded.result, status_code = excluded.status_code, attempt = excluded.attempt,
      duration = excluded.duration, sent_at = excluded.sent_at`,
  );
}
