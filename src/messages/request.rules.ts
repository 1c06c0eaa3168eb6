/** Rules of requests and documents. */
export const REQUEST_RULES = {
  METHOD_NOT_ALLOWED: {
    label: { en: 'Method not allowed', nl: 'Methode niet toegestaan', zh: '不允许的方法' },
    text: {
      en: '{path} is read with {methods}; got {method}.',
      nl: '{path} wordt gelezen met {methods}; het is {method}.',
      zh: '{path} 只能用 {methods} 读取；实际为 {method}。',
    },
  },
  TOO_MANY_CONNECTIONS_OF_ADDRESS: {
    label: {
      en: 'Too many connections of an address',
      nl: 'Te veel verbindingen van een adres',
      zh: '单个地址连接过多',
    },
    text: {
      en: 'An address may have {limit} connections open at a time; close one.',
      nl: 'Een adres mag {limit} verbindingen tegelijk open hebben; sluit er een.',
      zh: '每个地址最多可同时打开 {limit} 个连接；请关闭一个。',
    },
  },
  SUBSCRIPTION_ROOT_CONDITIONAL: {
    label: {
      en: 'Condition at the root of a subscription',
      nl: 'Voorwaarde aan de wortel van een subscription',
      zh: '订阅根字段上的条件',
    },
    text: {
      en: 'The root field of a subscription must not have @include or @skip with a variable; start the subscription only when you want it.',
      nl: 'Het hoofdveld van een subscription mag geen @include of @skip met een variabele hebben; begin de subscription pas als u die wilt.',
      zh: '订阅的根字段不能使用带变量的 @include 或 @skip；请在需要时才发起订阅。',
    },
  },
} as const;
