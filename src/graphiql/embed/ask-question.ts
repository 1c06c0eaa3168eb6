import { results } from '../active-result.js';
import { fetchAt } from '../clock/fetch-at.js';
import { currentKnownAt } from '../clock/moment.js';
import { readerLanguage } from '../language.js';
import { withHiddenFields } from '../result/hidden-fields.js';
import { isQuery } from '../result/is-query.js';
import { messageOf } from '../result/message-of.js';
import { UNREACHABLE } from '../result/result-store.js';
import { sendExtended, storeAnswer } from '../result/store-answer.js';
import { change, state, TAB } from './one-question.js';

/** Asks the question of the page, and stores its answer for the panels, or why there is none. An address runs nothing but a query. */
export async function askQuestion(): Promise<void> {
  const { schema, tabs } = state.get();
  const [tab] = tabs;
  if (!schema || !tab) return;
  const { query } = tab;
  const operationName = tab.operationName || undefined;
  const isNewest = results.begin(TAB);
  if (!isQuery(query, operationName)) return change({ isFetching: false });
  let variables = {};
  change({ isFetching: true });
  try {
    variables = JSON.parse(tab.variables || '{}');
    const send = async (sent: string): Promise<unknown> => {
      const response = await fetchAt(currentKnownAt())('graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ query: sent, variables, operationName }),
      });
      return response.json();
    };
    const extended = withHiddenFields(schema, query, operationName, readerLanguage());
    const { response, ...sentQuery } = await sendExtended(query, extended, send);
    if (!isNewest()) return;
    storeAnswer(results, TAB, { query, variables, operationName, ...sentQuery }, response);
  } catch (error) {
    if (!isNewest()) return;
    results.refuse(TAB, { query, variables, errors: [{ message: messageOf(error), code: UNREACHABLE }] });
  }
  change({ isFetching: false });
}
