/** Rules of authorities, and of the side of a tie or an exchange that an authority is on. */
export const AUTHORITY_RULES = {
  WRONG_SIDE: {
    label: { en: 'Authority of the other side', nl: 'Overheid van de andere kant', zh: '另一方的政府' },
    text: {
      en: '{field} must be an authority whose id begins with {prefix}; got {value}.',
      nl: '{value} kan niet bij {field} staan: kies een overheid waarvan de id met {prefix} begint.',
      zh: '{value}不能作为{field}：请选择标识符以 {prefix} 开头的政府。',
    },
  },
  ONE_LEVEL: {
    label: { en: 'Exactly one level', nl: 'Precies één bestuurslaag', zh: '只能有一个层级' },
    text: {
      en: 'Exactly one of dutchLevel and chineseLevel is required.',
      nl: 'Kies één bestuurslaag: een Nederlandse of een Chinese.',
      zh: '请选择一个层级：荷兰层级或中国层级。',
    },
  },
  FOREIGN_LEVEL: {
    label: { en: 'Level of the other country', nl: 'Bestuurslaag van het andere land', zh: '另一国的层级' },
    text: {
      en: '{field} does not apply to an authority of {country}.',
      nl: '{field} past niet bij een overheid in {country}.',
      zh: '{field}不适用于{country}的政府。',
    },
  },
  DUTCH_CODE_FORM: {
    label: { en: 'Not a CBS code', nl: 'Geen CBS-code', zh: '不是荷兰统计局代码' },
    text: {
      en: 'code of an authority of NL must be a CBS code: GM, PV or WS and two to four digits, such as GM0599; got {value}.',
      nl: '{value} is geen CBS-code. Schrijf GM, PV of WS met twee tot vier cijfers, zoals GM0599.',
      zh: '{value}不是荷兰统计局代码。请写 GM、PV 或 WS 加二至四位数字，如 GM0599。',
    },
  },
  CHINESE_CODE_FORM: {
    label: { en: 'Not a division code', nl: 'Geen Chinese gebiedscode', zh: '不是行政区划代码' },
    text: {
      en: 'code of an authority of CN must be a GB/T 2260 code: six digits, such as 310000; got {value}.',
      nl: '{value} is geen Chinese gebiedscode (GB/T 2260). Schrijf zes cijfers, zoals 310000.',
      zh: '{value}不是行政区划代码（GB/T 2260）。请写六位数字，如 310000。',
    },
  },
  WIKIDATA_ID_FORM: {
    label: { en: 'Not a Wikidata item', nl: 'Geen Wikidata-item', zh: '不是维基数据条目' },
    text: {
      en: 'wikidataId must be Q followed by a number; got {value}.',
      nl: '{value} is geen item van Wikidata. Schrijf Q met een nummer, zoals Q34370.',
      zh: '{value}不是维基数据条目。请写 Q 加数字，如 Q34370。',
    },
  },
  CONTAINER_ABROAD: {
    label: { en: 'Part of the wrong authority', nl: 'Onderdeel van de verkeerde overheid', zh: '隶属关系有误' },
    text: {
      en: '{field} must be an authority of the same country that this one can belong to; got {value}.',
      nl: '{value} kan hier niet {field} zijn: kies een overheid in hetzelfde land, waar deze onder kan vallen.',
      zh: '{value}不能作为{field}：请选择同一国家中可隶属的政府。',
    },
  },
  SUCCESSOR_ABROAD: {
    label: { en: 'Successor of another country', nl: 'Opvolger uit een ander land', zh: '继任政府属于他国' },
    text: {
      en: 'succeededBy must be an authority of the same country as this one; got {value}.',
      nl: '{value} kan deze overheid niet opvolgen: kies een overheid in hetzelfde land.',
      zh: '{value}不能作为继任政府：请选择同一国家的政府。',
    },
  },
  SUCCESSOR_CYCLE: {
    label: { en: 'Successor of itself', nl: 'Opvolger van zichzelf', zh: '继任关系循环' },
    text: {
      en: 'succeededBy must not lead back to {id}: {value} is, or became part of, that authority.',
      nl: '{value} kan {id} niet opvolgen: het is dezelfde overheid, of het ging daar zelf in op.',
      zh: '{value}不能作为{id}的继任政府：两者相同，或前者已并入后者。',
    },
  },
} as const;
