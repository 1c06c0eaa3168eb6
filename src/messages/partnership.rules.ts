/** Rules of partnerships and their periods. */
export const PARTNERSHIP_RULES = {
  EVIDENCE_REQUIRED: {
    label: { en: 'Reason or source missing', nl: 'Reden of bron ontbreekt', zh: '缺少理由或来源' },
    text: {
      en: 'A change of status needs a reason or a source; got neither.',
      nl: 'Vul een reden of een bron in: zonder kan de status niet veranderen.',
      zh: '请填写理由或来源：否则不能更改状态。',
    },
  },
  INITIAL_STATUS: {
    label: {
      en: 'Not the status of a new partnership',
      nl: 'Geen status van een nieuwe stedenband',
      zh: '并非新关系的状态',
    },
    text: {
      en: 'A new partnership is UNKNOWN, or ACTIVE with startedOn; got {value}. Record it, then change its status.',
      nl: 'Een nieuwe stedenband is onbekend, of actief met een begindatum; ingevuld is ‘{value}’. Leg hem vast en wijzig daarna de status.',
      zh: '新关系的状态为未知，或在填写开始日期时为活跃；实际为“{value}”。请先登记，再更改状态。',
    },
  },
  PARTNERSHIP_ENDED: {
    label: { en: 'Partnership has ended', nl: 'Stedenband is beëindigd', zh: '关系已终止' },
    text: {
      en: 'The partnership ended on {date}; record a new one with recordPartnership.',
      nl: 'De stedenband is beëindigd op {date}. Leg een nieuwe stedenband vast.',
      zh: '该友好城市关系已于{date}终止。请登记新的关系。',
    },
  },
  ALREADY_DORMANT: {
    label: { en: 'Partnership is dormant already', nl: 'Stedenband is al slapend', zh: '关系已处于休眠' },
    text: {
      en: 'The partnership is already dormant.',
      nl: 'De stedenband is al slapend.',
      zh: '该友好城市关系已处于休眠状态。',
    },
  },
  ALREADY_DORMANT_SINCE: {
    label: { en: 'Dormant already, since a date', nl: 'Al slapend, sinds een datum', zh: '自某日起已休眠' },
    text: {
      en: 'The partnership is already dormant, since {date}.',
      nl: 'De stedenband is al slapend, sinds {date}.',
      zh: '该友好城市关系自{date}起已处于休眠状态。',
    },
  },
  SINCE_BEFORE_PERIOD: {
    label: { en: 'Before the present period', nl: 'Vóór de huidige periode', zh: '早于当前时期' },
    text: {
      en: 'since must be after {date}, when the current period of the partnership began; got {value}.',
      nl: 'De datum moet na {date} liggen, toen de huidige status begon; ingevuld is {value}.',
      zh: '日期须晚于{date}，即当前状态开始之日；实际为{value}。',
    },
  },
  SINCE_BEFORE_RENEWAL: {
    label: { en: 'Before the last renewal', nl: 'Vóór de laatste verlenging', zh: '早于上次续签' },
    text: {
      en: 'since must be after {date}, when the status began or the partnership was last renewed; got {value}.',
      nl: 'De datum moet na {date} liggen, toen de status begon of de stedenband voor het laatst werd verlengd; ingevuld is {value}.',
      zh: '日期须晚于{date}，即当前状态开始或上次续签之日；实际为{value}。',
    },
  },
  SINCE_BEFORE_START: {
    label: { en: 'Before the start of the partnership', nl: 'Vóór het begin van de stedenband', zh: '早于关系开始' },
    text: {
      en: 'since must not be before startedOn ({start}); got {value}.',
      nl: 'De datum mag niet vóór de begindatum ({start}) liggen; ingevuld is {value}.',
      zh: '日期不得早于开始日期（{start}）；实际为{value}。',
    },
  },
  START_AFTER_PERIOD: {
    label: { en: 'Start after the first period', nl: 'Begin na de eerste periode', zh: '开始晚于首个时期' },
    text: {
      en: 'startedOn must not be after {date}, when the first period of the partnership began; got {value}.',
      nl: 'De begindatum mag niet na {date} liggen, toen de eerste status begon; ingevuld is {value}.',
      zh: '开始日期不得晚于{date}，即首个状态开始之日；实际为{value}。',
    },
  },
  START_AFTER_NEXT_PERIOD: {
    label: { en: 'Start after the next period', nl: 'Begin na de volgende periode', zh: '开始晚于下一时期' },
    text: {
      en: 'startedOn must be before {date}, when the second period of the partnership began; got {value}.',
      nl: 'De begindatum moet vóór {date} liggen, toen de status veranderde; ingevuld is {value}.',
      zh: '开始日期须早于{date}，即状态变更之日；实际为{value}。',
    },
  },
  START_AFTER_RENEWAL: {
    label: { en: 'Start after the last renewal', nl: 'Begin na de laatste verlenging', zh: '开始晚于上次续签' },
    text: {
      en: 'startedOn must not be after {date}, when the partnership was last renewed; got {value}.',
      nl: 'De begindatum mag niet na {date} liggen, toen de stedenband voor het laatst werd verlengd; ingevuld is {value}.',
      zh: '开始日期不得晚于{date}，即上次续签之日；实际为{value}。',
    },
  },
  START_BEGINS_PERIOD: {
    label: { en: 'Start begins a period', nl: 'Begin van een periode', zh: '开始日期关联时期' },
    text: {
      en: 'startedOn cannot be cleared: the first period of the partnership starts on it.',
      nl: 'De begindatum kan niet worden leeggemaakt: de eerste periode van de stedenband begint erop.',
      zh: '开始日期不能清空：该关系的首个时期始于此日。',
    },
  },
  PARTNERSHIP_OVERLAP: {
    label: { en: 'Partnership in the same period', nl: 'Stedenband in dezelfde periode', zh: '同期已有关系' },
    text: {
      en: '{dutch} and {chinese} have another partnership in an overlapping period: {id}, {from} to {until}.',
      nl: '{dutch} en {chinese} hebben in deze periode al een stedenband: {id} ({from} – {until}).',
      zh: '{dutch}与{chinese}在此期间已有友好城市关系：{id}（{from} – {until}）。',
    },
  },
  ENCOURAGES_ITSELF: {
    label: { en: 'Partnership encourages itself', nl: 'Stedenband moedigt zichzelf aan', zh: '关系倡导自身' },
    text: {
      en: 'encouragedBy would create a cycle: {id} would encourage itself, through {value}.',
      nl: 'Zo zou {id} zichzelf aanmoedigen, via {value}. Kies een andere stedenband.',
      zh: '这样{id}将通过{value}倡导自身。请选择其他友好城市关系。',
    },
  },
} as const;
