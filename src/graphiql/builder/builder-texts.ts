import type { ReaderLanguage } from '../result/format.js';

interface BuilderTexts {
  readonly title: string;
  readonly about: string;
  readonly name: string;
  readonly where: string;
  readonly addCondition: string;
  readonly count: string;
  readonly asList: string;
  readonly and: string;
  readonly show: string;
  readonly columns: string;
  readonly order: string;
  readonly noOrder: string;
  readonly descending: string;
  readonly comparison: (field: string) => string;
  readonly more: string;
  readonly start: string;
}

/** Texts of the builder of questions. */
export const builderTexts: Readonly<Record<ReaderLanguage, BuilderTexts>> = {
  en: {
    title: 'Build a question',
    about: 'About',
    name: 'Title',
    where: 'Where',
    addCondition: 'Add a condition …',
    count: 'Count by',
    asList: '(no count: a list)',
    and: 'and by',
    show: 'Show',
    columns: 'Choose columns',
    order: 'Sort by',
    noOrder: '(as the register does)',
    descending: 'descending',
    comparison: field => `${field}: how to compare`,
    more: 'The question in the editor has more than can be chosen here. It stays as it is. Begin a new one about:',
    start: 'Begin a question about:',
  },
  nl: {
    title: 'Stel een vraag samen',
    about: 'Over',
    name: 'Titel',
    where: 'Waarbij',
    addCondition: 'Voeg een voorwaarde toe …',
    count: 'Tel per',
    asList: '(niet tellen: een lijst)',
    and: 'en per',
    show: 'Toon',
    columns: 'Kies kolommen',
    order: 'Sorteer op',
    noOrder: '(zoals het register)',
    descending: 'aflopend',
    comparison: field => `${field}: hoe vergelijken`,
    more: 'De vraag in de editor heeft meer dan hier te kiezen is. Zij blijft zoals zij is. Begin een nieuwe over:',
    start: 'Begin een vraag over:',
  },
  zh: {
    title: '组合问题',
    about: '关于',
    name: '标题',
    where: '条件',
    addCondition: '添加条件……',
    count: '计数依据',
    asList: '（不计数：列表）',
    and: '以及',
    show: '显示',
    columns: '选择列',
    order: '排序依据',
    noOrder: '（登记册的顺序）',
    descending: '降序',
    comparison: field => `${field}：比较方式`,
    more: '编辑器中的问题超出此处可选的范围，将保持原样。请开始一个新问题，关于：',
    start: '开始一个问题，关于：',
  },
};
