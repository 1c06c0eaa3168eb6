import type { GraphQLSchema } from 'graphql';
import type { ReactNode } from 'react';
import type { BuiltQuestion } from '../result/built-question.js';

/** Question that a part of the form shows and changes. */
export interface PartProps {
  readonly schema: GraphQLSchema;
  readonly question: BuiltQuestion;
  /** Called with the question after a choice. */
  readonly change: (question: BuiltQuestion) => void;
}

/** Part of the form: its label, and what is chosen. */
export function Part({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset className="desk-part">
      <legend>{label}</legend>
      <div className="desk-choices">{children}</div>
    </fieldset>
  );
}
