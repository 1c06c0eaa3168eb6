import { Kind, OperationTypeNode, parse, visit } from 'graphql';
import { type OperationRequest, operationOf, variablesOf } from './operation-request.js';

/** Arguments and filter fields that take a day. */
const DAY_ARGUMENTS = new Set(['on', 'activeOn']);

/** Variable that sets the day of an operation, without `$`, and its value. */
export interface DayVariable {
  readonly variable: string;
  readonly day: string;
  /** True if the operation leaves out the partnerships that are not known to be active on that day. */
  readonly isActiveOnly: boolean;
}

/** Returns the variable that sets the day of a query; `undefined` if there is none. Another day asks again, so a mutation has none. */
export function dayVariableOf(request: OperationRequest): DayVariable | undefined {
  const document = parse(request.query, { noLocation: true });
  const operation = operationOf(document, request.operationName);
  if (operation?.operation !== OperationTypeNode.QUERY) return undefined;
  let variable: string | undefined;
  let isActiveOnly = false;
  const inspect = (node: { name: { value: string }; value: { kind: Kind } }): void => {
    if (DAY_ARGUMENTS.has(node.name.value) && node.value.kind === Kind.VARIABLE) {
      isActiveOnly ||= node.name.value === 'activeOn';
      variable ??= (node.value as unknown as { name: { value: string } }).name.value;
    }
  };
  visit(document, { Argument: inspect, ObjectField: inspect });
  const day = variable && variablesOf(request, operation)[variable];
  return variable && typeof day === 'string' ? { variable, day, isActiveOnly } : undefined;
}
