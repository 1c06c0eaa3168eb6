/** Rules of dates. */
export const DATE_RULES = {
  DATE_FORM: {
    label: { en: 'Not a date', nl: 'Geen datum', zh: '不是日期' },
    text: {
      en: 'PartialDate cannot represent {value}: a date is YYYY, YYYY-MM or YYYY-MM-DD.',
      nl: '{value} is geen datum. Schrijf JJJJ, JJJJ-MM of JJJJ-MM-DD.',
      zh: '{value}不是日期。请写成 YYYY、YYYY-MM 或 YYYY-MM-DD。',
    },
  },
  DATE_YEAR: {
    label: { en: 'Year does not exist', nl: 'Jaar bestaat niet', zh: '年份不存在' },
    text: {
      en: 'PartialDate cannot represent {value}: years run from 0001 to 9999.',
      nl: '{value} is geen datum: jaren lopen van 0001 tot en met 9999.',
      zh: '{value}不是日期：年份为 0001 至 9999。',
    },
  },
  DATE_MONTH: {
    label: { en: 'Month does not exist', nl: 'Maand bestaat niet', zh: '月份不存在' },
    text: {
      en: 'PartialDate cannot represent {value}: months run from 01 to 12.',
      nl: '{value} is geen datum: maanden lopen van 01 tot en met 12.',
      zh: '{value}不是日期：月份为 01 至 12。',
    },
  },
  DATE_DAY: {
    label: { en: 'Day does not exist', nl: 'Dag bestaat niet', zh: '日期不存在' },
    text: {
      en: 'PartialDate cannot represent {value}: that day is not in the calendar.',
      nl: '{value} is geen datum: deze dag staat niet op de kalender.',
      zh: '{value}不是日期：日历中没有这一天。',
    },
  },
  DATE_NOT_TEXT: {
    label: { en: 'Date that is not a text', nl: 'Datum die geen tekst is', zh: '日期不是文本' },
    text: {
      en: 'PartialDate cannot represent {value}: a date is a string.',
      nl: '{value} is geen datum: een datum is een tekst, zoals "1979".',
      zh: '{value}不是日期：日期须为文本，如 "1979"。',
    },
  },
  DATE_IN_FUTURE: {
    label: { en: 'Date in the future', nl: 'Datum in de toekomst', zh: '日期在未来' },
    text: {
      en: '{field} must not be after today ({today}); got {value}.',
      nl: '{field} mag niet na vandaag ({today}) liggen; ingevuld is {value}.',
      zh: '{field}不得晚于今天（{today}）；实际为{value}。',
    },
  },
  END_BEFORE_START: {
    label: { en: 'End before the start', nl: 'Einde vóór het begin', zh: '结束早于开始' },
    text: {
      en: 'endedOn must not be before startedOn ({start}); got {end}.',
      nl: 'De einddatum mag niet vóór de begindatum ({start}) liggen; het is {end}.',
      zh: '结束日期不得早于开始日期（{start}）；实际为{end}。',
    },
  },
} as const;
