import { ID } from 'type-graphql';
import { CoordinatesInput } from '../authority/authority.input.js';
import { NamesInput, type WritableFacts } from '../change/input.js';
import { Latitude, Longitude } from '../graph/types/degrees.js';
import { PartialDate } from '../graph/types/partial-date.js';
import { ContactPointInput } from '../organisation/organisation.input.js';
import { degrees, listOf, type Parse, reference, scalar, text } from './cell-values.js';
import { contactPoints, withSeenIn } from './contact-points.js';

/** One writable value of a record: a field of its input, or a member of one, such as `names.zh`. */
export interface Leaf {
  /** The name of its column in the exports: `dutch.id`, `title.nl`. */
  path: string;
  /** The field of the input: `dutch`, `title`. */
  field: string;
  /** The member of the field, if it is written member by member. */
  member?: string;
  isDate: boolean;
  isBoolean: boolean;
  /** @throws UnreadableValue. */
  parse: Parse;
  /** Completes the value of a flat cell by what flat exports leave out of a stored value. */
  complete?: (value: unknown, stored: unknown) => unknown;
}

const DEGREES = [
  ['latitude', Latitude],
  ['longitude', Longitude],
] as const;
const LANGUAGES = ['nl', 'en', 'zh', 'pinyin'];

/** Returns the leaves of the fields of an input, by every path that names them: that of the exports and that of the input. */
export function leavesOf(facts: WritableFacts): Map<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  const add = (leaf: Omit<Leaf, 'isDate' | 'isBoolean'>, ...aliases: string[]) => {
    const shared = { isDate: false, isBoolean: false, ...leaf };
    for (const path of [leaf.path, ...aliases]) leaves.set(path, shared);
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
      for (const [member, type] of DEGREES) {
        add({ path: `${field}.${member}`, field, member, parse: degrees(`${field}.${member}`, type) });
      }
    } else if (item === ContactPointInput) {
      add({ path: field, field, parse: contactPoints(field), complete: withSeenIn });
    } else if (item === ID) {
      const path = isList ? `${field.replace(/ies$/, 'y').replace(/s$/, '')}Ids` : `${field}.id`;
      add({ path, field, parse: isList ? listOf(reference(path)) : reference(path) }, field);
    } else {
      const parse = scalar(field, item);
      const kind = { isDate: item === PartialDate, isBoolean: item === Boolean };
      leaves.set(field, { path: field, field, ...kind, parse: isList ? listOf(parse) : parse });
    }
  }
  return leaves;
}

/** Returns whether two values of a leaf are the same fact: the order of a list is none. */
export function isSameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(comparable(a)) === JSON.stringify(comparable(b));
}

function comparable(value: unknown): unknown {
  if (value === undefined || value === null || value === '') return null;
  if (Array.isArray(value)) return value.length ? value.map(item => JSON.stringify(item)).sort() : null;
  return value;
}
