/** The label of a field: Dutch, English and Chinese, in lower case, as in the middle of a sentence. */
type FieldLabel = readonly [nl: string, en: string, zh: string];

/** Labels of the facts of records, and of the values inside them, by field name. */
const FACTS: Readonly<Record<string, FieldLabel>> = {
  id: ['id', 'id', '标识'],
  names: ['namen', 'names', '名称'],
  title: ['titel', 'title', '标题'],
  role: ['rol', 'role', '角色'],
  country: ['land', 'country', '国家'],
  level: ['bestuurslaag', 'level of government', '行政级别'],
  code: ['officiële code', 'official code', '官方代码'],
  cbsCode: ['CBS-code', 'CBS code', '荷兰统计局代码'],
  gbCode: ['GB/T 2260-code', 'GB/T 2260 code', '国标行政区划代码'],
  parent: ['onderdeel van', 'part of', '上级'],
  prefecture: ['prefectuur', 'prefecture', '所属地级市'],
  location: ['ligging', 'location', '地理位置'],
  latitude: ['breedtegraad', 'latitude', '纬度'],
  longitude: ['lengtegraad', 'longitude', '经度'],
  wikidataId: ['Wikidata-item', 'Wikidata item', '维基数据条目'],
  dissolvedOn: ['opgeheven op', 'dissolved on', '撤销日期'],
  succeededBy: ['opgevolgd door', 'succeeded by', '继任政府'],
  predecessors: ['voorgangers', 'predecessors', '前身政府'],
  dutch: ['Nederlandse kant', 'Dutch side', '荷兰方'],
  chinese: ['Chinese kant', 'Chinese side', '中国方'],
  kind: ['soort', 'kind', '类别'],
  subkind: ['subsoort', 'subkind', '子类别'],
  status: ['status', 'status', '状态'],
  statusSince: ['status sinds', 'status since', '状态起始日期'],
  statusPeriods: ['statusperioden', 'status periods', '状态时期'],
  from: ['vanaf', 'from', '起'],
  until: ['tot', 'until', '止'],
  since: ['met ingang van', 'since', '生效日期'],
  reason: ['reden', 'reason', '原因'],
  decidedBy: ['besloten door', 'decided by', '决定者'],
  startedOn: ['begindatum', 'start date', '开始日期'],
  endedOn: ['einddatum', 'end date', '结束日期'],
  lastEvidenceOn: ['laatste bewijs op', 'last evidence on', '最近证据日期'],
  origin: ['initiatief', 'initiative', '发起方'],
  encouragedBy: ['aangemoedigd door', 'encouraged by', '倡导关系'],
  nestedIn: ['binnen', 'nested in', '隶属关系'],
  motives: ['motieven', 'motives', '动机'],
  themes: ['thema’s', 'themes', '主题'],
  support: ['draagvlak', 'support', '支持群体'],
  dialogueTopics: ['gespreksonderwerpen', 'topics of dialogue', '对话议题'],
  recurring: ['terugkerend', 'recurring', '定期举行'],
  partnership: ['band', 'partnership', '友好关系'],
  underPartnership: ['in het kader van een band', 'under a partnership', '在友好关系框架内'],
  programme: ['programma', 'programme', '项目'],
  participants: ['deelnemers', 'participants', '参与者'],
  description: ['beschrijving', 'description', '描述'],
  inVngInternationalPortfolio: [
    'in de portefeuille van VNG International',
    'in the portfolio of VNG International',
    '属于荷兰市政协会国际部项目组合',
  ],
  funder: ['financier', 'funder', '资助方'],
  implementer: ['uitvoerder', 'implementer', '执行方'],
  projectCode: ['projectcode', 'project code', '项目编号'],
  iatiId: ['IATI-id', 'IATI identifier', '国际援助透明度标识'],
  budgetEur: ['budget in euro', 'budget in euros', '预算（欧元）'],
  otherPartners: ['overige partners', 'other partners', '其他伙伴'],
  programmes: ['programma’s', 'programmes', '关联项目'],
  organisations: ['organisaties', 'organisations', '机构'],
  authorities: ['overheden', 'authorities', '政府'],
  partners: ['partners', 'partners', '伙伴'],
  city: ['plaats', 'city', '城市'],
  website: ['website', 'website', '网站'],
  contactPoints: ['contactpunten', 'contact points', '联系方式'],
  type: ['type', 'type', '类型'],
  value: ['waarde', 'value', '值'],
  seenIn: ['gezien in', 'seen in', '见于'],
  notes: ['opmerkingen', 'notes', '备注'],
  confidence: ['zekerheid', 'confidence', '可信度'],
  citations: ['bronvermeldingen', 'citations', '引用'],
  publisher: ['uitgever', 'publisher', '发布者'],
  url: ['webadres', 'web address', '网址'],
  publishedOn: ['gepubliceerd op', 'published on', '发布日期'],
  supports: ['ondersteunt', 'supports', '所证实的内容'],
  // Of proposals.
  concept: ['soort record', 'type of record', '记录类型'],
  state: ['stand', 'state', '进展'],
  counts: ['aantal regels', 'number of rows', '行数'],
  total: ['totaal', 'total', '总计'],
  create: ['nieuw', 'new', '新建'],
  revise: ['wijziging', 'revision', '修订'],
  same: ['gelijk', 'the same', '相同'],
  conflict: ['strijdig', 'conflict', '冲突'],
  ambiguous: ['meerduidig', 'ambiguous', '有歧义'],
  unmatched: ['niet gevonden', 'unmatched', '未匹配'],
  refused: ['geweigerd', 'refused', '被拒绝'],
  stale: ['achterhaald', 'stale', '已过时'],
  decisions: ['besluiten', 'decisions', '决定'],
  accept: ['overgenomen', 'accepted', '接受'],
  reject: ['afgewezen', 'rejected', '拒绝'],
  keepBoth: ['beide bewaard', 'both kept', '两者保留'],
  choose: ['gekozen', 'chosen', '选定'],
  changeSet: ['wijzigingenset', 'change set', '变更集'],
  revertChangeSet: ['wijzigingenset van het terugdraaien', 'change set of the reversal', '恢复的变更集'],
};

