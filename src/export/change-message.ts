/** The operations of the State Protocol of Durable Streams. */
export type Operation = 'insert' | 'update' | 'delete';

/** The headers of a change message. */
export interface ChangeHeaders {
  operation: Operation;
  /** The id by which messages belong together that became visible together. */
  txid?: string;
  /** RFC 3339, in UTC. */
  timestamp?: string;
}

/** Returns a change message of the State Protocol as JSON, on one line. */
export const changeMessage = (type: string, key: string, headers: ChangeHeaders, value?: object): string =>
  JSON.stringify({ type, key, ...(value && { value }), headers });

/** Returns a control message of the State Protocol as JSON, on one line. */
export const controlMessage = (control: 'snapshot-start' | 'snapshot-end', offset: string): string =>
  JSON.stringify({ headers: { control, offset } });
