import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { results, selectedRecord } from '../active-result.js';
import { isReading } from '../result/is-query.js';
import type { KnownAt } from '../result/known-at.js';
import { CLOCK_BANNER_ID } from './banner.js';
import { currentKnownAt, subscribeKnownAt, useKnownAt } from './moment.js';
import { useResolveMoment } from './resolve-moment.js';

results.moveTo(currentKnownAt());
subscribeKnownAt(() => {
  results.moveTo(currentKnownAt());
  selectedRecord.set(null);
});

/** Makes GraphiQL follow the clock: its results, and the buttons that execute. Renders nothing. */
export function ClockFollower(): null {
  useResolveMoment();
  useResultsOfMoment();
  useExecuteButtons();
  return null;
}

/**
 * Removes a result from its tab when the clock was moved after the tab was last shown, and runs the query of the active
 * tab again when the clock moves.
 */
function useResultsOfMoment(): void {
  const knownAt = useKnownAt();
  const { tabs, activeTabIndex, responseEditor, documentAST, operationName } = useGraphiQL(
    pick('tabs', 'activeTabIndex', 'responseEditor', 'documentAST', 'operationName'),
  );
  const { stop, run, updateActiveTabValues } = useGraphiQLActions();
  const tab = tabs[activeTabIndex]?.id ?? '';
  const shown = useRef(new Map<string, KnownAt | undefined>());
  const lastMoment = useRef(knownAt);
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the tab or the clock changes, and reads the rest then.
  useLayoutEffect(() => {
    const isOfOtherMoment = shown.current.has(tab) && shown.current.get(tab) !== knownAt;
    const hasMoved = lastMoment.current !== knownAt;
    shown.current.set(tab, knownAt);
    lastMoment.current = knownAt;
    if (!isOfOtherMoment || !responseEditor) return;
    const hadResponse = responseEditor.getValue() !== '';
    stop();
    responseEditor.setValue('');
    updateActiveTabValues({ response: null });
    if (hasMoved && hadResponse && documentAST && isReading(documentAST, operationName)) run();
  }, [tab, knownAt]);
}

/** Disables the buttons that execute a mutation or a subscription while the clock is set. */
function useExecuteButtons(): void {
  const isPast = useKnownAt() !== undefined;
  const { operations, operationName, isFetching } = useGraphiQL(pick('operations', 'operationName', 'isFetching'));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the button is rendered again if these change.
  useLayoutEffect(() => {
    const button = document.querySelector<HTMLButtonElement>('.graphiql-execute-button');
    const isOff = isPast && operations?.length !== 0 && operations?.every(({ operation }) => operation !== 'query');
    if (!button) return;
    button.disabled = Boolean(isOff);
    if (isOff) button.setAttribute('aria-describedby', CLOCK_BANNER_ID);
    else if (button.getAttribute('aria-describedby') === CLOCK_BANNER_ID) button.removeAttribute('aria-describedby');
  }, [isPast, operations, operationName, isFetching]);
  useEffect(() => {
    if (!isPast || !operations?.some(({ operation }) => operation !== 'query')) return undefined;
    // The menu of a document with several operations is in the page only while it is open.
    const menus = new MutationObserver(() => {
      document.querySelectorAll('.graphiql-dropdown-item').forEach((item, index) => {
        if (operations[index]?.operation !== 'query') item.setAttribute('aria-disabled', 'true');
      });
    });
    menus.observe(document.body, { childList: true, subtree: true });
    return () => menus.disconnect();
  }, [isPast, operations]);
}
