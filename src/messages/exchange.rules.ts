/** Rules of exchanges. */
export const EXCHANGE_RULES = {
  HELD_IN_FUTURE: {
    label: { en: 'Held in the future', nl: 'Gehouden in de toekomst', zh: '已举行却在未来' },
    text: {
      en: 'An exchange that was held is not in the future: {field} must not be after today ({today}); got {value}. Or set status to PLANNED.',
      nl: 'Een gehouden uitwisseling ligt niet in de toekomst: {field} mag niet na vandaag ({today}) liggen; ingevuld is {value}. Of kies de status ‘Gepland’.',
      zh: '已举行的交流活动不会在未来：{field}不得晚于今天（{today}）；实际为{value}。或将状态改为“已计划”。',
    },
  },
  PARTNERSHIP_FLAG_WITHOUT_PARTNERSHIP: {
    label: { en: 'Under an unnamed partnership', nl: 'Onder een onbekende stedenband', zh: '未指明所属关系' },
    text: {
      en: 'underPartnership can be true only if partnership is set.',
      nl: 'Kies de stedenband waaronder de uitwisseling plaatsvond.',
      zh: '请选择交流活动所属的友好城市关系。',
    },
  },
  PARTNERSHIP_WITHOUT_FLAG: {
    label: { en: 'Under a partnership, and not', nl: 'Onder een stedenband, en toch niet', zh: '所属关系矛盾' },
    text: {
      en: 'underPartnership must be true while partnership is set; clear partnership as well.',
      nl: 'Deze uitwisseling hoort bij een stedenband. Verwijder ook de stedenband.',
      zh: '该交流活动隶属于友好城市关系。请同时清除该关系。',
    },
  },
  SIDES_DIFFER: {
    label: { en: 'Sides differ from the partnership', nl: 'Andere partijen dan de stedenband', zh: '双方与关系不符' },
    text: {
      en: 'The sides of {id} are {dutch} and {chinese}; the sides of the exchange are {exchangeDutch} and {exchangeChinese}.',
      nl: '{id} is een stedenband van {dutch} en {chinese}; de uitwisseling is van {exchangeDutch} en {exchangeChinese}.',
      zh: '{id}的双方是{dutch}和{chinese}；交流活动的双方是{exchangeDutch}和{exchangeChinese}。',
    },
  },
  EXCHANGE_DUPLICATE: {
    label: { en: 'Exchange exists already', nl: 'Uitwisseling bestaat al', zh: '交流活动已存在' },
    text: {
      en: 'The register has an exchange with this title, these sides and this start already: {id}.',
      nl: 'Het register heeft al een uitwisseling met deze titel, partijen en begindatum: {id}.',
      zh: '登记册中已有相同标题、双方和开始日期的交流活动：{id}。',
    },
  },
} as const;
