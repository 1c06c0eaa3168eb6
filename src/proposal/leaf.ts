import { GraphQLScalarType } from 'graphql';
import { Float, ID } from 'type-graphql';
import { CoordinatesInput } from '../authority/authority.input.js';
import { NamesInput, type WritableFacts } from '../change/input.js';
import { abbreviate } from '../graph/errors.js';
import { PartialDate } from '../graph/types/partial-date.js';
import { type Message, message } from '../messages/message.js';
import { ContactPointInput } from '../organisation/organisation.input.js';

/** Thrown for a value that its column cannot have. */
export class UnreadableValue extends Error {
  constructor(readonly problem: Message) {
    super(problem.rule);
  }
}

/** One writable value of a record: a field of its input, or a member of one, such as `names.zh`. */
export interface Leaf {
  /** The name of its column in the exports: `dutch.id`, `title.nl`. */
  path: string;
  /** The field of the input: `dutch`, `title`. */
  field: string;
  /** The member of the field, if it is written member by member. */
  member?: string;
  isDate: boolean;
  /** @throws UnreadableValue. */
  parse(value: unknown): unknown;
}

const LANGUAGES = ['nl', 'en', 'zh', 'pinyin'];

/** Returns the leaves of the fields of an input, by every path that names them: that of the exports and that of the input. */
export function leavesOf(facts: WritableFacts): Map<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  const add = (leaf: Omit<Leaf, 'isDate'>, ...aliases: string[]) => {
    for (const path of [leaf.path, ...aliases]) leaves.set(path, { isDate: false, ...leaf });
  };
  for (const [field, [typeOf]] of Object.entries(facts)) {
    const type = typeOf();
    const item: unknown = Array.isArray(type) ? type[0] : type;
    const isList = Array.isArray(type);
    if (item === NamesInput) {
      for (const member of LANGUAGES) add({ path: `${field}.${member}`, field, member, parse: text(field) });
      if (field === 'names') {
        add({ path: 'names.aliases', field, member: 'aliases', parse: listOf(text('names.aliases')) });
      }
    } else if (item === CoordinatesInput) {
      for (const member of ['latitude', 'longitude']) {
        add({ path: `${field}.${member}`, field, member, parse: number(`${field}.${member}`) });
      }
    } else if (item === ContactPointInput) {
      add({ path: field, field, parse: contactPoints(field) });
    } else if (item === ID) {
      const path = isList ? `${field.replace(/ies$/, 'y').replace(/s$/, '')}Ids` : `${field}.id`;
      add({ path, field, parse: isList ? listOf(text(path)) : text(path) }, field);
    } else {
      const parse = scalar(field, item);
      leaves.set(field, { path: field, field, isDate: item === PartialDate, parse: isList ? listOf(parse) : parse });
    }
  }
  return leaves;
}

type Parse = Leaf['parse'];

const unreadable = (field: string, value: unknown) =>
  new UnreadableValue(message('ROW_VALUE_UNREADABLE', { field, value: abbreviate(value) }));

const isAbsent = (value: unknown): boolean => value === null || value === undefined || value === '';

/** Returns a parser of values that are not absent; an absent one is null. */
const present =
  (parse: Parse): Parse =>
  value =>
    isAbsent(value) ? null : parse(value);

const text = (field: string): Parse =>
  present(value => {
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    throw unreadable(field, value);
  });

const number = (field: string): Parse =>
  present(value => {
    const parsed = typeof value === 'string' ? Number(value) : value;
    if (typeof parsed === 'number' && Number.isFinite(parsed)) return parsed;
    throw unreadable(field, value);
  });

const boolean = (field: string): Parse =>
  present(value => {
    if (typeof value === 'boolean') return value;
    const word = String(value).toLowerCase();
    if (word === 'true' || word === 'false') return word === 'true';
    throw unreadable(field, value);
  });

function scalar(field: string, type: unknown): Parse {
  if (type === String) return text(field);
  if (type === Boolean) return boolean(field);
  if (type === Float) return number(field);
  if (type instanceof GraphQLScalarType) {
    return present(value => {
      try {
        return type.parseValue(typeof value === 'number' ? String(value) : value);
      } catch (error) {
        // A scalar of the register names the rule; one of a library does not.
        const { rule, params } = ((error as { extensions?: unknown }).extensions ?? {}) as Partial<Message>;
        throw rule && params ? new UnreadableValue({ rule, params }) : unreadable(field, value);
      }
    });
  }
  const values = new Set<unknown>(Object.values(type as object));
  return present(value => {
    if (values.has(value)) return value;
    throw unreadable(field, value);
  });
}

/** Lists are arrays, or one text in which they are joined by semicolons, as in a flat export. */
const listOf =
  (parse: Parse): Parse =>
  value => {
    if (isAbsent(value)) return [];
    const items = Array.isArray(value) ? value : String(value).split(';');
    return items
      .map(item => (typeof item === 'string' ? item.trim() : item))
      .filter(item => !isAbsent(item))
      .map(parse);
  };

const isContactPoint = (point: unknown): point is { type: unknown; value: unknown; seenIn?: unknown } =>
  typeof point === 'object' && point !== null && 'type' in point && 'value' in point;

/** Contact points are objects, or a text as in a flat export: `URL https://www.vng.nl; EMAIL info@vng.nl`. */
const contactPoints =
  (field: string): Parse =>
  value => {
    if (isAbsent(value)) return [];
    if (typeof value === 'string') {
      return value.split(';').map(part => {
        const [, type, address] = /^\s*([A-Z_]+) (.+?)\s*$/.exec(part) ?? [];
        if (!type || !address) throw unreadable(field, value);
        return { type, value: address, seenIn: null };
      });
    }
    if (!Array.isArray(value) || !value.every(isContactPoint)) throw unreadable(field, value);
    return value.map(({ type, value: address, seenIn = null }) => ({ type, value: address, seenIn }));
  };

/** Returns whether two values of a leaf are the same fact: the order of a list is none. */
export function isSameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(comparable(a)) === JSON.stringify(comparable(b));
}

function comparable(value: unknown): unknown {
  if (value === undefined || value === null || value === '') return null;
  if (Array.isArray(value)) return value.length ? value.map(item => JSON.stringify(item)).sort() : null;
  return value;
}
