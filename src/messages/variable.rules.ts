/** Rules of the types of values: variables break them before an operation runs. */
export const VARIABLE_RULES = {
  FIELD_REQUIRED: {
    label: { en: 'Value missing', nl: 'Waarde ontbreekt', zh: '缺少值' },
    text: {
      en: '{field} is required.',
      nl: 'Vul {field} in.',
      zh: '请填写{field}。',
    },
  },
  FIELD_NOT_CLEARABLE: {
    label: { en: 'Value cannot be cleared', nl: 'Waarde kan niet worden gewist', zh: '值不能清空' },
    text: {
      en: '{field} cannot be cleared; leave it out to keep its value.',
      nl: '{field} is verplicht en kan niet worden leeggemaakt.',
      zh: '{field}为必填项，不能清空。',
    },
  },
  FIELD_UNKNOWN: {
    label: { en: 'Field unknown', nl: 'Veld onbekend', zh: '未知字段' },
    text: {
      en: 'Field "{field}" is not defined by type "{type}".',
      nl: 'Het veld {field} bestaat niet in {type}.',
      zh: '{type}没有字段{field}。',
    },
  },
  FIELD_MISSPELT: {
    label: { en: 'Field misspelt', nl: 'Veld verkeerd gespeld', zh: '字段拼写错误' },
    text: {
      en: 'Field "{field}" is not defined by type "{type}". Did you mean {suggestions}?',
      nl: 'Het veld {field} bestaat niet in {type}. Bedoelt u {suggestions}?',
      zh: '{type}没有字段{field}。您是指{suggestions}吗？',
    },
  },
  ENUM_VALUE_UNKNOWN: {
    label: { en: 'Choice unknown', nl: 'Keuze onbekend', zh: '未知选项' },
    text: {
      en: '{field} cannot be {value}: the enum {type} has no such value.',
      nl: '{value} is geen keuze bij {field}. Kies een waarde uit de lijst.',
      zh: '{field}没有选项{value}。请从列表中选择。',
    },
  },
  ENUM_VALUE_MISSPELT: {
    label: { en: 'Choice misspelt', nl: 'Keuze verkeerd gespeld', zh: '选项拼写错误' },
    text: {
      en: '{field} cannot be {value}: the enum {type} has no such value. Did you mean {suggestions}?',
      nl: '{value} is geen keuze bij {field}. Bedoelt u {suggestions}?',
      zh: '{field}没有选项{value}。您是指{suggestions}吗？',
    },
  },
  NOT_A_TEXT: {
    label: { en: 'Not a text', nl: 'Geen tekst', zh: '不是文本' },
    text: {
      en: '{field} must be a text; got {value}.',
      nl: '{field} moet een tekst zijn; ontvangen is {value}.',
      zh: '{field}须为文本；实际为{value}。',
    },
  },
  NOT_A_NUMBER: {
    label: { en: 'Not a number', nl: 'Geen getal', zh: '不是数字' },
    text: {
      en: '{field} must be a number; got {value}.',
      nl: '{field} moet een getal zijn; ingevuld is {value}.',
      zh: '{field}须为数字；实际为{value}。',
    },
  },
  NOT_AN_INTEGER: {
    label: { en: 'Not an integer', nl: 'Geen geheel getal', zh: '不是整数' },
    text: {
      en: '{field} must be an integer from {min} to {max}; got {value}.',
      nl: '{field} moet een geheel getal van {min} tot en met {max} zijn; ingevuld is {value}.',
      zh: '{field}须为{min}至{max}的整数；实际为{value}。',
    },
  },
  NOT_A_BOOLEAN: {
    label: { en: 'Not true or false', nl: 'Geen ja of nee', zh: '不是布尔值' },
    text: {
      en: '{field} must be true or false; got {value}.',
      nl: '{field} is ja of nee; ontvangen is {value}.',
      zh: '{field}须为 true 或 false；实际为{value}。',
    },
  },
  DEGREES_OUT_OF_RANGE: {
    label: { en: 'Degrees out of range', nl: 'Graden buiten bereik', zh: '度数超出范围' },
    text: {
      en: '{field} must be a number of degrees from {min} to {max}; got {value}.',
      nl: '{field} is een aantal graden van {min} tot en met {max}; ingevuld is {value}.',
      zh: '{field}须为{min}至{max}度；实际为{value}。',
    },
  },
  NOT_AN_OBJECT: {
    label: { en: 'Not an object', nl: 'Geen object', zh: '不是对象' },
    text: {
      en: '{field} must be an object of type {type}; got {value}.',
      nl: '{field} moet een object van het type {type} zijn; ontvangen is {value}.',
      zh: '{field}须为{type}类型的对象；实际为{value}。',
    },
  },
  VALUE_TYPE: {
    label: { en: 'Value of another type', nl: 'Waarde van een ander type', zh: '值的类型不符' },
    text: {
      en: '{field} must be a value of type {type}; got {value}.',
      nl: '{field} moet een waarde van het type {type} zijn; ontvangen is {value}.',
      zh: '{field}须为{type}类型的值；实际为{value}。',
    },
  },
  URL_FORM: {
    label: { en: 'Not a web address', nl: 'Geen webadres', zh: '不是网址' },
    text: {
      en: 'URL cannot represent {value}: an address must start with http:// or https:// and have at most {limit} characters, percent-encoded, without a user name or password.',
      nl: '{value} is geen webadres: dat begint met http:// of https://, heeft hoogstens {limit} tekens en bevat geen gebruikersnaam of wachtwoord.',
      zh: '{value}不是网址：网址须以 http:// 或 https:// 开头，最多{limit}个字符，且不含用户名或密码。',
    },
  },
  URL_NOT_TEXT: {
    label: { en: 'Address that is not a text', nl: 'Webadres dat geen tekst is', zh: '网址不是文本' },
    text: {
      en: 'URL cannot represent {value}: an address is a string.',
      nl: '{value} is geen webadres: een webadres is een tekst.',
      zh: '{value}不是网址：网址须为文本。',
    },
  },
  NEGATIVE_AMOUNT: {
    label: { en: 'Negative amount', nl: 'Negatief bedrag', zh: '金额为负' },
    text: {
      en: '{field} must be 0 or more; got {value}.',
      nl: '{field} mag niet lager dan 0 zijn; ingevuld is {value}.',
      zh: '{field}不得小于 0；实际为{value}。',
    },
  },
} as const;
