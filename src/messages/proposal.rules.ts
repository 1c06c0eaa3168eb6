/** Rules of proposals: of their rows, of decisions on them, and of reports of errors. */
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
  PROPOSAL_EMPTY: {
    label: { en: 'No rows', nl: 'Geen regels', zh: '没有行' },
    text: {
      en: 'A proposal needs at least one row.',
      nl: 'Een voorstel heeft ten minste één regel.',
      zh: '提案至少需要一行。',
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
      en: '{id} was changed after the proposal was applied, and cannot be put back: correct it by hand.',
      nl: '{id} is na het toepassen gewijzigd en kan niet worden teruggezet. Verbeter het met de hand.',
      zh: '{id}在提案应用后已被更改，无法恢复。请手动更正。',
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
  ROW_COLUMN_UNKNOWN: {
    label: { en: 'Unknown column', nl: 'Onbekende kolom', zh: '未知的列' },
    text: {
      en: '{field} is not a column of these records; the columns of the export are.',
      nl: '{field} is geen kolom van deze gegevens; de kolommen van de export zijn dat wel.',
      zh: '{field}不是此类记录的列；请使用导出文件的列。',
    },
  },
  ROW_COLUMN_READ_ONLY: {
    label: { en: 'Column cannot be changed', nl: 'Kolom is niet te wijzigen', zh: '列不可更改' },
    text: {
      en: '{field} cannot be changed by a proposal: it follows from other values or belongs to another record.',
      nl: '{field} kan niet met een voorstel worden gewijzigd: het volgt uit andere waarden of hoort bij een ander record.',
      zh: '{field}不能通过提案更改：它由其他值得出，或属于其他记录。',
    },
  },
  ROW_VALUE_UNREADABLE: {
    label: { en: 'Value cannot be read', nl: 'Waarde is niet te lezen', zh: '值无法读取' },
    text: {
      en: '{value} is not a value of {field}.',
      nl: '{value} is geen waarde van {field}.',
      zh: '{value}不是{field}的有效值。',
    },
  },
  ROW_VALUE_MISSING: {
    label: { en: 'Value is missing', nl: 'Waarde ontbreekt', zh: '缺少值' },
    text: {
      en: 'A new record needs {field}.',
      nl: '{field} is nodig voor een nieuw record.',
      zh: '新记录需要{field}。',
    },
  },
  ROW_EXISTS: {
    label: { en: 'Record exists already', nl: 'Record bestaat al', zh: '记录已存在' },
    text: {
      en: 'The row is about {id}, which is in the register with other values, and this proposal only creates records.',
      nl: 'De regel gaat over {id}, dat met andere waarden in het register staat; dit voorstel maakt alleen nieuwe records.',
      zh: '该行涉及登记册中已有的{id}，其值不同；而此提案仅创建新记录。',
    },
  },
  ROW_REPEATED: {
    label: { en: 'Row repeated', nl: 'Regel herhaald', zh: '行重复' },
    text: {
      en: 'The row is about the same record as {place}.',
      nl: 'De regel gaat over hetzelfde record als {place}.',
      zh: '该行与{place}涉及同一记录。',
    },
  },
  ROW_STATUS_DAY: {
    label: { en: 'Day of the status is missing', nl: 'Datum van de status ontbreekt', zh: '缺少状态日期' },
    text: {
      en: 'The status {value} needs its first day: endedOn for ENDED, statusSince for ACTIVE and DORMANT.',
      nl: 'Bij de status {value} hoort een begindatum: endedOn bij ENDED, statusSince bij ACTIVE en DORMANT.',
      zh: '状态{value}需要起始日期：ENDED 用 endedOn，ACTIVE 和 DORMANT 用 statusSince。',
    },
  },
  EXCHANGE_DUPLICATE: {
    label: { en: 'Exchange exists already', nl: 'Uitwisseling bestaat al', zh: '交流活动已存在' },
    text: {
      en: 'The register has an exchange with this title, these sides and this start already: {id}.',
      nl: 'Het register heeft al een uitwisseling met deze titel, partijen en begindatum: {id}.',
      zh: '登记册中已有相同标题、双方和开始日期的交流活动：{id}。',
    },
  },
  REPORT_LIMIT: {
    label: { en: 'Too many reports', nl: 'Te veel meldingen', zh: '报告过多' },
    text: {
      en: 'At most {limit} errors an hour can be reported from one address; try again in {minutes} minutes.',
      nl: 'Per uur kunnen hoogstens {limit} fouten worden gemeld vanaf één adres. Probeer het over {minutes} minuten opnieuw.',
      zh: '每个地址每小时最多可报告{limit}个错误；请在{minutes}分钟后重试。',
    },
  },
  REPORT_CONTACT: {
    label: { en: 'Contact details in a report', nl: 'Contactgegevens in een melding', zh: '报告含联系方式' },
    text: {
      en: '{field} seems to hold an e-mail address or a telephone number: leave it out, reports are published.',
      nl: '{field} lijkt een e-mailadres of telefoonnummer te bevatten. Laat het weg: meldingen worden gepubliceerd.',
      zh: '{field}似乎含有电子邮件地址或电话号码。请删去：报告会被公开。',
    },
  },
  REPORT_FIELD: {
    label: { en: 'Not a field of the record', nl: 'Geen veld van het record', zh: '不是该记录的字段' },
    text: {
      en: '{value} is not a field of {id} that can be corrected.',
      nl: '{value} is geen veld van {id} dat kan worden verbeterd.',
      zh: '{value}不是{id}可更正的字段。',
    },
  },
} as const;
