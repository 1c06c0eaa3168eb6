import { results } from '../active-result.js';
import { fetchAt } from '../clock/fetch-at.js';
import { currentKnownAt } from '../clock/moment.js';
import { readerLanguage } from '../language.js';
import { withHiddenFields } from '../result/hidden-fields.js';
import { messageOf } from '../result/message-of.js';
import type { RefusedError } from '../result/result-store.js';
import { change, state, TAB } from './one-question.js';

interface Response {
  readonly data?: unknown;
  readonly errors?: readonly RefusedError[];
}

async function send(query: string, variables: object, operationName: string | undefined): Promise<Response> {
  const response = await fetchAt(currentKnownAt())('graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', 'accept-language': readerLanguage() },
    body: JSON.stringify({ query, variables, operationName }),
  });
  return response.json();
}

/** Asks the question of the page, and stores its answer for the panels, or why there is none. */
export async function askQuestion(): Promise<void> {
  const { schema, tabs } = state.get();
  const [tab] = tabs;
  if (!schema || !tab) return;
  const { query } = tab;
  const operationName = tab.operationName || undefined;
  change({ isFetching: true });
  try {
    const variables = JSON.parse(tab.variables || '{}');
    const sentQuery = withHiddenFields(schema, query, operationName, readerLanguage());
    let response = await send(sentQuery ?? query, variables, operationName);
    // Errors are about the text of the reader.
    const isExtended = sentQuery !== undefined && !response.errors;
    if (response.errors && sentQuery !== undefined) response = await send(query, variables, operationName);
    const { data, errors = [] } = response;
    const asked = { query, variables, operationName, ...(isExtended && { sentQuery }) };
    if (data) results.set(TAB, { ...asked, data });
    else results.refuse(TAB, { query, variables, errors });
  } catch (error) {
    const message = messageOf(error);
    results.refuse(TAB, { query, variables: {}, errors: [{ message }] });
  }
  change({ isFetching: false });
}
