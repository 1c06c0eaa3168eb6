import { abbreviate, InputError } from '../../graph/errors.js';
import { partialDateProblem } from '../../graph/types/partial-date.js';
import { levelsNamed } from '../../matching/levels.js';
import {
  type Candidate,
  decide,
  FEATURES,
  type FeatureName,
  MAX_CANDIDATES,
  type Match,
  type MatchQuery,
  type MatchType,
} from '../../matching/match.js';
import { message } from '../../messages/message.js';
import { type Condition, propertiesOf, propertyById } from './properties.js';
import { isOfType } from './types.js';

/** A reconciliation query of either version. */
export interface ReconcileQuery {
  name: string;
  ids: readonly string[];
  /** The types that are sought; all if there is none. */
  types: readonly MatchType[];
  limit: number | undefined;
  conditions: readonly QueryCondition[];
}

export interface QueryCondition {
  id: string;
  values: readonly string[];
  /** Only records that agree are candidates. */
  isRequired: boolean;
  /** The place in the request, for messages. */
  path: string;
}

/** The types of a query without one: each record is of one of them. */
const ALL_TYPES: readonly MatchType[] = ['Authority', 'Organisation', 'Programme', 'Partnership'];

/** The features that compare what a condition gives. */
const FEATURE_OF: Readonly<Record<Condition, FeatureName>> = {
  codes: 'code',
  country: 'country',
  level: 'level',
  within: 'within',
  on: 'day',
  dutch: 'dutch',
  chinese: 'chinese',
};

/** Returns the queries of the matcher for a reconciliation query: one per type. */
export function matchQueriesOf({ name, ids, types, conditions }: ReconcileQuery): MatchQuery[] {
  const wanted =
    types.length === 0
      ? ALL_TYPES
      : types.filter(type => !types.some(other => other !== type && isOfType(type, other)));
  const fields: Partial<Record<Exclude<Condition, 'codes'>, string>> = {};
  const codes = [...ids];
  for (const { id, values, path } of conditions) {
    const condition = propertyById(id)?.condition;
    if (!condition) throw unknownProperty(id, path);
    if (condition === 'codes') codes.push(...values);
    else if (values.length > 1) throw new InputError(message('RECONCILE_ONE_VALUE', { path, count: values.length }));
    else if (values[0]?.trim()) fields[condition] = checked(condition, values[0].trim(), path);
  }
  return wanted.map(type => ({ type, name, codes, ...fields }));
}

function unknownProperty(id: string, path: string): InputError {
  const names = propertiesOf().flatMap(property => (property.condition ? [property.id] : []));
  const params = { path, value: abbreviate(id), names: names.join(', ') };
  return new InputError(message('RECONCILE_PROPERTY_UNKNOWN', params));
}

function checked(condition: Condition, value: string, path: string): string {
  if (condition === 'level' && !levelsNamed(value)) {
    throw new InputError(message('RECONCILE_LEVEL_UNKNOWN', { path, value: abbreviate(value) }));
  }
  const problem = condition === 'on' ? partialDateProblem(value) : undefined;
  if (problem) throw new InputError(message(problem, { value: abbreviate(value) }));
  return value;
}

/** Returns the match of a reconciliation query from those of its types: the best candidates of all of them. */
export function mergeMatches({ limit = MAX_CANDIDATES, conditions }: ReconcileQuery, matches: readonly Match[]): Match {
  const required = conditions.flatMap(({ id, isRequired }) => {
    const condition = propertyById(id)?.condition;
    return isRequired && condition ? [FEATURE_OF[condition]] : [];
  });
  const agrees = ({ features }: Candidate) =>
    required.every(wanted => features.some(({ name, value }) => name === wanted && value === 1));
  return decide(
    matches.flatMap(({ candidates }) => candidates.filter(agrees)),
    limit,
  );
}

/** The labels of the features of a score. */
export const FEATURE_LABELS: Readonly<Record<FeatureName, { en: string; nl: string; zh: string }>> = {
  code: { en: 'official code', nl: 'officiële code', zh: '官方代码' },
  name: { en: 'name', nl: 'naam', zh: '名称' },
  dutch: { en: 'Dutch side', nl: 'Nederlandse kant', zh: '荷兰方' },
  chinese: { en: 'Chinese side', nl: 'Chinese kant', zh: '中国方' },
  within: { en: 'area', nl: 'gebied', zh: '所属地区' },
  qualifier: { en: 'what stands behind the name', nl: 'wat achter de naam staat', zh: '名称后的附注' },
  level: { en: 'level of government', nl: 'bestuurslaag', zh: '行政级别' },
  country: { en: 'country', nl: 'land', zh: '国家' },
  day: { en: 'existed on the day', nl: 'bestond op de dag', zh: '当日存在' },
};

/** Returns the features of a candidate, in one order. */
export const featuresOf = ({ features }: Candidate) =>
  [...features].sort((a, b) => FEATURES.indexOf(a.name) - FEATURES.indexOf(b.name));
