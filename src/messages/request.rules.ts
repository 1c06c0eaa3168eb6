/** Rules of requests and documents. */
export const REQUEST_RULES = {
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
