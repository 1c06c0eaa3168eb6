import { codeList } from '../graph/types/code-list.js';
import { describedEnum } from '../graph/types/enum.js';

export enum ProposalVerdict {
  CREATE = 'CREATE',
  REVISE = 'REVISE',
  SAME = 'SAME',
  CONFLICT = 'CONFLICT',
  AMBIGUOUS = 'AMBIGUOUS',
  UNMATCHED = 'UNMATCHED',
  REFUSED = 'REFUSED',
  STALE = 'STALE',
}
codeList('ProposalVerdict', ProposalVerdict, 'What a row of a proposal comes to. Every row has one.', {
  CREATE: ['A new record.', 'Nieuw', 'New', '新建'],
  REVISE: ['Other values of a record.', 'Wijziging', 'Revision', '修订'],
  SAME: ['The register has these values already.', 'Gelijk', 'The same', '相同'],
  CONFLICT: [
    'The register has another value with better evidence, or one that was changed meanwhile: a person decides.',
    'Strijdig',
    'Conflict',
    '冲突',
  ],
  AMBIGUOUS: [
    'Several records could be meant: a person chooses one of the candidates.',
    'Meerduidig',
    'Ambiguous',
    '有歧义',
  ],
  UNMATCHED: ['No record was found that could be meant.', 'Niet gevonden', 'Unmatched', '未匹配'],
  REFUSED: ['A value breaks a rule of the register; `problems` names it.', 'Geweigerd', 'Refused', '被拒绝'],
  STALE: [
    'The record was changed between the comparison and the application: the row was not written.',
    'Achterhaald',
    'Stale',
    '已过时',
  ],
});

export enum ProposalState {
  OPEN = 'OPEN',
  APPLIED = 'APPLIED',
  REVERTED = 'REVERTED',
  REJECTED = 'REJECTED',
  WITHDRAWN = 'WITHDRAWN',
}
codeList('ProposalState', ProposalState, 'How far a proposal got.', {
  OPEN: ['Under review.', 'Open', 'Open', '待审核'],
  APPLIED: ['Its accepted rows are in the register.', 'Toegepast', 'Applied', '已应用'],
  REVERTED: ['It was applied, and undone again.', 'Teruggedraaid', 'Reverted', '已恢复'],
  REJECTED: ['A reviewer rejected it.', 'Afgewezen', 'Rejected', '已拒绝'],
  WITHDRAWN: ['The proposer withdrew it.', 'Ingetrokken', 'Withdrawn', '已撤回'],
});

export enum ProposalOrigin {
  FILE = 'FILE',
  WIKIDATA = 'WIKIDATA',
  IATI = 'IATI',
  CBS = 'CBS',
  PARTNER = 'PARTNER',
  REPORT = 'REPORT',
}
codeList('ProposalOrigin', ProposalOrigin, 'Where a proposal comes from.', {
  FILE: ['A list as a file, such as an edited export.', 'Bestand', 'File', '文件'],
  WIKIDATA: ['Statements of Wikidata.', 'Wikidata', 'Wikidata', '维基数据'],
  IATI: ['Activities published in the IATI standard.', 'IATI', 'IATI', '国际援助透明度'],
  CBS: ['The list of municipalities of Statistics Netherlands.', 'CBS', 'Statistics Netherlands', '荷兰统计局'],
  PARTNER: ['Rows that the app of a partner sent.', 'Partner', 'Partner', '合作伙伴'],
  REPORT: ['A doubt that a reader reported.', 'Melding', 'Report', '读者报告'],
});

export enum ProposalDecision {
  ACCEPT = 'ACCEPT',
  REJECT = 'REJECT',
  KEEP_BOTH = 'KEEP_BOTH',
  CHOOSE = 'CHOOSE',
}
codeList('ProposalDecision', ProposalDecision, 'What a reviewer decided on a row.', {
  ACCEPT: [
    'Write it. For `AMBIGUOUS` and `UNMATCHED`: none of the candidates is meant, create a record.',
    'Overnemen',
    'Accept',
    '接受',
  ],
  REJECT: ['Do not write it.', 'Afwijzen', 'Reject', '拒绝'],
  KEEP_BOTH: [
    'Keep the value of the register, set `confidence` to `CONFLICTING`, and cite the other source beside it. For `CONFLICT`.',
    'Beide bewaren',
    'Keep both',
    '两者保留',
  ],
  CHOOSE: ['The candidate in `choice` is meant; the row is compared with it.', 'Kiezen', 'Choose', '选定'],
});

export enum ProposalPolicy {
  CREATE_ONLY = 'CREATE_ONLY',
  UPDATE_ONLY = 'UPDATE_ONLY',
  UPSERT = 'UPSERT',
}
describedEnum('ProposalPolicy', ProposalPolicy, 'What the rows of a proposal may do.', {
  CREATE_ONLY: 'Create records. A row about a record of the register with other values is refused.',
  UPDATE_ONLY: 'Revise records. A row without a record is unmatched.',
  UPSERT: 'Both.',
});
