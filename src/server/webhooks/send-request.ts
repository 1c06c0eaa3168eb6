import { Agent as HttpAgent, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { hostOf, isPermittedAddress, type WebhookTargets } from '../../webhook/address.js';
import type { ReceiverAnswer, ReceiverRequest, SendRequest } from '../../webhook/request.js';
import { WebhookResult } from '../../webhook/webhook.enums.js';
import { ForbiddenAddressError, permittedLookup, type ResolveHost, resolveHost } from './resolve-host.js';

/** Limits a request, from the look-up of the name to the end of the answer. */
const REQUEST_TIMEOUT_MS = 15_000;
/** More of an answer is not read. Its status counts. */
const MAX_ANSWER_BYTES = 64_000;
/** An idle connection is used again for so long. */
const KEEP_ALIVE_MS = 10_000;
const MAX_IDLE_SOCKETS = 4;

/** Options of requests. Tests shorten the time, and answer for DNS. */
export interface SendOptions {
  targets: WebhookTargets;
  timeoutMs?: number;
  resolve?: ResolveHost;
}

/** Returns the function that sends requests to receivers, and one that closes their connections. */
export function requestSender({ targets, timeoutMs = REQUEST_TIMEOUT_MS, resolve = resolveHost }: SendOptions) {
  const keepAlive = { keepAlive: true, maxFreeSockets: MAX_IDLE_SOCKETS, timeout: KEEP_ALIVE_MS };
  const agents = { 'http:': new HttpAgent(keepAlive), 'https:': new HttpsAgent(keepAlive) };
  const send: SendRequest = async (request, signal) => {
    const url = new URL(request.url);
    const protocol = url.protocol === 'https:' ? 'https:' : 'http:';
    // A socket does not look up what is an address already.
    if (isIP(hostOf(url)) && !isPermittedAddress(hostOf(url), protocol, targets))
      return withoutAnswer(WebhookResult.FORBIDDEN_ADDRESS);
    const timeout = AbortSignal.timeout(timeoutMs);
    const options: RequestOptions = {
      agent: agents[protocol],
      lookup: permittedLookup(protocol, targets, resolve),
      signal: AbortSignal.any([signal, timeout]),
    };
    try {
      return await exchange(protocol === 'https:' ? httpsRequest : httpRequest, url, request, options);
    } catch (error) {
      if (timeout.aborted) return withoutAnswer(WebhookResult.TIMED_OUT);
      const isForbidden = error instanceof ForbiddenAddressError;
      return withoutAnswer(isForbidden ? WebhookResult.FORBIDDEN_ADDRESS : WebhookResult.UNREACHABLE);
    }
  };
  const close = () => {
    for (const agent of Object.values(agents)) agent.destroy();
  };
  return { send, close };
}

const withoutAnswer = (result: WebhookResult): ReceiverAnswer => ({ result, statusCode: null, headers: {} });

/** Sends a request and reads its answer. Node follows no redirects. */
function exchange(
  open: typeof httpRequest,
  url: URL,
  { method, headers, body }: ReceiverRequest,
  options: RequestOptions,
): Promise<ReceiverAnswer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const request = open(url, { ...options, method, headers: { ...headers, ...length } });
    request.on('error', reject);
    // Also without an error, such as after 101 for a protocol that was not asked for.
    request.on('close', () => reject(new Error('The connection was closed.')));
    request.on('response', response => {
      let bytes = 0;
      response.on('error', reject);
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes <= MAX_ANSWER_BYTES) return;
        resolve(answerOf(response));
        response.destroy();
      });
      response.on('end', () => resolve(answerOf(response)));
    });
    request.end(body);
  });
}

function answerOf({ statusCode = 0, headers }: IncomingMessage): ReceiverAnswer {
  return { result: resultOf(statusCode), statusCode, headers };
}

function resultOf(status: number): WebhookResult {
  if (status >= 200 && status < 300) return WebhookResult.ACCEPTED;
  if (status >= 300 && status < 400) return WebhookResult.REDIRECTED;
  if (status === 410) return WebhookResult.GONE;
  return status === 429 ? WebhookResult.THROTTLED : WebhookResult.REFUSED;
}
