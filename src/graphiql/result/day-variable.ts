import { Kind, parse, visit } from 'graphql';
import { operationOf, type Question, variablesOf } from './question.js';

/** Where a variable makes a question one of a day. */
const PLACES = new Set(['on', 'activeOn']);

/** The variable by which a question is asked for a day, without its `$`, and that day; undefined where it has none. */
export function dayOf(question: Question): { variable: string; day: string } | undefined {
  const document = parse(question.query, { noLocation: true });
  let variable: string | undefined;
  const look = (node: { name: { value: string }; value: { kind: Kind } }): void => {
    if (PLACES.has(node.name.value) && node.value.kind === Kind.VARIABLE) {
      variable ??= (node.value as unknown as { name: { value: string } }).name.value;
    }
  };
  visit(document, { Argument: look, ObjectField: look });
  const day = variable && variablesOf(question, operationOf(document, question.operationName))[variable];
  return variable && typeof day === 'string' ? { variable, day } : undefined;
}
