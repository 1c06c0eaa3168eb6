/** Rules of requests over HTTP, and failures of the server. */
export const HTTP_RULES = {
  PAGE_LANGUAGE: {
    label: { en: 'Unknown language of a page', nl: 'Onbekende taal van een pagina', zh: '未知的页面语言' },
    text: {
      en: 'language is {value}; pages are in {languages}.',
      nl: 'language is {value}; pagina’s zijn er in {languages}.',
      zh: 'language 为 {value}；页面的语言有 {languages}。',
    },
  },
  FORM_TYPE: {
    label: {
      en: 'Form with another content type',
      nl: 'Formulier met een ander inhoudstype',
      zh: '表单的内容类型有误',
    },
    text: {
      en: 'Send the form as application/x-www-form-urlencoded, or call the mutation reportError at /graphql.',
      nl: 'Stuur het formulier als application/x-www-form-urlencoded, of roep de mutatie reportError aan op /graphql.',
      zh: '请以 application/x-www-form-urlencoded 发送表单，或在 /graphql 调用 reportError 变更操作。',
    },
  },
  PARAMETER_REPEATED: {
    label: { en: 'Search parameter repeated', nl: 'Zoekparameter herhaald', zh: '查询参数重复' },
    text: {
      en: "The '{name}' search parameter may only be specified once.",
      nl: "De zoekparameter '{name}' mag maar één keer voorkomen.",
      zh: '查询参数“{name}”只能出现一次。',
    },
  },
  QUERY_NOT_TEXT: {
    label: { en: 'Query that is no text', nl: 'Query die geen tekst is', zh: '查询不是字符串' },
    text: {
      en: 'query must be a string: send it as JSON with POST, or in the address with GET.',
      nl: 'query moet een string zijn: stuur hem als JSON met POST, of in het adres met GET.',
      zh: 'query 必须是字符串：请用 POST 以 JSON 发送，或用 GET 放在地址中发送。',
    },
  },
  OPERATION_NAME_NOT_TEXT: {
    label: { en: 'Operation name that is no text', nl: 'Operatienaam die geen tekst is', zh: '操作名称不是字符串' },
    text: {
      en: 'operationName must be a string.',
      nl: 'operationName moet een string zijn.',
      zh: 'operationName 必须是字符串。',
    },
  },
  OPERATION_NAME_UNKNOWN: {
    label: { en: 'Unknown operation name', nl: 'Onbekende operatienaam', zh: '未知的操作名称' },
    text: {
      en: 'operationName must name one of the operations of the document.',
      nl: 'operationName moet een van de operaties van het document noemen.',
      zh: 'operationName 必须是文档中某个操作的名称。',
    },
  },
  VARIABLES_NOT_OBJECT: {
    label: { en: 'Variables that are no object', nl: 'Variabelen die geen object zijn', zh: '变量不是对象' },
    text: {
      en: 'variables must be an object.',
      nl: 'variables moet een object zijn.',
      zh: 'variables 必须是对象。',
    },
  },
  NOTHING_AT_PATH: {
    label: { en: 'Nothing at this path', nl: 'Niets op dit pad', zh: '该路径下没有内容' },
    text: {
      en: 'Nothing is at {path}; the API is at /graphql.',
      nl: 'Op {path} is niets; de API staat op /graphql.',
      zh: '{path} 处没有内容；API 位于 /graphql。',
    },
  },
  HOST_MISSING: {
    label: { en: 'Host missing', nl: 'Host ontbreekt', zh: '缺少主机' },
    text: {
      en: 'A request of HTTP/1.1 names its host.',
      nl: 'Een verzoek van HTTP/1.1 noemt zijn host.',
      zh: 'HTTP/1.1 请求须指明主机。',
    },
  },
  HOST_REPEATED: {
    label: { en: 'Host repeated', nl: 'Host herhaald', zh: '主机重复' },
    text: {
      en: 'A request has one header Host; this one has several.',
      nl: 'Een verzoek heeft één header Host; dit verzoek heeft er meer.',
      zh: '请求只能有一个 Host 标头；此请求有多个。',
    },
  },
  HOST_MALFORMED: {
    label: { en: 'Malformed host', nl: 'Ongeldige host', zh: '主机格式错误' },
    text: {
      en: 'The host of the request is not a name or an address with a port.',
      nl: 'De host van het verzoek is geen naam of adres met een poort.',
      zh: '请求的主机不是名称，也不是带端口的地址。',
    },
  },
  HEADERS_TOO_LONG: {
    label: { en: 'Headers too long', nl: 'Headers te lang', zh: '标头过长' },
    text: {
      en: 'The headers of a request are at most {limit} bytes.',
      nl: 'De headers van een verzoek zijn samen hoogstens {limit} bytes.',
      zh: '请求标头最多 {limit} 字节。',
    },
  },
  REQUEST_TOO_SLOW: {
    label: { en: 'Request too slow', nl: 'Verzoek te traag', zh: '请求过慢' },
    text: {
      en: 'Headers must arrive within {headerSeconds} s, a request within {requestSeconds} s.',
      nl: 'Headers moeten binnen {headerSeconds} s aankomen, een verzoek binnen {requestSeconds} s.',
      zh: '标头须在 {headerSeconds} 秒内到达，整个请求须在 {requestSeconds} 秒内到达。',
    },
  },
  NOT_HTTP: {
    label: { en: 'Not HTTP', nl: 'Geen HTTP', zh: '协议错误' },
    text: {
      en: 'The request is not valid HTTP.',
      nl: 'Het verzoek is geen geldige HTTP.',
      zh: '请求不是有效的 HTTP。',
    },
  },
  TOO_MANY_CONNECTIONS: {
    label: { en: 'Too many connections', nl: 'Te veel verbindingen', zh: '连接过多' },
    text: {
      en: 'The server has too many connections; try again later.',
      nl: 'De server heeft te veel verbindingen; probeer het later opnieuw.',
      zh: '服务器连接过多；请稍后重试。',
    },
  },
  REGISTER_UNAVAILABLE: {
    label: { en: 'Register cannot be reached', nl: 'Register niet bereikbaar', zh: '登记册无法访问' },
    text: {
      en: 'The register cannot be reached now; try again in {seconds} s.',
      nl: 'Het register is nu niet bereikbaar; probeer het over {seconds} s opnieuw.',
      zh: '目前无法访问登记册；请在 {seconds} 秒后重试。',
    },
  },
  REGISTER_READ_ONLY: {
    label: { en: 'Register can only be read', nl: 'Register alleen te lezen', zh: '登记册只读' },
    text: {
      en: 'This instance of the register can only be read: its database is a replica, or its role may not write. Send mutations to an instance that writes.',
      nl: 'Deze instantie van het register kan alleen worden gelezen: haar database is een replica, of haar rol mag niet schrijven. Stuur mutaties naar een instantie die schrijft.',
      zh: '登记册的此实例只能读取：其数据库是副本，或其角色无权写入。请将变更操作发送到可写入的实例。',
    },
  },
  VALUE_REFUSED: {
    label: { en: 'Value refused by the database', nl: 'Waarde geweigerd door de database', zh: '数据库拒绝的值' },
    text: {
      en: 'The database cannot process a value of this request (SQLSTATE {sqlState}); change it.',
      nl: 'De database kan een waarde van dit verzoek niet verwerken (SQLSTATE {sqlState}); wijzig haar.',
      zh: '数据库无法处理此请求中的某个值（SQLSTATE {sqlState}）；请修改该值。',
    },
  },
  SERVER_FAILED: {
    label: { en: 'Server failed', nl: 'Serverfout', zh: '服务器故障' },
    text: {
      en: 'The server failed to answer; report this id: {id}.',
      nl: 'De server kon niet antwoorden; meld dit id: {id}.',
      zh: '服务器未能应答；请报告此标识符：{id}。',
    },
  },
} as const;
