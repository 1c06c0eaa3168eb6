import { type DirectiveNode, Kind, type ValueNode } from 'graphql';
import { type Variables, variableValue } from './cost.js';

/** A variable in `@skip` or `@include` of a selection, and the conditions of the selections around it. */
export interface Condition {
  variable: string;
  /** The value of the variable that excludes the selection. */
  excludedBy: boolean;
  /** The value of the variable if the request has none. */
  unset: boolean | undefined;
  outer: Condition | undefined;
}

/**
 * Reads `@skip` and `@include` of a selection.
 *
 * @param outer The condition of the selections around it.
 * @param defaults The default values of the operation's variables.
 * @returns The condition, undefined if the selection is always included, or `never` if a literal excludes it.
 */
export function conditionOf(
  directives: readonly DirectiveNode[] | undefined,
  outer: Condition | undefined,
  defaults: ReadonlyMap<string, ValueNode | undefined>,
): Condition | undefined | 'never' {
  let condition = outer;
  for (const { name, arguments: args } of directives ?? []) {
    const value = args?.[0]?.value;
    if (!value || (name.value !== 'skip' && name.value !== 'include')) continue;
    const excludedBy = name.value === 'skip';
    if (value.kind === Kind.BOOLEAN && value.value === excludedBy) return 'never';
    if (value.kind !== Kind.VARIABLE) continue;
    const { value: variable } = value.name;
    const unset = defaults.get(variable);
    condition = {
      variable,
      excludedBy,
      unset: unset?.kind === Kind.BOOLEAN ? unset.value : undefined,
      outer: condition,
    };
  }
  return condition;
}

/** Returns false if a variable excludes the selection. A value that execution rejects excludes nothing. */
export function holds(condition: Condition, variables: Variables): boolean {
  for (let current: Condition | undefined = condition; current; current = current.outer) {
    const { variable, excludedBy, unset } = current;
    if (variableValue(variables, variable, unset) === excludedBy) return false;
  }
  return true;
}
