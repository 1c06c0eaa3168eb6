/** Group of questions about one subject, with its heading in each language. */
export interface QuestionGroup {
  readonly en: string;
  readonly nl: string;
  readonly zh: string;
  /** True if each question has a thumbnail of its answer; the answer is a picture. */
  readonly hasThumbnails?: boolean;
  /** File names in test/questions, without extension. */
  readonly questions: readonly string[];
}

export const questionGroups: readonly QuestionGroup[] = [
  {
    en: 'Start with a picture',
    nl: 'Beelden om mee te beginnen',
    zh: '从图开始',
    hasThumbnails: true,
    questions: ['38-all-ties-on-the-map', '39-ties-on-a-day', '40-ties-over-time', '10-ties-by-decade-and-status'],
  },
  {
    en: 'Who partners with whom',
    nl: 'Wie heeft een band met wie',
    zh: '谁与谁结好',
    questions: [
      '01-earliest-tie',
      '07-provinces-with-and-without-a-tie',
      '09-ties-of-one-province',
      '04-province-and-its-municipalities',
      '26-partners-of-the-hague',
      '49-network-of-an-authority',
      '27-within-a-chinese-province',
      '28-most-ties',
      '12-fifty-years',
    ],
  },
  {
    en: 'Starts, ends and status',
    nl: 'Hoe banden kwamen en gingen',
    zh: '开始、终止与状态',
    questions: [
      '02-ended-between-two-days',
      '03-status-on-a-day',
      '11-active-on-a-day',
      '45-as-it-stood',
      '23-ended-or-dormant-and-why',
      '48-ended-or-dormant-by-whom',
      '36-newest-from-the-back',
      '35-and-or-not',
    ],
  },
  {
    en: 'Why ties began',
    nl: 'Waarom banden zijn aangegaan',
    zh: '结好的缘由',
    questions: [
      '13-origins',
      '14-at-the-request-of-the-state',
      '15-encouraged-by-their-province',
      '16-approached-or-asked',
      '17-motives-support-and-dialogue',
      '18-themes',
    ],
  },
  {
    en: 'Exchanges',
    nl: 'Wat er gebeurt',
    zh: '交流活动',
    questions: [
      '19-kinds-of-exchanges',
      '20-exchanges-by-kind-and-decade',
      '21-museums-arts-and-schools',
      '22-culture-under-ended-ties',
      '33-planned-but-not-seen-to-happen',
    ],
  },
  {
    en: 'Programmes and organisations',
    nl: 'Programma’s en organisaties',
    zh: '项目与机构',
    questions: [
      '29-vng-international-portfolio',
      '30-new-programmes-of-2021',
      '31-information-and-contact-point',
      '32-vng-and-cpaffc',
    ],
  },
  {
    en: 'Counts',
    nl: 'Aantallen',
    zh: '数量',
    questions: ['08-municipal-ties-by-province', '41-ties-by-province', '47-ties-by-province-decade-and-status'],
  },
  {
    en: 'Sources, and what to check',
    nl: 'Bewijs, en wat na te gaan',
    zh: '来源与待核查事项',
    questions: ['24-evidence-of-one-tie', '25-sources-that-disagree', '34-what-to-check-first'],
  },
  {
    en: 'Finding records',
    nl: 'Gegevens vinden en volgen',
    zh: '查找与跟踪记录',
    questions: [
      '05-search-in-any-language',
      '06-search-by-hanzi',
      '37-records-by-id-and-code',
      '42-history-that-people-read',
      '43-one-label-for-all',
      '44-newest-changes',
      '46-one-bad-argument',
    ],
  },
];
