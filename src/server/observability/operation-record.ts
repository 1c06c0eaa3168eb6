/** What was asked, as far as it is known. */
export interface OperationSummary {
  /** The document, as it came. */
  query: string | undefined;
  operationName: string | undefined;
  /** Known once the document is found to be valid. */
  type: 'query' | 'mutation' | 'subscription' | undefined;
}

/** What is known of one operation while it is answered; what its log line and its metrics are made of. */
export interface OperationRecord extends OperationSummary {
  readonly transport: 'http' | 'stream' | 'websocket' | 'export';
  /** When it began, by `performance.now()`. */
  readonly startedAt: number;
  /** The span that it belongs to, as its client says: https://www.w3.org/TR/trace-context/. */
  readonly traceparent: string | undefined;
  /** The id of the key, or the kind of credential that it came with. */
  key: string | undefined;
  /** In points, as it was estimated. */
  cost: number | undefined;
  /** Codes of the errors that its client was told. */
  readonly codes: string[];
  /** How many statements it sent for reading. */
  statements: number;
}
