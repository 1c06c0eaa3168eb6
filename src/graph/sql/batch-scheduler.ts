import { type Fork, ForkProperty } from './fork.js';

/** The queries of a fork that are in flight, and the batches that wait for them. */
interface ForkState {
  queriesInFlight: number;
  waiting: (() => void)[];
  flushScheduled: boolean;
}

const states = new ForkProperty<ForkState>('queries');

function stateOf(em: Fork): ForkState {
  let state = states.get(em);
  if (!state) {
    state = { queriesInFlight: 0, waiting: [], flushScheduled: false };
    states.set(em, state);
  }
  return state;
}

export function queryStarted(em: Fork): void {
  stateOf(em).queriesInFlight += 1;
}

export function queryFinished(em: Fork): void {
  const state = stateOf(em);
  state.queriesInFlight -= 1;
  if (state.queriesInFlight === 0 && state.waiting.length) scheduleFlush(state);
}

/**
 * Schedules a batch of a DataLoader: dispatches it when the fork has no query in flight and the microtask queue is
 * drained. Root fields that resolve at different times therefore share one batch per level, which makes the number of
 * statements deterministic.
 */
export function scheduleBatch(em: Fork, dispatch: () => void): void {
  const state = stateOf(em);
  state.waiting.push(dispatch);
  scheduleFlush(state);
}

function scheduleFlush(state: ForkState): void {
  if (state.flushScheduled) return;
  state.flushScheduled = true;
  // A tick runs after all due promise jobs and those that they add: by then, all keys of the level are known.
  void Promise.resolve().then(() =>
    process.nextTick(() => {
      state.flushScheduled = false;
      if (state.queriesInFlight === 0) for (const dispatch of state.waiting.splice(0)) dispatch();
    }),
  );
}
