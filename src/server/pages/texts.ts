import type { MessageLanguage } from '../../messages/message.js';

/** The texts of pages in one language. */
export interface PageTexts {
  register: string;
  registerLong: string;
  skip: string;
  questions: string;
  questionsIntro: string;
  desk: string;
  language: string;
  navigation: string;
  footer: string;
  licence: string;
  /** With a mark for the time. */
  past: string;
  /** With a mark for the day. */
  since: string;
  toPresent: string;
  facts: string;
  names: string;
  unknownFacts: string;
  status: string;
  ties: string;
  exchanges: string;
  sources: string;
  noSources: string;
  supports: string;
  redacted: string;
  redactions: string;
  history: string;
  historyOf: (shown: number, total: number) => string;
  changesOf: (register: string) => string;
  firstRecorded: string;
  by: string;
  cite: string;
  downloads: string;
  follow: string;
  inDesk: string;
  evidenceInDesk: string;
  mapInDesk: string;
  yes: string;
  no: string;
  none: string;
  more: (count: number) => string;
  record: string;
  answer: string;
  variables: string;
  ask: string;
  choose: string;
  dateHint: string;
  idHint: string;
  wrongValue: string;
  emptyAnswer: string;
  partErrors: string;
  openInGraphiql: string;
  asGraphql: string;
  report: string;
  reportIntro: string;
  reportField: string;
  reportProposed: string;
  reportMessage: string;
  reportMessageHint: string;
  reportSource: string;
  reportTitle: string;
  reportPublisher: string;
  reportUrl: string;
  reportSend: string;
  reportThanks: string;
  reportReceipt: (id: string) => string;
  reportErrors: string;
  reportPresent: string;
  required: string;
  back: string;
  missing: string;
  missingText: (id: string) => string;
  missingPast: string;
  missingForm: string;
  meant: string;
  withdrawn: string;
  withdrawnText: string;
  lastFacts: string;
  error: string;
  errorText: string;
  map: string;
  mapNote: string;
}

const nl: PageTexts = {
  register: 'stedenband',
  registerLong: 'Register van de banden tussen Nederlandse en Chinese overheden',
  skip: 'Naar de inhoud',
  questions: 'Vragen',
  questionsIntro:
    'Elke vraag is een pagina: met het antwoord van nu, als tabel, met een adres dat u kunt delen en citeren.',
  desk: 'Werkbank',
  language: 'Taal',
  navigation: 'Hoofdmenu',
  footer: 'Elk gegeven heeft een bron. Wat de bronnen niet zeggen, staat hier als niet bekend.',
  licence: 'Gegevens: CC BY 4.0',
  past: 'U ziet het register zoals het bekend was op {}.',
  since: 'sinds {}',
  toPresent: 'Naar het register van nu',
  facts: 'Gegevens',
  names: 'Namen',
  unknownFacts: 'Niet bekend',
  status: 'Status in de tijd',
  ties: 'Banden',
  exchanges: 'Uitwisselingen',
  sources: 'Bronnen',
  noSources: 'Het register noemt voor dit gegeven zelf geen bron.',
  supports: 'ondersteunt',
  redacted: 'weggelakt',
  redactions: 'Weggelakt',
  history: 'Geschiedenis',
  historyOf: (shown, total) => `De laatste ${shown} van ${total} wijzigingen.`,
  changesOf: register => `Wijzigingen in ${register}`,
  firstRecorded: 'In het register sinds',
  by: 'door',
  cite: 'Citeren',
  downloads: 'Bestanden en verder werken',
  follow: 'Volg de wijzigingen',
  inDesk: 'Open in de werkbank',
  evidenceInDesk: 'Bewijs in de werkbank',
  mapInDesk: 'Op de kaart',
  yes: 'ja',
  no: 'nee',
  none: 'geen',
  more: count => `en nog ${count}`,
  record: 'Gegeven',
  answer: 'Antwoord',
  variables: 'Kies zelf',
  ask: 'Vraag het',
  choose: 'Kies…',
  dateHint: 'Een dag. In het adres mag ook een jaar (2022) of een maand (2022-07).',
  idHint: 'Kies uit de lijst, of typ de id van een overheid.',
  wrongValue: 'Met deze waarden is er geen antwoord',
  emptyAnswer: 'Niets gevonden.',
  partErrors: 'Een deel van het antwoord ontbreekt',
  openInGraphiql: 'Open in GraphiQL',
  asGraphql: 'De vraag in GraphQL',
  report: 'Klopt dit niet?',
  reportIntro:
    'Meld het hier (een terugmelding). U hoeft geen naam te geven. Een beoordelaar kijkt ernaar, en maakt openbaar wat het verdient; schrijf dus geen namen, e-mailadressen of telefoonnummers van personen. Hoogstens vijf meldingen per uur.',
  reportField: 'Welk gegeven',
  reportProposed: 'Wat het volgens u moet zijn (mag leeg)',
  reportMessage: 'Waarom u twijfelt',
  reportMessageHint: 'Hoogstens 2.000 tekens.',
  reportSource: 'Een bron die het register tegenspreekt (mag leeg)',
  reportTitle: 'Titel',
  reportPublisher: 'Uitgever',
  reportUrl: 'Webadres',
  reportSend: 'Verstuur de melding',
  reportThanks: 'Dank u wel: de melding is ontvangen',
  reportReceipt: id => `Uw ontvangstnummer is ${id}. Bewaar het, en noem het als u over de melding schrijft.`,
  reportErrors: 'De melding is nog niet verstuurd',
  reportPresent: 'Melden kan op de pagina van nu.',
  required: 'verplicht',
  back: 'Terug naar het gegeven',
  missing: 'Geen gegeven met deze id',
  missingText: id => `Het register heeft geen gegeven ‘${id}’.`,
  missingPast: 'Misschien bestond het op dat moment nog niet.',
  missingForm:
    'Een id begint met nl- of cn- (overheid), tie- (band), exch- (uitwisseling), prog- (programma) of org- (organisatie), en bestaat verder uit kleine letters, cijfers en streepjes: nl-breda.',
  meant: 'Bedoelde u',
  withdrawn: 'Ingetrokken',
  withdrawnText: 'Dit gegeven is uit het register gehaald, omdat het ten onrechte was vastgelegd.',
  lastFacts: 'Wat er het laatst stond',
  error: 'Dit lukt niet',
  errorText: 'Het verzoek kon niet worden beantwoord.',
  map: 'Kaart',
  mapNote:
    'Streepjes: beëindigd; puntjes: slapend; grijs: status onbekend. Nederland en China op twee schalen. Omtrekken: Natural Earth; plaatsen: GeoNames, CC BY 4.0.',
};

