import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Authenticator } from '../../access/authenticate.js';
import type { Identity } from '../../access/identity.js';
import { requireScopes } from '../../access/require-scopes.js';
import { SubjectType } from '../../change/change.js';
import { UserErrorCode, WriteRejected } from '../../change/user-error.js';
import { asUserErrors } from '../../change/user-errors.js';
import { inTransaction } from '../../change/write.js';
import type { Context } from '../../context.js';
import { ExportError, exportError } from '../../export/export-error.js';
import { abbreviate, graphqlError } from '../../graph/errors.js';
import { runCleanups } from '../../graph/sql/transaction.js';
import type { AdmissionControl } from '../../limits/admission.js';
import type { Counters } from '../../limits/counters.js';
import { type Message, message } from '../../messages/message.js';
import { fileHeader } from '../../proposal/file-parameters.js';
import { MAX_FILE_BYTES } from '../../proposal/formats/limits.js';
import { FileRefusal } from '../../proposal/formats/refusal.js';
import { submitFile } from '../../proposal/submit-file.js';
import { refuseOtherMethods } from '../http/allowed-methods.js';
import { authenticateRequest } from '../http/authenticate-request.js';
import { RequestError } from '../http/body.js';
import { chargeIfRefused } from '../http/charge-refusal.js';
import type { ClientAddressResolver } from '../http/client-address.js';
import { sendJson } from '../http/error-response.js';
import { requestedMoment } from '../http/known-at.js';
import { rateLimitHeaders } from '../http/rate-limit-headers.js';
import { searchOf } from '../http/request-target.js';

/** Limits the files that are compared at once: each is in memory. */
const MAX_CONCURRENT_FILES = 2;
/** The bytes of a file that cost as much as a record of an export. */
const BYTES_PER_RECORD = 400;

const SCOPE = new Map([['proposal:write', 'POST /proposals']] as const);

interface ProposalDeps {
  authenticator: Authenticator;
  admissionControl: AdmissionControl;
  clientAddress: ClientAddressResolver;
  counters: Counters;
  context(identity: Identity, address?: string, acceptLanguage?: string): Context;
}

/** Files over HTTP: `POST /proposals?format=csv&concept=partnership`, with the file as the body. */
export function proposalTransport(deps: ProposalDeps) {
  const places = deps.counters.quota('files', MAX_CONCURRENT_FILES);
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (refuseOtherMethods(response, 'POST')) return;
    const requester = await authenticateRequest(deps, request);
    const { identity, address } = requester;
    requireScopes(SCOPE, identity);
    const [header, file, release] = await chargeIfRefused(deps.admissionControl, requester, response, () =>
      refusing(async () => {
        const moment = requestedMoment(request);
        if (moment !== undefined)
          throw graphqlError('PAST_READ_ONLY', message('KNOWN_AT_PROPOSAL', { value: abbreviate(moment) }));
        const parsed = fileHeader(new URLSearchParams(searchOf(request)));
        const release = await places.acquire('');
        if (!release) {
          const problem = message('FILES_BUSY', { limit: MAX_CONCURRENT_FILES, seconds: 5 });
          throw exportError(503, 'SERVICE_UNAVAILABLE', problem);
        }
        try {
          return [parsed, await readFile(request), release] as const;
        } catch (error) {
          release();
          throw error;
        }
      }),
    );
    const context = deps.context(identity, address, request.headers['accept-language']);
    try {
      const charge = await deps.admissionControl.chargeExport(requester, Math.ceil(file.length / BYTES_PER_RECORD));
      for (const [name, value] of Object.entries(rateLimitHeaders(charge))) response.setHeader(name, value);
      const report = await refusing(() =>
        inTransaction(context, header.dryRun, [SubjectType.PROPOSAL], async em => ({
          result: await submitFile(em, header, file, identity, context.messageLanguage),
        })),
      );
      sendJson(response, 200, report, { 'cache-control': 'no-store' });
    } finally {
      release();
      await runCleanups(context);
    }
  };
}

const refusal = (problem: Message) => exportError(400, 'BAD_USER_INPUT', problem);

/** Runs `work`, and converts what is wrong with a file or with its parameters to refusals. */
async function refusing<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FileRefusal) throw refusal(error.problem);
    if (!(error instanceof WriteRejected)) throw error;
    const errors = asUserErrors(error);
    const isForbidden = errors.some(({ code }) => code === UserErrorCode.FORBIDDEN);
    const code = isForbidden ? 'FORBIDDEN' : 'BAD_USER_INPUT';
    throw new ExportError(
      isForbidden ? 403 : 400,
      errors.map(({ rule, params }) => graphqlError(code, { rule, params })),
    );
  }
}

/**
 * Reads the body of a request. The rest of one that is too long is read and discarded: clients do not read a response while
 * they send.
 */
function readFile(request: IncomingMessage): Promise<Buffer> {
  const encoding = request.headers['content-encoding'];
  if (encoding && encoding.toLowerCase() !== 'identity') throw new RequestError(415, message('BODY_COMPRESSED', {}));
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= MAX_FILE_BYTES) chunks.push(chunk);
      else {
        chunks = [];
        reject(exportError(413, 'BAD_USER_INPUT', message('FILE_TOO_LARGE', { limit: MAX_FILE_BYTES })));
      }
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
  });
}
