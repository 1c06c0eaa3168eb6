import { FIELD_LABELS, fieldLabel } from '../messages/field-labels.js';
import type { MessageLanguage } from '../messages/message.js';
import { ATTRIBUTION_COLUMN } from './attribution.js';

type Label = readonly [nl: string, en: string, zh: string];

const INDEX: Readonly<Record<MessageLanguage, number>> = { nl: 0, en: 1, zh: 2 };

/** Labels of columns that are no fields of the API. */
const COLUMNS: Readonly<Record<string, Label>> = {
  earliest: ['vroegste dag', 'earliest day', '最早日期'],
  latest: ['laatste dag', 'latest day', '最晚日期'],
  partnershipCount: ['aantal banden', 'number of partnerships', '友好关系数量'],
  exchangeCount: ['aantal uitwisselingen', 'number of exchanges', '交流数量'],
  programmeIds: ['ids van programma’s', 'ids of programmes', '项目标识'],
  organisationIds: ['ids van organisaties', 'ids of organisations', '机构标识'],
  authorityIds: ['ids van overheden', 'ids of authorities', '政府标识'],
  partnershipIds: ['ids van banden', 'ids of partnerships', '友好关系标识'],
  sources: ['bronnen', 'sources', '来源'],
  statusPeriodSources: ['bronnen van de statusperioden', 'sources of the status periods', '状态时期的来源'],
  version: ['versie', 'version', '版本'],
  createdAt: ['opgenomen op', 'added at', '收录时间'],
  updatedAt: ['laatst gewijzigd op', 'last changed at', '最后修改时间'],
  [ATTRIBUTION_COLUMN]: ['naamsvermelding', 'attribution', '署名'],
};

/** Labels of the lists. */
const LISTS: Readonly<Record<string, Label>> = {
  partnerships: ['Banden', 'Partnerships', '友好关系'],
  authorities: ['Overheden', 'Authorities', '政府'],
  programmes: ['Programma’s', 'Programmes', '项目'],
  exchanges: ['Uitwisselingen', 'Exchanges', '交流活动'],
  organisations: ['Organisaties', 'Organisations', '机构'],
};

/** Returns the label of a list; its name if it has none. */
export const listLabel = (name: string, language: MessageLanguage): string => LISTS[name]?.[INDEX[language]] ?? name;

function labelOf(path: string, language: MessageLanguage): string {
  return COLUMNS[path]?.[INDEX[language]] ?? fieldLabel(path, language);
}

/** Returns the label of a column: of its path if that has one, or else those of its parts, `Dutch side: part of: id`. */
export function columnLabel(path: string, language: MessageLanguage): string {
  const separator = language === 'zh' ? '：' : ': ';
  const parts = path.split('.');
  for (let rest = parts.length - 1; rest > 0; rest -= 1) {
    const tail = parts.slice(rest - 1).join('.');
    if (!(tail in FIELD_LABELS)) continue;
    return [...parts.slice(0, rest - 1).map(part => labelOf(part, language)), labelOf(tail, language)].join(separator);
  }
  return parts.map(part => labelOf(part, language)).join(separator);
}
