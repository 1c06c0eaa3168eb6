/** Rules of redactions, which remove texts from the register for ever. */
export const REDACTION_RULES = {
  REDACTION_UNBOUNDED: {
    label: { en: 'Redaction without bounds', nl: 'Onbegrensde verwijdering', zh: '删除范围未限定' },
    text: {
      en: 'Give a passage, or the id and the field whose texts are redacted as a whole.',
      nl: 'Geef een passage op, of de id en het veld (id en field) waarvan de hele tekst wordt weggelakt.',
      zh: '请提供要遮盖的文字（passage），或同时提供标识符（id）与字段（field）以遮盖整个文本。',
    },
  },
  REDACTION_FIELD: {
    label: { en: 'Field cannot be redacted', nl: 'Veld kan niet worden weggelakt', zh: '字段不可遮盖' },
    text: {
      en: '{value} cannot be redacted: only texts that people write can, which are {fields}. Ids, codes, dates and references stay.',
      nl: '{value} kan niet worden weggelakt. Dat kan alleen met teksten: {fields}. Id’s, codes, datums en verwijzingen blijven.',
      zh: '{value}不可遮盖。只能遮盖由人撰写的文本：{fields}。标识符、代码、日期和引用保持不变。',
    },
  },
  REDACTION_PASSAGE_SHORT: {
    label: { en: 'Passage too short', nl: 'Passage te kort', zh: '文字过短' },
    text: {
      en: 'A passage to redact needs at least {limit} letters or digits; got {length}.',
      nl: 'Een weg te lakken passage heeft ten minste {limit} letters of cijfers; het zijn er {length}.',
      zh: '要遮盖的文字至少须有{limit}个字母、数字或汉字；实际为{length}个。',
    },
  },
  REDACTION_MARK: {
    label: { en: 'Passage is part of the mark', nl: 'Passage is deel van de markering', zh: '文字属于遮盖标记' },
    text: {
      en: 'The passage is part of the mark that a redaction leaves, so it cannot be redacted.',
      nl: 'De passage is deel van de markering die na het weglakken blijft staan, en kan dus niet worden weggelakt.',
      zh: '该文字是遮盖标记的一部分，无法遮盖。',
    },
  },
  REDACTION_REASON: {
    label: { en: 'Reason holds the passage', nl: 'Reden bevat de passage', zh: '原因含有要遮盖的文字' },
    text: {
      en: 'The reason is public and stays in the log: it must not hold the passage.',
      nl: 'De reden is openbaar en blijft in het logboek staan: de passage mag er niet in voorkomen.',
      zh: '原因是公开的，并会保留在日志中：不得含有要遮盖的文字。',
    },
  },
  REDACTION_TOO_WIDE: {
    label: { en: 'Passage in too many records', nl: 'Passage in te veel records', zh: '涉及的记录过多' },
    text: {
      en: 'The passage stands in {count} records; one redaction can change at most {limit}. Give a longer passage, an id or a field.',
      nl: 'De passage staat in {count} records; per keer kunnen er hoogstens {limit} worden gewijzigd. Geef een langere passage, een id of een veld op.',
      zh: '该文字出现在{count}条记录中；一次最多可更改{limit}条。请提供更长的文字、标识符或字段。',
    },
  },
} as const;
