import { labelById, labelIn, labelLanguage, mapLabel } from '../../graph/record/label.js';
import { nodeById, nodeTypeOf } from '../../graph/record/node.js';
import type { Fork } from '../../graph/sql/fork.js';
import { codeListNamed } from '../../graph/types/code-list.js';
import { Language } from '../../graph/types/names.js';
import { MATCH_TYPES, type MatchType } from '../../matching/match.js';
import type { MessageLanguage } from '../../messages/message.js';

/** A record with what people recognise it by. */
export interface Entity {
  id: string;
  name: string;
  /** The language of the name: another one if the record has none in the language that is asked for. */
  lang: string;
  description: string;
  type: MatchType;
  /** The fields of the record by name, references as ids. */
  record: Readonly<Record<string, unknown>>;
}

const LANGUAGES: Readonly<Record<MessageLanguage, Language>> = { en: Language.EN, nl: Language.NL, zh: Language.ZH };
const TAGS: Readonly<Record<Language, string>> = { EN: 'en', NL: 'nl', ZH: 'zh', PINYIN: 'zh-Latn' };

/** Returns the type of the record with an id; undefined for an id of another type, such as an exchange. */
export function entityTypeOf(id: string): MatchType | undefined {
  const type = nodeTypeOf(id);
  return MATCH_TYPES.find(name => name === type);
}

/** Loads records of any types by id, with their labels and those of their areas; null for an id without a record. */
export function loadEntities(em: Fork, ids: readonly string[], language: MessageLanguage): Promise<(Entity | null)[]> {
  return Promise.all(ids.map(id => loadEntity(em, id, language)));
}

async function loadEntity(em: Fork, id: string, language: MessageLanguage): Promise<Entity | null> {
  const type = entityTypeOf(id);
  const node = type ? await nodeById(em, id) : null;
  if (!type || !node) return null;
  const record = node as Readonly<Record<string, unknown>> & { id: string };
  const wanted = LANGUAGES[language];
  const [name, area, successor] = await Promise.all([
    mapLabel(em, record, label => ({ text: labelIn(label, wanted), lang: TAGS[labelLanguage(label, wanted)] })),
    ...[record.parent, record.succeededBy].map(other => (typeof other === 'string' ? labelById(em, other) : null)),
  ]);
  const parts = [
    kindOf(record, type, language),
    area && labelIn(area, wanted),
    yearsOf(record),
    successor && `→ ${labelIn(successor, wanted)}`,
  ];
  return { id, name: name.text, lang: name.lang, description: parts.filter(Boolean).join(', '), type, record };
}

/** Returns the label of the level or the kind of a record. */
function kindOf({ country, level, kind }: Entity['record'], type: MatchType, language: MessageLanguage): string {
  const [list, value] =
    type === 'Organisation' || type === 'Partnership'
      ? [`${type}Kind`, kind]
      : [country === 'NL' ? 'DutchAuthorityLevel' : 'ChineseAuthorityLevel', level];
  return codeListNamed(list)?.codes.find(code => code.value === value)?.labels[language] ?? '';
}

/** Returns when a record existed: `1979–`, `2009–2023`; of an authority, only when it was dissolved. */
function yearsOf({ startedOn, endedOn, dissolvedOn }: Entity['record']): string {
  const [from, until] = [startedOn, endedOn ?? dissolvedOn].map(date => String(date ?? '').slice(0, 4));
  return from || until ? `${from}–${until}` : '';
}
