import { storageProblems } from './storage.js';
import { workersProblems } from './workers.js';

/**
 * Returns a sentence for each mistake in the combination of several settings.
 *
 * @param values The settings, those from files included.
 */
export function combinationProblems(
  values: Readonly<Record<string, string | undefined>>,
  environment: NodeJS.ProcessEnv,
): string[] {
  const problems: string[] = [];
  if ((values.OIDC_ISSUER === undefined) !== (values.OIDC_AUDIENCE === undefined)) {
    problems.push('OIDC_ISSUER and OIDC_AUDIENCE are set together; got one of them');
  }
  problems.push(...storageProblems(values));
  if (values.RATE_LIMIT_STORE === 'postgresql' && values.DATABASE_URL === undefined) {
    problems.push('RATE_LIMIT_STORE is postgresql only together with DATABASE_URL');
  }
  problems.push(...workersProblems(values));
  if (values.TRUSTED_DOCUMENTS === undefined && /^(?:report|only)$/.test(values.TRUSTED_DOCUMENTS_MODE ?? '')) {
    problems.push(
      `TRUSTED_DOCUMENTS_MODE is open without TRUSTED_DOCUMENTS, the file of the documents that are trusted; got ${JSON.stringify(values.TRUSTED_DOCUMENTS_MODE)}`,
    );
  }
  const namesStorage = ['DATABASE_URL', 'DATABASE_URL_FILE', 'DATA_DIR'].some(name => environment[name]);
  if (environment.NODE_ENV === 'production' && !namesStorage) {
    problems.push(
      'NODE_ENV is production, where the storage has no default: set DATABASE_URL for PostgreSQL, or DATA_DIR for the embedded database',
    );
  }
  return problems;
}
