import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { RequiresScope } from '../access/require-scopes.js';
import type { Context } from '../context.js';
import { redact } from './redact.js';
import { RedactFieldInput, RedactFieldPayload } from './redaction.types.js';

@Resolver()
export class RedactionMutations {
  @RequiresScope('register:admin')
  @Mutation(() => RedactFieldPayload, {
    description:
      'Removes texts from the register as it is and as it was, from its change log and from stored results, and leaves the mark `[redacted]`; a web address becomes `https://redacted.invalid/`. Cannot be undone: start with `dryRun`. A second call finds nothing.',
  })
  redactField(
    @Arg('input', () => RedactFieldInput, { description: 'What to redact, and why.' }) input: RedactFieldInput,
    @Ctx() context: Context,
  ): Promise<RedactFieldPayload> {
    return redact(context, input);
  }
}
