/** Rules of groups. */
export const GROUP_RULES = {
  GROUPS_FIRST_OUT_OF_RANGE: {
    label: { en: 'Number of groups out of range', nl: 'Aantal groepen buiten bereik', zh: '分组数量超出范围' },
    text: {
      en: 'first must be from 1 to {limit}; got {value}.',
      nl: 'first moet van 1 tot en met {limit} zijn; het is {value}.',
      zh: 'first 须为1至{limit}；实际为{value}。',
    },
  },
  TOO_MANY_GROUPS_WITH_LISTS: {
    label: { en: 'Too many groups with lists', nl: 'Te veel groepen met lijsten', zh: '带列表的分组过多' },
    text: {
      en: 'Lists can be selected for at most {limit} of these groups, and there are more. Set first, such as first: 100, or filter.',
      nl: 'Lijsten kunnen voor hoogstens {limit} van deze groepen worden gevraagd, en het zijn er meer. Geef first op, zoals first: 100, of filter.',
      zh: '这些分组中最多{limit}个可以选择列表，而实际更多。请设置 first，例如 first: 100，或加以筛选。',
    },
  },
} as const;
