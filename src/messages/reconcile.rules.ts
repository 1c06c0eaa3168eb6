/** Rules of reconciliation. */
export const RECONCILE_RULES = {
  RECONCILE_SHAPE: {
    label: { en: 'Shape of a reconciliation request', nl: 'Vorm van een reconciliatieverzoek', zh: '核对请求的格式' },
    text: {
      en: '{path} must be {expected} (Reconciliation Service API {version}); got {value}.',
      nl: '{path} moet {expected} zijn (Reconciliation Service API {version}); ontvangen: {value}.',
      zh: '{path} 必须为 {expected}（Reconciliation Service API {version}）；收到 {value}。',
    },
  },
  RECONCILE_TOO_MANY: {
    label: { en: 'Reconciliation batch too long', nl: 'Reconciliatiebatch te lang', zh: '核对批次过长' },
    text: {
      en: '{path} holds at most {limit} items; got {count}. Send several requests.',
      nl: '{path} bevat hoogstens {limit} items; het zijn er {count}. Stuur meerdere verzoeken.',
      zh: '{path} 最多包含 {limit} 项；收到 {count} 项。请分多次发送。',
    },
  },
  RECONCILE_TYPE_UNKNOWN: {
    label: { en: 'Unknown type of entity', nl: 'Onbekend soort entiteit', zh: '未知的实体类型' },
    text: {
      en: '{path}: there is no type {value}. Types: {types}.',
      nl: '{path}: er is geen type {value}. Typen: {types}.',
      zh: '{path}：没有类型 {value}。可用类型：{types}。',
    },
  },
  RECONCILE_PROPERTY_UNKNOWN: {
    label: { en: 'Unknown property', nl: 'Onbekende eigenschap', zh: '未知的属性' },
    text: {
      en: '{path}: {value} is no property here. Properties: {names}.',
      nl: '{path}: {value} is hier geen eigenschap. Eigenschappen: {names}.',
      zh: '{path}：{value} 在此处不是属性。可用属性：{names}。',
    },
  },
  RECONCILE_ONE_VALUE: {
    label: { en: 'One value of a property', nl: 'Eén waarde van een eigenschap', zh: '属性只取一个值' },
    text: {
      en: '{path} takes one value; got {count}.',
      nl: '{path} krijgt één waarde; het zijn er {count}.',
      zh: '{path} 只接受一个值；收到 {count} 个。',
    },
  },
  RECONCILE_LEVEL_UNKNOWN: {
    label: { en: 'Unknown level of government', nl: 'Onbekende bestuurslaag', zh: '未知的行政级别' },
    text: {
      en: '{path}: {value} is no level of government, such as MUNICIPALITY, gemeente or county.',
      nl: '{path}: {value} is geen bestuurslaag, zoals MUNICIPALITY, gemeente of county.',
      zh: '{path}：{value} 不是行政级别，例如 MUNICIPALITY、gemeente 或 市。',
    },
  },
  RECONCILE_CONDITION_UNSUPPORTED: {
    label: { en: 'Unsupported condition', nl: 'Niet ondersteunde voorwaarde', zh: '不支持的条件' },
    text: {
      en: '{path}: {value} is not supported; a property matches any of its values.',
      nl: '{path}: {value} wordt niet ondersteund; een eigenschap past bij een van haar waarden.',
      zh: '{path}：不支持 {value}；属性匹配其任一值即可。',
    },
  },
  RECONCILE_ENTITY_UNKNOWN: {
    label: { en: 'Unknown entity', nl: 'Onbekende entiteit', zh: '未知的实体' },
    text: {
      en: 'There is no record {id} here. Types: {types}.',
      nl: 'Er is hier geen record {id}. Typen: {types}.',
      zh: '此处没有记录 {id}。可用类型：{types}。',
    },
  },
} as const;
