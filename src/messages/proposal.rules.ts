/** Rules of proposals and of decisions on them. */
export const PROPOSAL_RULES = {
  CHANGE_SET_MALFORMED: {
    label: { en: 'Not a change set', nl: 'Geen wijzigingenset', zh: '不是变更集' },
    text: {
      en: '{argument} must be ids of change sets, as `changeSet` of a change has them; got {value}.',
      nl: '{argument} moet de id van een wijzigingenset zijn, zoals in `changeSet` van een wijziging; {value} is dat niet.',
      zh: '{argument} 必须是变更集的标识符（见变更的 `changeSet`）；收到的是 {value}。',
    },
  },
  PROPOSAL_MISSING: {
    label: { en: 'Proposal does not exist', nl: 'Voorstel bestaat niet', zh: '提案不存在' },
    text: {
      en: 'There is no proposal with the id {id}.',
      nl: 'Er is geen voorstel met de id {id}.',
      zh: '没有标识符为{id}的提案。',
    },
  },
  PROPOSAL_ITEM_MISSING: {
    label: { en: 'Row does not exist', nl: 'Regel bestaat niet', zh: '行不存在' },
    text: {
      en: 'The proposal has no item with the id {id}.',
      nl: 'Het voorstel heeft geen regel met de id {id}.',
      zh: '该提案没有标识符为{id}的条目。',
    },
  },
  PROPOSAL_STATE: {
    label: { en: 'Proposal is closed', nl: 'Voorstel is afgehandeld', zh: '提案已处理' },
    text: {
      en: 'The proposal is {state}; only one that is {expected} can be changed so. Load it again.',
      nl: 'Het voorstel is {state}; dit kan alleen bij een voorstel dat {expected} is. Laad het opnieuw.',
      zh: '提案状态为{state}；此操作仅适用于状态为{expected}的提案。请重新加载。',
    },
  },
  PROPOSAL_BASIS: {
    label: { en: 'Another basis', nl: 'Andere grondslag', zh: '比较基准不同' },
    text: {
      en: 'The proposal was compared with another state of the register than expectedBasis names: load it again.',
      nl: 'Het voorstel is vergeleken met een andere stand van het register dan u noemt. Laad het opnieuw.',
      zh: '提案所比较的登记册状态与 expectedBasis 不符。请重新加载。',
    },
  },
  PROPOSAL_NOT_YOURS: {
    label: { en: 'Proposal of another', nl: 'Voorstel van een ander', zh: '他人的提案' },
    text: {
      en: 'Only the proposer can withdraw a proposal; a reviewer rejects it.',
      nl: 'Alleen de indiener kan een voorstel intrekken; een beoordelaar wijst het af.',
      zh: '只有提案人可以撤回提案；审核人可予以拒绝。',
    },
  },
  PROPOSAL_CONCEPT: {
    label: { en: 'Not a type to propose', nl: 'Geen soort om voor te stellen', zh: '不可提案的类型' },
    text: {
      en: 'A proposal is about records: AUTHORITY, PARTNERSHIP, PROGRAMME, EXCHANGE or ORGANISATION.',
      nl: 'Een voorstel gaat over records: AUTHORITY, PARTNERSHIP, PROGRAMME, EXCHANGE of ORGANISATION.',
      zh: '提案针对记录：AUTHORITY、PARTNERSHIP、PROGRAMME、EXCHANGE 或 ORGANISATION。',
    },
  },
  PROPOSAL_ORIGIN: {
    label: { en: 'Not an origin of a proposal', nl: 'Geen herkomst van een voorstel', zh: '不可用的提案来源' },
    text: {
      en: 'A report of an error is sent with reportError; choose another origin.',
      nl: 'Een melding van een fout gaat met reportError; kies een andere herkomst.',
      zh: '错误报告须通过 reportError 提交；请选择其他来源。',
    },
  },
  PROPOSAL_EMPTY: {
    label: { en: 'No rows', nl: 'Geen regels', zh: '没有行' },
    text: {
      en: 'At least one row is required.',
      nl: 'Ten minste één regel is verplicht.',
      zh: '至少需要一行。',
    },
  },
  PROPOSAL_TOO_LARGE: {
    label: { en: 'Too many rows', nl: 'Te veel regels', zh: '行数过多' },
    text: {
      en: 'A proposal has at most {limit} rows; send the others as another proposal.',
      nl: 'Een voorstel heeft hoogstens {limit} regels; dien de andere als een volgend voorstel in.',
      zh: '一个提案最多{limit}行；请将其余的行另行提交。',
    },
  },
  PROPOSAL_CHANGED_SINCE: {
    label: { en: 'Changed after it was applied', nl: 'Na toepassing gewijzigd', zh: '应用后已被更改' },
    text: {
      en: '{id} cannot be put back: it, or a record that its rules read, was changed after the proposal was applied. Correct it by hand.',
      nl: '{id} kan niet worden teruggezet: dit record, of een record dat de regels ervan lezen, is na het toepassen gewijzigd. Verbeter het met de hand.',
      zh: '{id}无法恢复：该记录或其规则所读取的记录在提案应用后已被更改。请手动更正。',
    },
  },
  DECISION_UNFIT: {
    label: { en: 'Decision does not fit', nl: 'Besluit past niet', zh: '决定不适用' },
    text: {
      en: 'An item that is {verdict} cannot have the decision {decision}.',
      nl: 'Bij {verdict} past het besluit {decision} niet.',
      zh: '{verdict}的条目不能作出{decision}的决定。',
    },
  },
  CHOICE_UNFIT: {
    label: { en: 'Not a candidate', nl: 'Geen kandidaat', zh: '不是候选记录' },
    text: {
      en: 'The decision CHOOSE names a record of the concept of the proposal in `choice`; got {value}.',
      nl: 'Bij het besluit CHOOSE noemt `choice` een record van het soort van het voorstel; {value} is dat niet.',
      zh: '决定 CHOOSE 须在 `choice` 中给出该提案类型的记录；收到的是 {value}。',
    },
  },
} as const;
