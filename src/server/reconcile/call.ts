import type { Fork } from '../../graph/sql/fork.js';
import type { MessageLanguage } from '../../messages/message.js';

/** The database, the moment, the language and the address that a call is for. */
export interface CallContext {
  /** A fork, which reads the moment. */
  em: Fork;
  /** The past moment as the client wrote it; undefined for the present. */
  knownAt: string | undefined;
  language: MessageLanguage;
  /** The address of this server, without a path. */
  origin: string;
}

/** A call that was read and found valid. */
export interface Call {
  /** The points that it costs. */
  points: number;
  /** Returns the JSON of the response, or a page. */
  run(context: CallContext): unknown | Promise<unknown>;
}

/** A page of HTML. */
export class Page {
  constructor(readonly html: string) {}
}

/** Points of one query of the matcher, and of a search for suggestions: those of the field `search`. */
export const QUERY_POINTS = 10;
/** Points of a response without a search. */
const SMALL_POINTS = 1;

/** Returns a call; without points, one that searches nothing. */
export const callOf = (run: Call['run'], points = SMALL_POINTS): Call => ({
  points: Math.max(points, SMALL_POINTS),
  run,
});
