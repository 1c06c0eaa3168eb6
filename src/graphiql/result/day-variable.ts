import { Kind, parse, visit } from 'graphql';
import { type OperationRequest, operationOf, variablesOf } from './operation-request.js';

/** Arguments and filter fields that take a day. */
const DAY_ARGUMENTS = new Set(['on', 'activeOn']);

/** Returns the variable that sets the day of an operation, without `$`, and its value; `undefined` if there is none. */
export function dayVariableOf(request: OperationRequest): { variable: string; day: string } | undefined {
  const document = parse(request.query, { noLocation: true });
  let variable: string | undefined;
  const inspect = (node: { name: { value: string }; value: { kind: Kind } }): void => {
    if (DAY_ARGUMENTS.has(node.name.value) && node.value.kind === Kind.VARIABLE) {
      variable ??= (node.value as unknown as { name: { value: string } }).name.value;
    }
  };
  visit(document, { Argument: inspect, ObjectField: inspect });
  const day = variable && variablesOf(request, operationOf(document, request.operationName))[variable];
  return variable && typeof day === 'string' ? { variable, day } : undefined;
}