const en: PageTexts = {
  register: 'stedenband',
  registerLong: 'Register of the ties between Dutch and Chinese local governments',
  skip: 'Skip to content',
  questions: 'Questions',
  questionsIntro:
    'Each question is a page: with the answer of now, as a table, at an address that you can share and cite.',
  desk: 'Desk',
  language: 'Language',
  navigation: 'Main menu',
  footer: 'Each fact has a source. What the sources do not say is shown as not known.',
  licence: 'Data: CC BY 4.0',
  past: 'You see the register as it was known on {}.',
  since: 'since {}',
  toPresent: 'To the register of now',
  facts: 'Facts',
  names: 'Names',
  unknownFacts: 'Not known',
  status: 'Status over time',
  ties: 'Ties',
  exchanges: 'Exchanges',
  sources: 'Sources',
  noSources: 'The register names no source for this record itself.',
  supports: 'supports',
  redacted: 'redacted',
  redactions: 'Redacted',
  history: 'History',
  historyOf: (shown, total) => `The last ${shown} of ${total} changes.`,
  changesOf: register => `Changes of ${register}`,
  firstRecorded: 'In the register since',
  by: 'by',
  cite: 'Cite',
  downloads: 'Files, and further work',
  follow: 'Follow the changes',
  inDesk: 'Open in the desk',
  evidenceInDesk: 'Evidence in the desk',
  mapInDesk: 'On the map',
  yes: 'yes',
  no: 'no',
  none: 'none',
  more: count => `and ${count} more`,
  record: 'Record',
  answer: 'Answer',
  variables: 'Choose',
  ask: 'Ask',
  choose: 'Choose…',
  dateHint: 'A day. The address may also have a year (2022) or a month (2022-07).',
  idHint: 'Choose from the list, or type the id of an authority.',
  wrongValue: 'There is no answer for these values',
  emptyAnswer: 'Nothing found.',
  partErrors: 'A part of the answer is missing',
  openInGraphiql: 'Open in GraphiQL',
  asGraphql: 'The question in GraphQL',
  report: 'Is something wrong?',
  reportIntro:
    'Report it here. You need not give a name. A reviewer looks at it, and publishes what deserves it; so write no names, e-mail addresses or telephone numbers of persons. At most five reports an hour.',
  reportField: 'Which fact',
  reportProposed: 'The value that you think is right (may be empty)',
  reportMessage: 'Why you doubt it',
  reportMessageHint: 'At most 2,000 characters.',
  reportSource: 'A source that contradicts the register (may be empty)',
  reportTitle: 'Title',
  reportPublisher: 'Publisher',
  reportUrl: 'Web address',
  reportSend: 'Send the report',
  reportThanks: 'Thank you: the report was received',
  reportReceipt: id => `Your receipt number is ${id}. Keep it, and name it when you write about the report.`,
  reportErrors: 'The report was not sent yet',
  reportPresent: 'Reports can be made on the page of now.',
  required: 'required',
  back: 'Back to the record',
  missing: 'No record with this id',
  missingText: id => `The register has no record “${id}”.`,
  missingPast: 'Perhaps it did not exist yet at that moment.',
  missingForm:
    'An id begins with nl- or cn- (authority), tie- (partnership), exch- (exchange), prog- (programme) or org- (organisation), followed by lower-case letters, digits and hyphens: nl-breda.',
  meant: 'Did you mean',
  withdrawn: 'Withdrawn',
  withdrawnText: 'This record was removed from the register, because it was recorded by mistake.',
  lastFacts: 'The last facts',
  error: 'This does not work',
  errorText: 'The request could not be answered.',
  map: 'Map',
  mapNote:
    'Dashes: ended; dots: dormant; grey: status unknown. The Netherlands and China, at two scales. Outlines: Natural Earth; places: GeoNames, CC BY 4.0.',
};

