import { Counter, Gauge, type Registry } from 'prom-client';
import type { ReplicaState } from '../../database/replicas/replica-state.js';

/** A service, with its replicas if it has any. */
export interface ReplicatedService {
  replicas?: { states: readonly ReplicaState[] } | undefined;
}

/** The gauges of replicas, each with how it is merged over workers and its value; undefined leaves it out. */
const GAUGES: readonly [
  name: string,
  help: string,
  aggregator: 'min' | 'max',
  valueIn: (state: ReplicaState) => number | undefined,
][] = [
  [
    'stedenband_replica_in_use',
    '1 if operations may read from the replica; 0 if it does not respond, or lags too far behind.',
    'min',
    ({ isUsed }) => (isUsed ? 1 : 0),
  ],
  [
    'stedenband_replica_lag_milliseconds',
    'Time since this instance knows of a change that the replica lacks; 0 if it lacks none.',
    'max',
    ({ lagMs }) => lagMs,
  ],
  [
    'stedenband_replica_position',
    'Id of the newest change that the replica has; absent while it does not respond.',
    'max',
    ({ position }) => position,
  ],
];

/** Adds the metrics of the replicas, by their host and port. @param states Called at a scrape. */
export function observeReplicas(registers: Registry[], states: () => readonly ReplicaState[]): void {
  const labelNames = ['replica'];
  for (const [name, help, aggregator, valueIn] of GAUGES) {
    new Gauge({
      name,
      help,
      aggregator,
      labelNames,
      registers,
      collect() {
        this.reset();
        for (const state of states()) {
          const value = valueIn(state);
          if (value !== undefined) this.set({ replica: state.name }, value);
        }
      },
    });
  }
  new Counter({
    name: 'stedenband_replica_failures_total',
    help: 'Statements that failed on the replica and were sent to the primary.',
    labelNames,
    registers,
    collect() {
      this.reset();
      for (const { name, failures } of states()) this.inc({ replica: name }, failures);
    },
  });
}