/** Labels of inputs that are no facts. */
const INPUTS: Readonly<Record<string, FieldLabel>> = {
  dutchLevel: ['Nederlandse bestuurslaag', 'Dutch level of government', '荷兰行政级别'],
  chineseLevel: ['Chinese bestuurslaag', 'Chinese level of government', '中国行政级别'],
  source: ['bron', 'source', '来源'],
  expectedVersion: ['verwachte versie', 'expected version', '预期版本'],
  idempotencyKey: ['sleutel voor herhaling', 'idempotency key', '幂等键'],
  dryRun: ['proefuitvoering', 'dry run', '试运行'],
};

/** The labels of the members of a text in several languages. */
const LANGUAGES: Readonly<Record<string, FieldLabel>> = {
  nl: ['Nederlands', 'Dutch', '荷兰语'],
  en: ['Engels', 'English', '英语'],
  zh: ['Chinees', 'Chinese', '中文'],
  pinyin: ['pinyin', 'pinyin', '拼音'],
  aliases: ['andere namen', 'other names', '别名'],
};

/** Texts in several languages, by the path of their field, with the label of one of them. */
const TEXTS: Readonly<Record<string, FieldLabel>> = {
  names: ['naam', 'name', '名称'],
  title: ['titel', 'title', '标题'],
  role: ['rol', 'role', '角色'],
  'dutch.names': ['naam van de Nederlandse kant', 'name of the Dutch side', '荷兰方名称'],
  'chinese.names': ['naam van de Chinese kant', 'name of the Chinese side', '中国方名称'],
};

const LANGUAGE_PATHS = Object.entries(TEXTS).flatMap(([path, text]) =>
  Object.entries(LANGUAGES).map(([member, language]): [string, FieldLabel] => [
    `${path}.${member}`,
    [`${text[0]} (${language[0]})`, `${text[1]} (${language[1]})`, `${text[2]}（${language[2]}）`],
  ]),
);

/** The labels of what the log and search name: facts, and paths such as `names.zh`. */
export const FACT_LABELS: Readonly<Record<string, FieldLabel>> = { ...FACTS, ...Object.fromEntries(LANGUAGE_PATHS) };

/** Labels of fields of the schema, by field name or by path: `[nl, en, zh]`. */
export const FIELD_LABELS: Readonly<Record<string, FieldLabel>> = { ...FACT_LABELS, ...INPUTS, ...LANGUAGES };

const INDEX = { nl: 0, en: 1, zh: 2 } as const;

/** Returns the label of a field, or of the last field of a path such as `names.zh`; undefined if it has none. */
export const findFieldLabel = (field: string, language: keyof typeof INDEX): string | undefined =>
  (FIELD_LABELS[field] ?? FIELD_LABELS[field.slice(field.lastIndexOf('.') + 1)])?.[INDEX[language]];

/** Returns the label of a field; the name itself if it has no label. */
export const fieldLabel = (field: string, language: keyof typeof INDEX) => findFieldLabel(field, language) ?? field;
