import { codeList } from '../graph/types/code-list.js';

export enum Confidence {
  SOURCED = 'SOURCED',
  SINGLE_SOURCE = 'SINGLE_SOURCE',
  CONFLICTING = 'CONFLICTING',
  UNVERIFIED = 'UNVERIFIED',
}
codeList('Confidence', Confidence, 'How well a record is supported by sources.', {
  SOURCED: ['Supported by two or more publishers.', 'Meerdere bronnen', 'Several sources', '多个来源'],
  SINGLE_SOURCE: ['Supported by one publisher.', 'Eén bron', 'One source', '单一来源'],
  CONFLICTING: [
    'Sources disagree; `notes` describes how.',
    'Bronnen spreken elkaar tegen',
    'Sources disagree',
    '来源不一致',
  ],
  UNVERIFIED: [
    'Known to exist, but recorded without a source. A source that is added later does not change it: `confidence` is revised.',
    'Niet geverifieerd',
    'Unverified',
    '未经核实',
  ],
});
