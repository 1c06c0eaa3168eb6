/** Rules of geographical areas. */
export const LOCATION_RULES = {
  BOX_UPSIDE_DOWN: {
    label: { en: 'Area upside down', nl: 'Gebied ondersteboven', zh: '区域上下颠倒' },
    text: {
      en: '{path}.south must not exceed north; got south: {south} and north: {north}.',
      nl: '{path}.south mag niet groter zijn dan north; het zijn south: {south} en north: {north}.',
      zh: '{path}.south 不能大于 north；实际为 south: {south}，north: {north}。',
    },
  },
} as const;
