import { readFileSync } from 'node:fs';
import { root, StartError } from '../../config/config.js';
import type { MessageLanguage } from '../../messages/message.js';
import { ALIAS_LABELS, type AliasLabels } from '../../questions/alias-labels.js';
import { EXPLANATIONS } from './question-texts.js';

/** A question that has a page. */
export interface Question {
  /** The name of its operation, and of its page. */
  name: string;
  /** The document. */
  query: string;
  /** The values that the form has at first, by variable. */
  variables: Readonly<Record<string, unknown>>;
  title: Readonly<Record<MessageLanguage, string>>;
  about: Readonly<Record<MessageLanguage, string>> | undefined;
  aliases: AliasLabels | undefined;
}

/** The questions that the build collected: the documents of `test/questions`, which the desk shows, too. */
const FILE = new URL('dist/questions.json', root);

/** Matches the title at the start of a document: in English, Dutch and Chinese. */
const TITLES = /^# (?<en>.+)\n# (?<nl>.+)\n# (?<zh>.+)\n/;

/** Reads a question; a document without a title in all languages is no question. */
export function questionOf({
  query,
  variables,
}: {
  query: string;
  variables: Record<string, unknown>;
}): Question | undefined {
  const { en, nl, zh } = TITLES.exec(query)?.groups ?? {};
  const name = /^query (\w+)/m.exec(query)?.[1];
  if (en === undefined || nl === undefined || zh === undefined || name === undefined) return undefined;
  const [aboutNl, aboutEn, aboutZh] = EXPLANATIONS[name] ?? [];
  return {
    name,
    query,
    variables,
    title: { en, nl, zh },
    about: aboutNl && aboutEn && aboutZh ? { nl: aboutNl, en: aboutEn, zh: aboutZh } : undefined,
    aliases: ALIAS_LABELS[name],
  };
}

/**
 * Loads the questions by name, in the order of their files.
 *
 * @throws StartError if they are not built.
 */
export function loadQuestions(): ReadonlyMap<string, Question> {
  let text: string;
  try {
    text = readFileSync(FILE, 'utf8');
  } catch (cause) {
    throw new StartError('The questions are not in dist/questions.json: run `npm run build` first.', { cause });
  }
  const sent: { query: string; variables: Record<string, unknown> }[] = JSON.parse(text);
  const questions = sent.map(questionOf).filter(question => question !== undefined);
  return new Map(questions.map(question => [question.name, question]));
}
