import { codeList } from '../graph/types/code-list.js';

export enum Confidence {
  SOURCED = 'SOURCED',
  SINGLE_SOURCE = 'SINGLE_SOURCE',
  CONFLICTING = 'CONFLICTING',
  UNVERIFIED = 'UNVERIFIED',
}
codeList('Confidence', Confidence, 'How well a record is evidenced.', {
  SOURCED: ['Two or more publishers carry it.', 'Meerdere bronnen', 'Several sources', '多个来源'],
  SINGLE_SOURCE: ['One publisher carries it.', 'Eén bron', 'One source', '单一来源'],
  CONFLICTING: [
    'Sources disagree; the notes say how.',
    'Bronnen spreken elkaar tegen',
    'Sources disagree',
    '来源不一致',
  ],
  UNVERIFIED: ['Known to exist, not yet evidenced.', 'Niet geverifieerd', 'Unverified', '未经核实'],
});
