import { useGraphiQL } from '@graphiql/react';
import { useEffect, useLayoutEffect } from 'react';
import { readerLanguage, useReaderLanguage, useTranslation } from '../language.js';
import type { ReaderLanguage } from '../result/format.js';
import { translated } from './graphiql-texts.js';

/** Parts of GraphiQL with texts. None has an editor in it, so that typing causes no work here. */
const PARTS = ['.graphiql-session-header', '.graphiql-toolbar', '.graphiql-editor-tools'];
/** Panels of GraphiQL; those of this page have their own texts. */
const PANELS = '.graphiql-history, .graphiql-doc-explorer';
/** Elements whose own label is a text of GraphiQL, and in which an editor is. */
const LABELLED = '.graphiql-query-editor, .graphiql-editor-tool, .result-window';
/** Dialogs, tooltips and menus, which GraphiQL renders at the end of the body. */
const FLOATING = '.graphiql-dialog, .graphiql-tooltip, .graphiql-dropdown-content, [data-radix-popper-content-wrapper]';
/** Names that readers gave, and names and descriptions of the schema. */
const OF_OTHERS =
  '.graphiql-tab-button, .graphiql-dropdown-item, .graphiql-history-item-label, [class*="graphiql-markdown-"], .graphiql-doc-explorer-type-name, .graphiql-doc-explorer-field-name, [class^="graphiql-doc-explorer-search-"] span, .graphiql-doc-explorer-enum-value, .graphiql-doc-explorer-argument-name';
/** Descriptions of the schema, which are English. */
const DESCRIPTIONS = '[class*="graphiql-markdown-"]';
const ATTRIBUTES = ['aria-label', 'title', 'placeholder'];

/** A text as GraphiQL wrote it, and as it was translated. */
interface Written {
  readonly english: string;
  readonly shown: string;
}

const texts = new WeakMap<Node, Written>();
const attributes = new WeakMap<Element, Map<string, Written>>();

/** Returns what a text becomes: from what GraphiQL wrote, which is known even after it was translated. */
function write(current: string, before: Written | undefined, language: ReaderLanguage): Written {
  const english = before?.shown === current ? before.english : current;
  return { english, shown: translated(english, language) ?? english };
}

/** Tells if a text is to be left as it is: of the names that readers give only that of a tab without one is "<untitled>". */
const isOfOthers = (element: Element | null, english: string): boolean =>
  !/^<.+>$/.test(english) && Boolean(element?.closest(OF_OTHERS));

function translateText(node: Text, language: ReaderLanguage): void {
  const current = node.data;
  if (!current.trim()) return;
  const written = write(current, texts.get(node), language);
  if (isOfOthers(node.parentElement, written.english)) return;
  texts.set(node, written);
  if (written.shown !== current) node.data = written.shown;
}

function translateAttributes(element: Element, language: ReaderLanguage): void {
  for (const name of ATTRIBUTES) {
    const current = element.getAttribute(name);
    if (!current) continue;
    const writtenOf = attributes.get(element) ?? new Map<string, Written>();
    const written = write(current, writtenOf.get(name), language);
    if (name === 'title' && isOfOthers(element, written.english)) continue;
    attributes.set(element, writtenOf.set(name, written));
    if (written.shown !== current) element.setAttribute(name, written.shown);
  }
}

/** Translates an element and all that is in it. */
function translateAll(root: Element, language: ReaderLanguage): void {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node: Node | null = root; node; node = walker.nextNode()) {
    if (node instanceof Text) translateText(node, language);
    else if (node instanceof Element) {
      translateAttributes(node, language);
      if (node.matches(DESCRIPTIONS)) node.setAttribute('lang', 'en');
    }
  }
}

const CHANGES = { childList: true, subtree: true, characterData: true, attributeFilter: ATTRIBUTES };

/** Translates the changed nodes of the parts, once each. */
function translateChanges(records: readonly MutationRecord[]): void {
  const language = readerLanguage();
  for (const { type, target, addedNodes } of records) {
    if (type === 'attributes') translateAttributes(target as Element, language);
    else if (target instanceof Text) translateText(target, language);
    for (const node of addedNodes) {
      if (node instanceof Text) translateText(node, language);
      else if (node instanceof Element) translateAll(node, language);
    }
  }
}

/** Observes the parts of GraphiQL that exist, and those that it adds to its panel and to the body. */
function observe(): () => void {
  const changes = new MutationObserver(translateChanges);
  const follow = (element: Element) => {
    translateAll(element, readerLanguage());
    changes.observe(element, CHANGES);
  };
  for (const part of document.querySelectorAll(PARTS.join())) follow(part);
  for (const element of document.querySelectorAll(LABELLED)) {
    translateAttributes(element, readerLanguage());
    changes.observe(element, { attributeFilter: ATTRIBUTES });
  }
  const panel = document.querySelector('.graphiql-plugin');
  for (const element of panel?.querySelectorAll(PANELS) ?? []) follow(element);
  const added = new MutationObserver(records => {
    for (const { addedNodes } of records)
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue;
        const part = node.matches(`${PANELS}, ${FLOATING}`) ? node : node.querySelector(`${PANELS}, ${FLOATING}`);
        if (part) follow(part);
      }
  });
  added.observe(document.body, { childList: true });
  if (panel) added.observe(panel, { childList: true });
  return () => {
    changes.disconnect();
    added.disconnect();
  };
}

const translations = {
  en: { query: 'Query', variables: 'Variables', headers: 'Headers', response: 'Answer as JSON' },
  nl: { query: 'Vraag', variables: 'Variabelen', headers: 'Headers', response: 'Antwoord als JSON' },
  zh: { query: '查询', variables: '变量', headers: '请求头', response: 'JSON 回答' },
};

/**
 * Shows the texts of GraphiQL in the language of the reader: it has no translations and no properties for its texts. Renders
 * nothing.
 */
export function GraphiqlWords(): null {
  const language = useReaderLanguage();
  const names = useTranslation(translations);
  const queryEditor = useGraphiQL(state => state.queryEditor);
  const variableEditor = useGraphiQL(state => state.variableEditor);
  const headerEditor = useGraphiQL(state => state.headerEditor);
  const responseEditor = useGraphiQL(state => state.responseEditor);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of the language translates all parts again.
  useLayoutEffect(observe, [language]);
  useEffect(() => {
    queryEditor?.updateOptions({ ariaLabel: names.query });
    variableEditor?.updateOptions({ ariaLabel: names.variables });
    headerEditor?.updateOptions({ ariaLabel: names.headers });
    responseEditor?.updateOptions({ ariaLabel: names.response });
  }, [queryEditor, variableEditor, headerEditor, responseEditor, names]);
  return null;
}
