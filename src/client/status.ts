/** The state of a follower or a copy, for a line that shows it to people. */
export type Status =
  /** The register answers, and changes arrive as they are made. */
  | { state: 'open' }
  /** The connection broke for a reason; the next attempt is after the wait. */
  | { state: 'waiting'; reason: unknown; waitMs: number };
