/** Rules of reports of errors. */
export const REPORT_RULES = {
  REPORT_LIMIT: {
    label: { en: 'Too many reports', nl: 'Te veel meldingen', zh: '报告过多' },
    text: {
      en: 'At most {limit} errors an hour can be reported from one address; try again in {minutes} min.',
      nl: 'Per uur kunnen hoogstens {limit} fouten worden gemeld vanaf één adres. Probeer het over {minutes} min opnieuw.',
      zh: '每个地址每小时最多可报告{limit}个错误；请在{minutes}分钟后重试。',
    },
  },
  REPORT_CONTACT: {
    label: { en: 'Contact details in a report', nl: 'Contactgegevens in een melding', zh: '报告含联系方式' },
    text: {
      en: '{field} seems to hold an e-mail address or a telephone number: leave it out, reports are published.',
      nl: '{field} lijkt een e-mailadres of telefoonnummer te bevatten. Laat het weg: meldingen worden gepubliceerd.',
      zh: '{field}似乎含有电子邮件地址或电话号码。请删去：报告会被公开。',
    },
  },
  REPORT_FIELD: {
    label: { en: 'Not a field of the record', nl: 'Geen veld van het record', zh: '不是该记录的字段' },
    text: {
      en: '{value} is not a field of {id} that can be corrected.',
      nl: '{value} is geen veld van {id} dat kan worden verbeterd.',
      zh: '{value}不是{id}可更正的字段。',
    },
  },
} as const;
