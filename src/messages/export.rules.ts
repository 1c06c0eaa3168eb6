/** Rules of exports. */
export const EXPORT_RULES = {
  EXPORT_UNKNOWN: {
    label: { en: 'Unknown export', nl: 'Onbekende export', zh: '未知的导出' },
    text: {
      en: 'There is no export {value}. Types: {types}. Formats: {formats}. Example: {example}.',
      nl: 'Er is geen export {value}. Soorten: {types}. Formaten: {formats}. Voorbeeld: {example}.',
      zh: '没有导出 {value}。类型：{types}。格式：{formats}。示例：{example}。',
    },
  },
  EXPORT_WITHOUT_LOCATION: {
    label: { en: 'Export without location', nl: 'Export zonder locatie', zh: '没有位置的导出' },
    text: {
      en: 'The export {table} has no locations: use {formats}. {format} is available for {tables}.',
      nl: 'De export {table} heeft geen locaties: gebruik {formats}. {format} is er voor {tables}.',
      zh: '{table} 没有位置信息：请导出为 {formats}。{format} 适用于 {tables}。',
    },
  },
  EXPORT_PARAMETER_UNKNOWN: {
    label: { en: 'Unknown parameter', nl: 'Onbekende parameter', zh: '未知的参数' },
    text: {
      en: 'Unknown parameter {value}; an export accepts {names}.',
      nl: 'Onbekende parameter {value}; een export accepteert {names}.',
      zh: '未知的参数 {value}；导出接受 {names}。',
    },
  },
  EXPORT_FROM_MISSING: {
    label: { en: 'First moment is missing', nl: 'Eerste moment ontbreekt', zh: '缺少起始时刻' },
    text: {
      en: 'The export difference needs from, the first of two moments, such as from=2026-11-24T14:00:00%2B01:00; to is the second one, without which it is the present.',
      nl: 'De export difference heeft from nodig, het eerste van twee momenten, zoals from=2026-11-24T14:00:00%2B01:00; to is het tweede, en zonder to is dat nu.',
      zh: '导出 difference 需要 from，即两个时刻中的第一个，如 from=2026-11-24T14:00:00%2B01:00；to 为第二个，省略时为当前。',
    },
  },
  EXPORT_PARAMETER_REPEATED: {
    label: { en: 'Export parameter repeated', nl: 'Exportparameter herhaald', zh: '导出参数重复' },
    text: {
      en: '{name} occurs twice; send it once.',
      nl: '{name} komt twee keer voor; stuur het één keer.',
      zh: '{name} 出现了两次；请只发送一次。',
    },
  },
  SEPARATOR_UNUSED: {
    label: { en: 'Separator without use', nl: 'Scheidingsteken zonder nut', zh: '分隔符不适用' },
    text: {
      en: 'separator is for {format}; {extension} has none.',
      nl: 'separator is voor {format}; {extension} heeft er geen.',
      zh: 'separator 用于 {format}；{extension} 没有分隔符。',
    },
  },
  TEMPLATE_UNUSED: {
    label: { en: 'Template without use', nl: 'Sjabloon zonder nut', zh: '模板不适用' },
    text: {
      en: 'template is for {formats}; {extension} has no names of columns to fill in.',
      nl: 'template is voor {formats}; {extension} heeft geen kolomnamen om in te vullen.',
      zh: 'template 用于 {formats}；{extension} 没有可填写的列名。',
    },
  },
  SEPARATOR_UNKNOWN: {
    label: { en: 'Unknown separator', nl: 'Onbekend scheidingsteken', zh: '未知的分隔符' },
    text: {
      en: 'separator must be one of {names}; got {value}.',
      nl: 'separator moet een van {names} zijn; ontvangen: {value}.',
      zh: 'separator 须为以下之一：{names}；收到 {value}。',
    },
  },
  BOOLEAN_PARAMETER: {
    label: { en: 'Parameter that is true or false', nl: 'Parameter die waar of onwaar is', zh: '参数须为真或假' },
    text: {
      en: '{name} must be true or false; got {value}.',
      nl: '{name} moet true of false zijn; ontvangen: {value}.',
      zh: '{name} 须为 true 或 false；收到 {value}。',
    },
  },
  ARGUMENT_NOT_JSON: {
    label: { en: 'Export parameter that is not JSON', nl: 'Exportparameter die geen JSON is', zh: '导出参数格式错误' },
    text: {
      en: '{name} is not valid JSON: {problem}.',
      nl: '{name} is geen geldige JSON: {problem}.',
      zh: '{name} 不是有效的 JSON：{problem}。',
    },
  },
  ARGUMENT_TOO_DEEP: {
    label: { en: 'Export parameter nested too deeply', nl: 'Exportparameter te diep genest', zh: '导出参数嵌套过深' },
    text: {
      en: '{name} is nested too deeply.',
      nl: '{name} is te diep genest.',
      zh: '{name} 嵌套过深。',
    },
  },
  ARGUMENT_NOT_LITERAL: {
    label: { en: 'Neither JSON nor a literal', nl: 'Geen JSON en geen literal', zh: '导出参数无法解析' },
    text: {
      en: '{name} is neither JSON nor a GraphQL literal such as {example}: {problem}',
      nl: '{name} is geen JSON en geen GraphQL-literal zoals {example}: {problem}',
      zh: '{name} 既不是 JSON，也不是 {example} 之类的 GraphQL 字面量：{problem}',
    },
  },
  EXPORT_METHOD: {
    label: { en: 'Method of an export', nl: 'Methode van een export', zh: '导出的请求方法' },
    text: {
      en: 'An export is asked for with GET or HEAD.',
      nl: 'Een export vraagt u aan met GET of HEAD.',
      zh: '导出须用 GET 或 HEAD 请求。',
    },
  },
  EXPORTS_BUSY: {
    label: { en: 'All exports busy', nl: 'Alle exports bezet', zh: '导出已满' },
    text: {
      en: 'At most {limit} exports run at once, and so many do; try again in {seconds} seconds.',
      nl: 'Er lopen hoogstens {limit} exports tegelijk, en zoveel zijn het er nu; probeer het over {seconds} seconden opnieuw.',
      zh: '最多同时运行 {limit} 个导出，目前已满；请在 {seconds} 秒后重试。',
    },
  },
  EXPORTS_OF_CLIENT: {
    label: { en: 'Too many exports of one client', nl: 'Te veel exports van één client', zh: '单个客户端的导出过多' },
    text: {
      en: 'A client may run {limit} of the {total} exports at a time; wait until yours has ended.',
      nl: 'Een client mag {limit} van de {total} exports tegelijk laten lopen; wacht tot de uwe klaar is.',
      zh: '一个客户端最多可同时运行 {total} 个导出中的 {limit} 个；请等待您的导出结束。',
    },
  },
  EXPORT_TOO_SLOW: {
    label: { en: 'Export too slow', nl: 'Export te traag', zh: '导出过慢' },
    text: {
      en: 'The database took too long to begin this export; try again, with a narrower filter or without orderBy.',
      nl: 'De database had te veel tijd nodig om deze export te beginnen; probeer het opnieuw, met een smaller filter of zonder orderBy.',
      zh: '数据库开始此导出所需时间过长；请使用更窄的筛选条件或不带 orderBy 重试。',
    },
  },
  TOO_MANY_RECORDS: {
    label: { en: 'Too many records', nl: 'Te veel records', zh: '记录过多' },
    text: {
      en: '{format} holds at most {limit} records; these are {count}. Filter {table}, or export them as csv or ndjson.',
      nl: '{format} bevat hoogstens {limit} records; dit zijn er {count}. Filter {table}, of exporteer ze als csv of ndjson.',
      zh: '{format} 最多包含 {limit} 条记录；实际为 {count} 条。请筛选 {table}，或导出为 csv 或 ndjson。',
    },
  },
} as const;
