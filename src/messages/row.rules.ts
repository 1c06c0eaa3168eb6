/** Rules of the rows of proposals. */
export const ROW_RULES = {
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
  ROW_COLUMN_COMPUTED: {
    label: { en: 'Column is computed', nl: 'Kolom wordt berekend', zh: '列由系统计算' },
    text: {
      en: 'The register computes {field}, which is {now}; the {value} of the row was not read. Other columns of the row were.',
      nl: 'Het register berekent {field}: dat is nu {now}. De waarde {value} in de regel is niet gelezen; de andere kolommen wel.',
      zh: '{field}由登记册计算，现为{now}；行中的{value}未被读取。该行的其他列已读取。',
    },
  },
  ROW_SUCCESSOR_MISSING: {
    label: {
      en: 'Successor not in the register',
      nl: 'Opvolger staat niet in het register',
      zh: '继任政府不在登记册中',
    },
    text: {
      en: 'No authority has the code {code} of the successor, which was left out. Add that authority, then propose the row again.',
      nl: 'Geen overheid heeft de code {code} van de opvolger; die is weggelaten. Voeg die overheid toe, en stel de regel dan opnieuw voor.',
      zh: '登记册中没有代码为{code}的继任政府，故未写入。请先添加该政府，再重新提交此行。',
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
  ROW_NUMBER_AMBIGUOUS: {
    label: { en: 'Number is ambiguous', nl: 'Getal is meerduidig', zh: '数字有歧义' },
    text: {
      en: 'The point in {value} can separate thousands or decimals: write {field} without separators of thousands, such as 250000.',
      nl: 'De punt in {value} kan duizendtallen of decimalen scheiden. Schrijf {field} zonder punten tussen duizendtallen, zoals 250000.',
      zh: '{value}中的点可能是千位分隔符，也可能是小数点：{field}请勿使用千位分隔符，例如写成 250000。',
    },
  },
  ROW_VALUE_MISSING: {
    label: { en: 'Value of a new record is missing', nl: 'Waarde van nieuw record ontbreekt', zh: '新记录缺少值' },
    text: {
      en: 'A new record needs {field}.',
      nl: '{field} is nodig voor een nieuw record.',
      zh: '新记录需要{field}。',
    },
  },
  ROW_EXISTS: {
    label: { en: 'Row about a known record', nl: 'Regel over een bekend record', zh: '该行涉及已有记录' },
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
      en: 'The status {value} needs its first day: endedOn for ENDED, statusSince for DORMANT, statusSince or startedOn for ACTIVE.',
      nl: 'Bij de status {value} hoort een begindatum: endedOn bij ENDED, statusSince bij DORMANT, statusSince of startedOn bij ACTIVE.',
      zh: '状态{value}需要起始日期：ENDED 用 endedOn，DORMANT 用 statusSince，ACTIVE 用 statusSince 或 startedOn。',
    },
  },
} as const;
