/** Limits of a document. */
export const DOCUMENT_RULES = {
  TOO_MANY_TOKENS: {
    label: { en: 'Document too long', nl: 'Document te lang', zh: '文档过长' },
    text: {
      en: 'The document has over {maximum} tokens; the maximum is {maximum}. Select less, or send several requests.',
      nl: 'Het document heeft meer dan {maximum} tokens; het maximum is {maximum}. Selecteer minder, of stuur meerdere verzoeken.',
      zh: '文档超过 {maximum} 个词法单元；上限为 {maximum}。请减少选择，或分多次请求发送。',
    },
  },
  LITERAL_TOO_DEEP: {
    label: { en: 'Value nested too deeply', nl: 'Waarde te diep genest', zh: '值嵌套过深' },
    text: {
      en: 'A value is nested deeper than {maximum} levels; the maximum is {maximum}. Flatten it.',
      nl: 'Een waarde is dieper genest dan {maximum} niveaus; het maximum is {maximum}. Maak haar vlakker.',
      zh: '某个值的嵌套超过 {maximum} 层；上限为 {maximum}。请减少嵌套。',
    },
  },
  BRACES_TOO_DEEP: {
    label: { en: 'Document far too deep', nl: 'Document veel te diep', zh: '文档嵌套极深' },
    text: {
      en: 'The document is over {limit} levels deep; the maximum is {maximum}. Query the inner part in a second request, by the ids of the first.',
      nl: "Het document is meer dan {limit} niveaus diep; het maximum is {maximum}. Vraag het binnenste deel op in een tweede verzoek, met de id's van het eerste.",
      zh: '文档超过 {limit} 层；上限为 {maximum}。请用第一次请求得到的标识符，在第二次请求中查询内层部分。',
    },
  },
  DOCUMENT_TOO_DEEP: {
    label: { en: 'Document too deep', nl: 'Document te diep', zh: '文档嵌套过深' },
    text: {
      en: 'The document is {value} levels deep; the maximum is {maximum}. Query the inner part in a second request, by the ids of the first.',
      nl: "Het document is {value} niveaus diep; het maximum is {maximum}. Vraag het binnenste deel op in een tweede verzoek, met de id's van het eerste.",
      zh: '文档有 {value} 层；上限为 {maximum}。请用第一次请求得到的标识符，在第二次请求中查询内层部分。',
    },
  },
  TOO_MANY_SELECTIONS: {
    label: { en: 'Too many selections', nl: 'Te veel selecties', zh: '选择项过多' },
    text: {
      en: 'With its fragments expanded, the document has {value} selections; the maximum is {maximum}. Spread fewer fragments inside fragments, or send several requests.',
      nl: 'Met uitgeschreven fragmenten heeft het document {value} selecties; het maximum is {maximum}. Gebruik minder fragmenten in fragmenten, of stuur meerdere verzoeken.',
      zh: '展开片段后，文档有 {value} 个选择项；上限为 {maximum}。请减少片段的嵌套，或分多次请求发送。',
    },
  },
  MILLIONS_OF_SELECTIONS: {
    label: { en: 'Over a million selections', nl: 'Meer dan een miljoen selecties', zh: '选择项超过一百万' },
    text: {
      en: 'With its fragments expanded, the document has over a million selections; the maximum is {maximum}. Spread fewer fragments inside fragments, or send several requests.',
      nl: 'Met uitgeschreven fragmenten heeft het document meer dan een miljoen selecties; het maximum is {maximum}. Gebruik minder fragmenten in fragmenten, of stuur meerdere verzoeken.',
      zh: '展开片段后，文档有超过一百万个选择项；上限为 {maximum}。请减少片段的嵌套，或分多次请求发送。',
    },
  },
  TOO_MANY_ROOT_FIELDS: {
    label: { en: 'Too many root fields', nl: 'Te veel rootvelden', zh: '根字段过多' },
    text: {
      en: 'The operation has {value} root fields; the maximum is {maximum}. Send several requests.',
      nl: 'De operatie heeft {value} rootvelden; het maximum is {maximum}. Stuur meerdere verzoeken.',
      zh: '操作有 {value} 个根字段；上限为 {maximum}。请分多次请求发送。',
    },
  },
  FIELD_REPEATED: {
    label: { en: 'Field selected too often', nl: 'Veld te vaak geselecteerd', zh: '字段重复选择过多' },
    text: {
      en: 'The field {name} is selected {value} times in one selection set; the maximum is {maximum}. Select it once.',
      nl: 'Het veld {name} wordt {value} keer in één selectie gekozen; het maximum is {maximum}. Kies het één keer.',
      zh: '字段 {name} 在同一选择集中被选择了 {value} 次；上限为 {maximum}。请只选择一次。',
    },
  },
  TOO_MANY_ALIASES: {
    label: { en: 'Too many aliases', nl: 'Te veel aliassen', zh: '别名过多' },
    text: {
      en: 'The document has {value} aliases of objects and lists; the maximum is {maximum}. Use nodes(ids:) or a filter instead of repeating a field.',
      nl: 'Het document heeft {value} aliassen van objecten en lijsten; het maximum is {maximum}. Gebruik nodes(ids:) of een filter in plaats van een veld te herhalen.',
      zh: '文档有 {value} 个对象与列表的别名；上限为 {maximum}。请使用 nodes(ids:) 或筛选，而不是重复字段。',
    },
  },
  TOO_MANY_LEAF_ALIASES: {
    label: {
      en: 'Too many aliases of leaf fields',
      nl: 'Te veel aliassen van enkelvoudige velden',
      zh: '叶字段别名过多',
    },
    text: {
      en: 'The document has {value} aliases of fields without a selection; the maximum is {maximum}. Send several requests.',
      nl: 'Het document heeft {value} aliassen van velden zonder selectie; het maximum is {maximum}. Stuur meerdere verzoeken.',
      zh: '文档有 {value} 个无选择集字段的别名；上限为 {maximum}。请分多次请求发送。',
    },
  },
  TOO_MANY_DIRECTIVES: {
    label: { en: 'Too many directives', nl: 'Te veel directives', zh: '指令过多' },
    text: {
      en: 'The document has {value} directives; the maximum is {maximum}. Remove the selections that you do not need.',
      nl: 'Het document heeft {value} directives; het maximum is {maximum}. Verwijder de selecties die u niet nodig hebt.',
      zh: '文档有 {value} 个指令；上限为 {maximum}。请删除不需要的选择项。',
    },
  },
  INTROSPECTION_REPEATED: {
    label: { en: 'Introspection repeated', nl: 'Introspectie herhaald', zh: '重复内省' },
    text: {
      en: 'The operation introspects the schema {value} times; the maximum is {maximum}. One __schema field returns all of it.',
      nl: 'De operatie vraagt het schema {value} keer op; het maximum is {maximum}. Eén veld __schema geeft het geheel.',
      zh: '操作对模式内省了 {value} 次；上限为 {maximum}。一个 __schema 字段即可返回全部内容。',
    },
  },
  INTROSPECTION_TOO_DEEP: {
    label: { en: 'Introspection too deep', nl: 'Introspectie te diep', zh: '内省过深' },
    text: {
      en: 'Introspection is over {maximum} levels deep; the maximum is {maximum}. Select types by name with __type.',
      nl: 'De introspectie is meer dan {maximum} niveaus diep; het maximum is {maximum}. Kies typen op naam met __type.',
      zh: '内省超过 {maximum} 层；上限为 {maximum}。请用 __type 按名称选择类型。',
    },
  },
  INTROSPECTION_LISTS: {
    label: { en: 'Introspection nests lists', nl: 'Introspectie nest lijsten', zh: '内省嵌套列表' },
    text: {
      en: 'Introspection nests {value} lists that lead to types; the maximum is {maximum}. Select types by name with __type.',
      nl: 'De introspectie nest {value} lijsten die naar typen leiden; het maximum is {maximum}. Kies typen op naam met __type.',
      zh: '内省嵌套了 {value} 层指向类型的列表；上限为 {maximum}。请用 __type 按名称选择类型。',
    },
  },
  FRAGMENT_CYCLE: {
    label: { en: 'Fragment inside itself', nl: 'Fragment binnen zichzelf', zh: '片段循环引用' },
    text: {
      en: 'The fragment {name} spreads itself.',
      nl: 'Het fragment {name} gebruikt zichzelf.',
      zh: '片段 {name} 引用了自身。',
    },
  },
} as const;
