import { useTranslation } from '../language.js';
import { lazily } from '../lazily.js';
import { UNREACHABLE_TEXTS } from '../result/failure-text.js';
import { type RefusedError, UNREACHABLE } from '../result/result-store.js';
import { useRewrite } from '../rewrite.js';

const RETRY = { en: 'Try again', nl: 'Probeer opnieuw', zh: '重试' };

/** Loaded with the first refusal: it validates the question by the schema, with all rules of graphql-js. */
export const Refused = lazily(async () => (await import('./refused.js')).Refused);

/** Codes of requests that may succeed later. */
const PASSING = new Set([UNREACHABLE, 'RATE_LIMITED', 'SERVICE_UNAVAILABLE', 'NOT_CAUGHT_UP', 'INTERNAL_SERVER_ERROR']);

interface ReasonsProps {
  query: string;
  errors: readonly RefusedError[];
  /** Says what is missing, of errors that the register gave. */
  introduction: string;
}

/** Says why an answer, or a part of it, is missing. Without a connection no more code is needed for it. */
export function Reasons({ query, errors, introduction }: ReasonsProps) {
  const unreachableText = useTranslation(UNREACHABLE_TEXTS);
  const retry = useTranslation(RETRY);
  const rewrite = useRewrite();
  const unreachable = errors.find(({ code }) => code === UNREACHABLE);
  return (
    <>
      <p>
        {unreachable ? (
          <>
            {unreachableText} <span lang="en">{unreachable.message}</span>
          </>
        ) : (
          introduction
        )}
      </p>
      {!unreachable && <Refused query={query} errors={errors} />}
      {errors.some(({ code }) => PASSING.has(code ?? '')) && (
        <button type="button" className="desk-button" onClick={() => rewrite({})}>
          {retry}
        </button>
      )}
    </>
  );
}
