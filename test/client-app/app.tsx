import { useEffect, useState } from 'react';
import type { Change, CopyStore, Register, Status } from 'stedenband/client';

/** The parts of a line of `/export/partnerships.ndjson` that the page shows. */
interface Tie {
  id: string;
  status: string;
  notes: string | null;
  dutch: { names: { en: string | null; nl: string | null } };
  chinese: { names: { en: string | null; zh: string | null } };
}

const MAX_SHOWN_CHANGES = 10;

/** Returns the ties of the copy, and follows changes as long as the component is there. */
function useTies(register: Register, store: CopyStore) {
  const [ties, setTies] = useState<Tie[]>([]);
  const [status, setStatus] = useState<Status>();
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    const stop = new AbortController();
    const show = async () => setTies((await store.list('partnerships')) as unknown as Tie[]);
    // Shows the stored ties at once, also while the register cannot be reached.
    void show();
    register.copy({ store, onApplied: show, onStatus: setStatus, signal: stop.signal }).catch(setError);
    return () => stop.abort();
  }, [register, store]);
  return { ties, status, error };
}

/** Returns the newest changes since the component is there, newest first. */
function useChanges(register: Register): Change[] {
  const [changes, setChanges] = useState<Change[]>([]);
  useEffect(() => {
    const stop = new AbortController();
    const onChange = (change: Change) => setChanges(shown => [change, ...shown].slice(0, MAX_SHOWN_CHANGES));
    register.follow({ onChange, signal: stop.signal }).catch(console.error);
    return () => stop.abort();
  }, [register]);
  return changes;
}

const statusText = (status: Status | undefined, error: unknown): string => {
  if (error) return `Stopped: ${error}`;
  if (!status) return 'Connecting';
  return status.state === 'open' ? 'Up to date' : `Waiting for the register: ${status.reason}`;
};

/** Lists ties from a copy in the browser, and the changes that come in. */
export function App({ register, store }: { register: Register; store: CopyStore }) {
  const { ties, status, error } = useTies(register, store);
  const changes = useChanges(register);
  return (
    <main>
      <h1>{ties.length} ties</h1>
      <p role="status">{statusText(status, error)}</p>
      <h2>Changes</h2>
      <ol id="changes">
        {changes.map(({ cursor, kind, subjectId }) => (
          <li key={cursor} data-cursor={cursor}>
            {kind} {subjectId}
          </li>
        ))}
      </ol>
      <h2>Ties</h2>
      <ul id="ties">
        {ties.map(({ id, dutch, chinese, status, notes }) => (
          <li key={id} id={id}>
            {dutch.names.en ?? dutch.names.nl} – {chinese.names.en ?? chinese.names.zh}: {status} <q>{notes}</q>
          </li>
        ))}
      </ul>
    </main>
  );
}