const zh: PageTexts = {
  register: 'stedenband',
  registerLong: '荷兰与中国地方政府友好关系登记册',
  skip: '跳到正文',
  questions: '问题',
  questionsIntro: '每个问题都是一个网页：以表格给出当前的答案，网址可以分享和引用。',
  desk: '工作台',
  language: '语言',
  navigation: '主菜单',
  footer: '每一项事实都有来源。来源没有说明的，这里标为未知。',
  licence: '数据：CC BY 4.0',
  past: '您看到的是登记册在{}时的内容。',
  since: '{}起',
  toPresent: '查看当前的登记册',
  facts: '事实',
  names: '名称',
  unknownFacts: '未知',
  status: '各时期状态',
  ties: '友好关系',
  exchanges: '交流活动',
  sources: '来源',
  noSources: '登记册没有为此记录本身注明来源。',
  supports: '证实',
  redacted: '已遮盖',
  redactions: '已遮盖',
  history: '历史',
  historyOf: (shown, total) => `共 ${total} 次变更，此处为最近 ${shown} 次。`,
  changesOf: register => `${register}的变更`,
  firstRecorded: '登记于',
  by: '操作者',
  cite: '引用',
  downloads: '文件与进一步使用',
  follow: '关注变更',
  inDesk: '在工作台中打开',
  evidenceInDesk: '在工作台中查看证据',
  mapInDesk: '在地图上查看',
  yes: '是',
  no: '否',
  none: '无',
  more: count => `另有 ${count} 项`,
  record: '记录',
  answer: '答案',
  variables: '自行选择',
  ask: '提问',
  choose: '请选择…',
  dateHint: '某一天。网址中也可以写年份（2022）或月份（2022-07）。',
  idHint: '从列表中选择，或输入政府的标识。',
  wrongValue: '这些值没有答案',
  emptyAnswer: '没有找到。',
  partErrors: '答案缺少一部分',
  openInGraphiql: '在 GraphiQL 中打开',
  asGraphql: '此问题的 GraphQL',
  report: '内容有误？',
  reportIntro:
    '请在此报告。无需提供姓名。审核人员会查看，并公布值得公布的内容；因此请不要写个人的姓名、电子邮箱或电话号码。每小时最多五次。',
  reportField: '哪一项事实',
  reportProposed: '您认为正确的值（可留空）',
  reportMessage: '您为何存疑',
  reportMessageHint: '最多 2,000 个字符。',
  reportSource: '与登记册相矛盾的来源（可留空）',
  reportTitle: '标题',
  reportPublisher: '发布者',
  reportUrl: '网址',
  reportSend: '提交报告',
  reportThanks: '谢谢：报告已收到',
  reportReceipt: id => `您的回执编号是 ${id}。请保存，并在就此报告来信时注明。`,
  reportErrors: '报告尚未提交',
  reportPresent: '请在当前内容的网页上报告。',
  required: '必填',
  back: '返回记录',
  missing: '没有此标识的记录',
  missingText: id => `登记册中没有记录“${id}”。`,
  missingPast: '也许它在那个时刻尚不存在。',
  missingForm:
    '标识以 nl- 或 cn-（政府）、tie-（友好关系）、exch-（交流活动）、prog-（项目）或 org-（机构）开头，其后是小写字母、数字和连字符：nl-breda。',
  meant: '您要找的是',
  withdrawn: '已撤回',
  withdrawnText: '此记录因误登已从登记册中移除。',
  lastFacts: '最后的内容',
  error: '无法完成',
  errorText: '无法答复此请求。',
  map: '地图',
  mapNote:
    '虚线：已终止；点线：休眠；灰色：状态未知。荷兰与中国的比例尺不同。轮廓：Natural Earth；地点：GeoNames，CC BY 4.0。',
};

export const PAGE_TEXTS: Readonly<Record<MessageLanguage, PageTexts>> = { nl, en, zh };
