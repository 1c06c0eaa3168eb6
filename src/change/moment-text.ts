import { abbreviate, graphqlError } from '../graph/errors.js';
import { inAmsterdam } from '../graph/types/amsterdam-time.js';
import { partialDateProblem } from '../graph/types/partial-date.js';
import { type Message, message } from '../messages/message.js';
import { type LogPosition, readChangeCursor } from './cursor.js';

/** An instant in milliseconds since 1970, or the position of a change cursor. */
export type ParsedMoment = { instant: number } | LogPosition;

/** Longer texts are neither an instant nor a cursor. */
const MAX_MOMENT_LENGTH = 64;

const DAY = /^\d{4}-\d\d-\d\d$/;
/** RFC 3339, with optional seconds and offset. A decoder of URLs makes a space of a `+` that was not encoded. */
const TIME =
  /^(?<day>\d{4}-\d\d-\d\d)[Tt](?<clock>(?:[01]\d|2[0-3]):[0-5]\d)(?::(?<seconds>[0-5]\d)(?:\.(?<fraction>\d{1,9}))?)?(?<offset>[Zz]|[-+ ](?:[01]\d|2[0-3]):[0-5]\d)?$/;

/**
 * Parses a moment. Digits after the milliseconds are cut off: the times of changes have none.
 *
 * @throws GraphQLError INVALID_MOMENT for another text. The message shows how to write a day, or a time without an offset.
 */
export function parseMoment(text: string): ParsedMoment {
  if (text.length > MAX_MOMENT_LENGTH) throw unreadable(text);
  const position = readChangeCursor(text);
  if (position) return position;
  const { day, clock, seconds = '00', fraction = '', offset } = TIME.exec(text)?.groups ?? {};
  if (partialDateProblem(day ?? text)) throw unreadable(text);
  if (day === undefined && DAY.test(text)) throw refused(dayProblem(text));
  if (day === undefined) throw unreadable(text);
  const time = `${day}T${clock}:${seconds}${fraction && `.${fraction.slice(0, 3).padEnd(3, '0')}`}`;
  if (offset === undefined) {
    throw refused(message('MOMENT_WITHOUT_OFFSET', { value: abbreviate(text), example: inAmsterdam(time) }));
  }
  return { instant: Date.parse(time + offset.replace(' ', '+').toUpperCase()) };
}

const refused = (problem: Message) => graphqlError('INVALID_MOMENT', problem);

const unreadable = (text: string) => refused(message('MOMENT_UNREADABLE', { value: abbreviate(text) }));

const dayProblem = (day: string): Message =>
  message('MOMENT_WITHOUT_TIME', {
    value: abbreviate(day),
    start: inAmsterdam(`${day}T00:00:00`),
    end: inAmsterdam(`${day}T23:59:59.999`),
  });
