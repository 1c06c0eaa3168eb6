/** Rules of the change feed and of subscriptions. */
export const FEED_RULES = {
  CHANGE_CURSOR_UNKNOWN: {
    label: { en: 'Not a cursor of the feed', nl: 'Geen cursor van de wijzigingen', zh: '不是变更流的游标' },
    text: {
      en: '{value} is not a cursor of the change feed; use latestChangeCursor or the cursor of a change.',
      nl: '{value} is geen cursor van de wijzigingen; gebruik latestChangeCursor of de cursor van een wijziging.',
      zh: '{value} 不是变更流的游标；请使用 latestChangeCursor 或某个变更的游标。',
    },
  },
  CHANGE_CURSOR_NOT_TEXT: {
    label: { en: 'Cursor that is no text', nl: 'Cursor die geen tekst is', zh: '游标不是字符串' },
    text: {
      en: 'A ChangeCursor must be a string.',
      nl: 'Een ChangeCursor moet een string zijn.',
      zh: 'ChangeCursor 必须是字符串。',
    },
  },
  CHANGE_NOT_IN_LOG: {
    label: { en: 'Change not in the log', nl: 'Wijziging niet in het logboek', zh: '变更不在日志中' },
    text: {
      en: 'The change of the cursor in {argument} is not in the log: the cursor is of another register, or of a change that was lost when the register was restored. Load a copy and start from latestChangeCursor.',
      nl: 'De wijziging van de cursor in {argument} staat niet in het logboek: de cursor is van een ander register, of van een wijziging die bij het terugzetten van het register verloren ging. Laad een kopie en begin bij latestChangeCursor.',
      zh: '{argument} 中游标所指的变更不在日志中：该游标属于其他登记册，或该变更在恢复登记册时丢失。请加载一份副本，并从 latestChangeCursor 开始。',
    },
  },
  CHANGE_AFTER_KNOWN_AT: {
    label: { en: 'Cursor after knownAt', nl: 'Cursor na knownAt', zh: '游标晚于 knownAt' },
    text: {
      en: '{argument} is the cursor of a change after the moment of knownAt, at which the register did not know of it. Use an earlier cursor, or read the present.',
      nl: '{argument} is de cursor van een wijziging na het moment van knownAt, waarop het register daar nog niets van wist. Gebruik een eerdere cursor, of lees het heden.',
      zh: '{argument} 是晚于 knownAt 时刻的变更的游标，届时登记册尚不知晓该变更。请使用更早的游标，或读取当前内容。',
    },
  },
  FEED_AUTHORITY_UNKNOWN: {
    label: { en: 'Unknown authority', nl: 'Onbekende overheid', zh: '未知的政府' },
    text: {
      en: '{path}: there is no authority with the id {id}; take an id from authorities.',
      nl: '{path}: er is geen overheid met het id {id}; neem een id uit authorities.',
      zh: '{path}：没有标识符为 {id} 的政府；请使用 authorities 中的标识符。',
    },
  },
  FEED_PARAMETER_UNKNOWN: {
    label: { en: 'Unknown parameter of the feed', nl: 'Onbekende parameter van de feed', zh: '变更流的参数未知' },
    text: {
      en: 'Unknown parameter {value}; the feed accepts {names}.',
      nl: 'Onbekende parameter {value}; de feed accepteert {names}.',
      zh: '未知的参数 {value}；变更流接受 {names}。',
    },
  },
  FEED_LIVE_UNKNOWN: {
    label: { en: 'Unknown way to wait', nl: 'Onbekende manier van wachten', zh: '未知的等待方式' },
    text: {
      en: 'live is {names}; got {value}. Without live the feed answers at once.',
      nl: 'live is {names}; ontvangen: {value}. Zonder live antwoordt de feed meteen.',
      zh: 'live 的值为 {names}；收到 {value}。不带 live 时立即返回。',
    },
  },
  FEED_OFFSET_MISSING: {
    label: { en: 'Waiting without an offset', nl: 'Wachten zonder offset', zh: '等待时缺少 offset' },
    text: {
      en: 'live needs offset: the Stream-Next-Offset of the answer before, now, or -1 for the start.',
      nl: 'live heeft offset nodig: de Stream-Next-Offset van het vorige antwoord, now, of -1 voor het begin.',
      zh: 'live 需要 offset：上一次响应的 Stream-Next-Offset、now，或表示起点的 -1。',
    },
  },
  FEED_KNOWN_AT: {
    label: { en: 'Feed at a past moment', nl: 'Feed op een moment in het verleden', zh: '过去时刻的变更流' },
    text: {
      en: 'The feed is about the present, and this request about a past moment: {value}. Leave out Register-Known-At; offset reads earlier changes.',
      nl: 'De feed gaat over het heden, en dit verzoek over een moment in het verleden: {value}. Laat Register-Known-At weg; met offset leest u eerdere wijzigingen.',
      zh: '变更流针对当前，而此请求针对过去的时刻：{value}。请去掉 Register-Known-At；用 offset 可读取较早的变更。',
    },
  },
  SUBSCRIPTION_FIELD: {
    label: { en: 'Field of a subscription', nl: 'Veld van een subscription', zh: '订阅的字段' },
    text: {
      en: 'A subscription selects the field changes, outside of fragments.',
      nl: 'Een subscription kiest het veld changes, buiten fragmenten.',
      zh: '订阅须选择字段 changes，且不在片段中。',
    },
  },
  SUBSCRIPTION_OVER_HTTP: {
    label: { en: 'Subscription over plain HTTP', nl: 'Subscription over gewone HTTP', zh: '订阅方式错误' },
    text: {
      en: 'A subscription is asked for over WebSocket, or with an event stream at /graphql/stream.',
      nl: 'Een subscription vraagt u aan over WebSocket, of met een event stream op /graphql/stream.',
      zh: '订阅须通过 WebSocket 请求，或通过 /graphql/stream 的事件流请求。',
    },
  },
  SUBSCRIPTION_MEMORY: {
    label: { en: 'Memory of subscriptions used up', nl: 'Geheugen van subscriptions op', zh: '订阅内存已用尽' },
    text: {
      en: 'The documents of all open subscriptions take the maximum of memory. Use a document that others use too, with variables, or try again later.',
      nl: 'De documenten van alle open subscriptions gebruiken het maximale geheugen. Gebruik een document dat anderen ook gebruiken, met variabelen, of probeer het later opnieuw.',
      zh: '所有打开的订阅的文档已占满内存上限。请使用他人也在使用的、带变量的文档，或稍后重试。',
    },
  },
  TOO_MANY_OPERATIONS: {
    label: { en: 'Too many operations on a socket', nl: 'Te veel operaties op een socket', zh: '套接字上的操作过多' },
    text: {
      en: 'A socket may have {limit} operations running; complete one, or open another socket.',
      nl: 'Een socket mag {limit} lopende operaties hebben; rond er een af, of open nog een socket.',
      zh: '一个套接字可同时运行 {limit} 个操作；请结束其中一个，或打开另一个套接字。',
    },
  },
  TOO_MANY_SOCKETS: {
    label: { en: 'Too many sockets', nl: 'Te veel sockets', zh: '套接字过多' },
    text: {
      en: 'An address may have {limit} sockets and streams open at a time; close one.',
      nl: 'Een adres mag {limit} sockets en streams tegelijk open hebben; sluit er een.',
      zh: '一个地址可同时打开 {limit} 个套接字和流；请关闭其中一个。',
    },
  },
  STREAM_METHOD: {
    label: { en: 'Method of a stream', nl: 'Methode van een stream', zh: '流的请求方法' },
    text: {
      en: 'A stream is asked for with GET or POST.',
      nl: 'Een stream vraagt u aan met GET of POST.',
      zh: '流须用 GET 或 POST 请求。',
    },
  },
  MUTATION_METHOD: {
    label: { en: 'Method of a mutation', nl: 'Methode van een mutatie', zh: '变更操作的请求方法' },
    text: {
      en: 'A mutation is sent with POST.',
      nl: 'Een mutatie stuurt u met POST.',
      zh: '变更操作（mutation）须用 POST 发送。',
    },
  },
} as const;
