/** The identification of an operation in its log line and its metrics. */
export interface OperationSummary {
  /** The SHA-256 of the document in hexadecimal; set once the document is valid. */
  documentHash: string | undefined;
  operationName: string | undefined;
  /** Set once the document is valid. */
  type: 'query' | 'mutation' | 'subscription' | undefined;
}

/**
 * The mutable record of one operation, from the request to the end of the response: the source of its log line, its
 * metrics and its span attributes.
 */
export interface OperationRecord extends OperationSummary {
  readonly transport: 'http' | 'stream' | 'websocket' | 'export' | 'feed' | 'proposal' | 'reconcile' | 'page';
  /** The start, by `performance.now()`. */
  readonly startedAt: number;
  /** The parent span that the client names: https://www.w3.org/TR/trace-context/. */
  readonly traceparent: string | undefined;
  /** The text of the document as it was received: it may be invalid. */
  query: string | undefined;
  /** The id of the key, or the kind of another credential. */
  key: string | undefined;
  /** The estimated cost in points. */
  cost: number | undefined;
  /** The codes of the errors in the response. */
  readonly codes: string[];
  /** The number of SQL statements for reading. */
  statements: number;
}
