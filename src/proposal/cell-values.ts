import { GraphQLScalarType } from 'graphql';
import { Float } from 'type-graphql';
import { abbreviate } from '../graph/errors.js';
import { type Message, message } from '../messages/message.js';

/** Thrown for a value that its column cannot have. */
export class UnreadableValue extends Error {
  constructor(readonly problem: Message) {
    super(problem.rule);
  }
}

/** Reads the value of a cell. Throws UnreadableValue. */
export type Parse = (value: unknown) => unknown;

export const unreadable = (field: string, value: unknown): UnreadableValue =>
  new UnreadableValue(message('ROW_VALUE_UNREADABLE', { field, value: abbreviate(value) }));

export const isAbsent = (value: unknown): boolean => value === null || value === undefined || value === '';

/** Returns a cell as text, empty for none. An object that a client wrote may have a `toString` that is no function. */
export const textOfCell = (value: unknown): string =>
  (typeof value === 'object' && value ? JSON.stringify(value) : String(value ?? '')).trim();

/** Returns a parser of values that are not absent; an absent one is null. */
const present =
  (parse: Parse): Parse =>
  value =>
    isAbsent(value) ? null : parse(value);

/** Returns a parser of texts; numbers and truth values of spreadsheets become texts. */
export const text = (field: string): Parse =>
  present(value => {
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    throw unreadable(field, value);
  });

/** Returns a parser of values without the spaces around them, which nobody sees in a cell: spaces alone are absent. */
function trimmed(parse: Parse): Parse {
  return value => parse(typeof value === 'string' ? value.trim() : value);
}

/** Returns a parser of ids. */
export const reference = (field: string): Parse => trimmed(text(field));

/** Returns a parser of numbers, also as text without spaces around it, with any number of decimals. */
const decimal = (field: string): Parse =>
  present(value => {
    const parsed = typeof value === 'string' ? Number(value) : value;
    if (typeof parsed === 'number' && Number.isFinite(parsed)) return parsed;
    throw unreadable(field, value);
  });

/** Groups of three digits after a point: `250.000` is 250 in one country, and 250,000 in another. */
const AMBIGUOUS_POINT = /^\s*-?[1-9]\d{0,2}(?:\.\d{3})+\s*$/;

/** Returns whether a text is a number in any notation: 33 is `33.0` in a file of pandas, and 120000 is `1.2e+05` in one of R. */
export const isTextOf = (cell: string, value: number): boolean =>
  cell.trim() !== '' && !AMBIGUOUS_POINT.test(cell) && Number(cell) === value;

/** Returns a parser of numbers, also as text unless that is ambiguous. */
export const number =
  (field: string): Parse =>
  value => {
    if (typeof value !== 'string' || !AMBIGUOUS_POINT.test(value)) return trimmed(decimal(field))(value);
    throw new UnreadableValue(message('ROW_NUMBER_AMBIGUOUS', { field, value: abbreviate(value) }));
  };

/** Reads a value of a scalar. */
function scalarValue(field: string, type: GraphQLScalarType, value: unknown): unknown {
  try {
    return type.parseValue(value);
  } catch (error) {
    // A scalar of the register names the rule; one of a library does not.
    const { rule, params } = ((error as { extensions?: unknown }).extensions ?? {}) as Partial<Message>;
    throw rule && params ? new UnreadableValue({ rule, params }) : unreadable(field, value);
  }
}

/** Returns a parser of degrees, also as text. */
export const degrees = (field: string, type: GraphQLScalarType): Parse =>
  trimmed(present(value => scalarValue(field, type, decimal(field)(value))));

/** The texts of truth values; pandas writes numbers in a column that has empty cells. */
const TRUTH: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['1.0', true],
  ['false', false],
  ['0', false],
  ['0.0', false],
]);

const boolean = (field: string): Parse =>
  present(value => {
    const truth = TRUTH.get(textOfCell(value).toLowerCase());
    if (truth === undefined) throw unreadable(field, value);
    return truth;
  });

/** Returns a parser of the values of a scalar or an enum. */
export function scalar(field: string, type: unknown): Parse {
  if (type === String) return text(field);
  if (type === Boolean) return boolean(field);
  if (type === Float) return number(field);
  if (type instanceof GraphQLScalarType) {
    return present(value => scalarValue(field, type, typeof value === 'number' ? String(value) : value));
  }
  const values = new Set<unknown>(Object.values(type as object));
  return present(value => {
    if (values.has(value)) return value;
    throw unreadable(field, value);
  });
}

/** Lists are arrays, or one text in which they are joined by semicolons, as in a flat export. An object is one value. */
export const listOf =
  (parse: Parse): Parse =>
  value => {
    if (isAbsent(value)) return [];
    const items = typeof value === 'object' ? [value].flat() : String(value).split(';');
    return items
      .map(item => (typeof item === 'string' ? item.trim() : item))
      .filter(item => !isAbsent(item))
      .map(parse);
  };
