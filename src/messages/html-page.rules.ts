/** Rules of requests for pages, and of their forms. */
export const HTML_PAGE_RULES = {
  PAGE_LANGUAGE: {
    label: { en: 'Unknown language of a page', nl: 'Onbekende taal van een pagina', zh: '未知的页面语言' },
    text: {
      en: 'language is {value}; pages are in {languages}.',
      nl: 'language is {value}; pagina’s zijn er in {languages}.',
      zh: 'language 为 {value}；页面的语言有 {languages}。',
    },
  },
  CITATION_FORM: {
    label: { en: 'Unknown form of a citation', nl: 'Onbekende vorm om te citeren', zh: '未知的引用格式' },
    text: {
      en: 'cite is {value}; citations are in {forms}.',
      nl: 'cite is {value}; citeren kan als {forms}.',
      zh: 'cite 为 {value}；引用的格式有 {forms}。',
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
} as const;
