import { codeList } from '../graph/types/code-list.js';

export enum PartnershipKind {
  SISTER_CITY = 'SISTER_CITY',
  SISTER_PROVINCE = 'SISTER_PROVINCE',
  FRIENDSHIP = 'FRIENDSHIP',
  COOPERATION = 'COOPERATION',
  UNKNOWN = 'UNKNOWN',
}
codeList('PartnershipKind', PartnershipKind, 'Form of a partnership.', {
  SISTER_CITY: [
    'A partnership of sister cities. In Dutch: stedenband. In Chinese: 友好城市.',
    'Stedenband',
    'Sister cities',
    '友好城市',
  ],
  SISTER_PROVINCE: [
    'A partnership of two provinces. In Dutch: provincieband.',
    'Provincieband',
    'Sister provinces',
    '友好省份',
  ],
  FRIENDSHIP: [
    'An agreement on friendship or friendly exchange. In Dutch: vriendschapsband.',
    'Vriendschapsband',
    'Friendship',
    '友好交流关系',
  ],
  COOPERATION: [
    'An agreement on cooperation, such as a memorandum of understanding or a letter of intent. In Dutch: samenwerking.',
    'Samenwerking',
    'Cooperation',
    '合作关系',
  ],
  UNKNOWN: ['Unknown: no source states it.', 'Onbekend', 'Unknown', '未知'],
});

export enum PartnershipStatus {
  NOT_YET_STARTED = 'NOT_YET_STARTED',
  ACTIVE = 'ACTIVE',
  DORMANT = 'DORMANT',
  ENDED = 'ENDED',
  UNKNOWN = 'UNKNOWN',
}
codeList('PartnershipStatus', PartnershipStatus, 'Whether a partnership is active.', {
  NOT_YET_STARTED: [
    'Not yet started. Returned only by `status(on:)`, for a day before the start date.',
    'Nog niet begonnen',
    'Not yet started',
    '尚未开始',
  ],
  ACTIVE: ['In force, with evidence of it. In Dutch: actief.', 'Actief', 'Active', '活跃'],
  DORMANT: ['Put on hold by one of the authorities. In Dutch: slapend.', 'Slapend', 'Dormant', '休眠'],
  ENDED: ['Ended by a decision or an announcement. In Dutch: beëindigd.', 'Beëindigd', 'Ended', '已终止'],
  UNKNOWN: ['Unknown: there is no evidence of any other status. In Dutch: onbekend.', 'Onbekend', 'Unknown', '未知'],
});

export enum StatusDecisionMaker {
  COUNCIL = 'COUNCIL',
  EXECUTIVE = 'EXECUTIVE',
  PROVINCIAL_STATES = 'PROVINCIAL_STATES',
  OTHER_SIDE = 'OTHER_SIDE',
  UNKNOWN = 'UNKNOWN',
}
codeList('StatusDecisionMaker', StatusDecisionMaker, 'Body that decided on a change of the status of a partnership.', {
  COUNCIL: ['The municipal council. In Dutch: gemeenteraad.', 'Gemeenteraad', 'Municipal council', '市议会'],
  EXECUTIVE: [
    'The mayor and aldermen of a municipality, or the executive of a province. In Dutch: college van burgemeester en wethouders, Gedeputeerde Staten.',
    'College of Gedeputeerde Staten',
    'Executive',
    '行政机构',
  ],
  PROVINCIAL_STATES: [
    'The parliament of a Dutch province. In Dutch: Provinciale Staten.',
    'Provinciale Staten',
    'Provincial States',
    '省议会',
  ],
  OTHER_SIDE: ['The Chinese side.', 'De Chinese kant', 'Chinese side', '中国方'],
  UNKNOWN: ['Unknown: no source states it.', 'Onbekend', 'Unknown', '未知'],
});

export enum PartnershipOrigin {
  NATIONAL_GOVERNMENT_REQUEST = 'NATIONAL_GOVERNMENT_REQUEST',
  PROVINCE_ENCOURAGEMENT = 'PROVINCE_ENCOURAGEMENT',
  CHINESE_AUTHORITY_APPROACH = 'CHINESE_AUTHORITY_APPROACH',
  BUSINESS_REQUEST = 'BUSINESS_REQUEST',
  DUTCH_AUTHORITY_INITIATIVE = 'DUTCH_AUTHORITY_INITIATIVE',
  KNOWLEDGE_INSTITUTION_REQUEST = 'KNOWLEDGE_INSTITUTION_REQUEST',
  UNKNOWN = 'UNKNOWN',
}
codeList('PartnershipOrigin', PartnershipOrigin, 'Who took the initiative for a partnership.', {
  NATIONAL_GOVERNMENT_REQUEST: [
    'Requested by the national government.',
    'Verzoek van het Rijk',
    'Request of the national government',
    '中央政府提议',
  ],
  PROVINCE_ENCOURAGEMENT: [
    'A province encouraged one of its municipalities.',
    'Aanmoediging door de provincie',
    'Encouragement by the province',
    '省级推动',
  ],
  CHINESE_AUTHORITY_APPROACH: [
    'The Chinese authority approached the Dutch one.',
    'Toenadering door de Chinese overheid',
    'Approach by the Chinese authority',
    '中方政府主动联系',
  ],
  BUSINESS_REQUEST: ['Requested by companies.', 'Verzoek van bedrijven', 'Request of companies', '企业提议'],
  DUTCH_AUTHORITY_INITIATIVE: [
    'The Dutch authority took the initiative.',
    'Initiatief van de Nederlandse overheid',
    'Initiative of the Dutch authority',
    '荷方政府倡议',
  ],
  KNOWLEDGE_INSTITUTION_REQUEST: [
    'Requested by a university or another knowledge institution.',
    'Verzoek van een kennisinstelling',
    'Request of a knowledge institution',
    '知识机构提议',
  ],
  UNKNOWN: ['Unknown: no source states it.', 'Onbekend', 'Unknown', '未知'],
});

export enum PartnershipMotive {
  FACILITATE_BUSINESS = 'FACILITATE_BUSINESS',
  COMPARABLE_ECONOMY = 'COMPARABLE_ECONOMY',
  COMPARABLE_GEOGRAPHY = 'COMPARABLE_GEOGRAPHY',
  COMPLEMENTARY_NEEDS = 'COMPLEMENTARY_NEEDS',
  CULTURE = 'CULTURE',
  FRIENDSHIP = 'FRIENDSHIP',
}
codeList('PartnershipMotive', PartnershipMotive, 'Reason of an authority for a partnership.', {
  FACILITATE_BUSINESS: [
    'To help local companies to do business.',
    'Bedrijven op weg helpen',
    'Helping companies',
    '促进企业发展',
  ],
  COMPARABLE_ECONOMY: ['The two economies are similar.', 'Vergelijkbare economie', 'Comparable economy', '经济相似'],
  COMPARABLE_GEOGRAPHY: [
    'The two places are similar, for example both have a port.',
    'Vergelijkbare ligging',
    'Comparable geography',
    '地理相似',
  ],
  COMPLEMENTARY_NEEDS: [
    'Each side has knowledge that the other needs, for example on social issues or sustainability.',
    'Elkaar aanvullende behoeften',
    'Complementary needs',
    '需求互补',
  ],
  CULTURE: ['Cultural exchange.', 'Cultuur', 'Culture', '文化'],
  FRIENDSHIP: ['Friendship between the inhabitants of both sides.', 'Vriendschap', 'Friendship', '友谊'],
});

export enum Theme {
  TRADE = 'TRADE',
  WATER = 'WATER',
  AGRICULTURE = 'AGRICULTURE',
  CULTURE = 'CULTURE',
  EDUCATION = 'EDUCATION',
  SPATIAL_PLANNING = 'SPATIAL_PLANNING',
  ENVIRONMENT = 'ENVIRONMENT',
  HEALTH = 'HEALTH',
  LOGISTICS = 'LOGISTICS',
  HIGH_TECH = 'HIGH_TECH',
  SPORT = 'SPORT',
  TOURISM = 'TOURISM',
}
codeList('Theme', Theme, 'Subject of a partnership.', {
  TRADE: ['Trade and investment.', 'Handel', 'Trade', '贸易'],
  WATER: ['Water management, water supply and water technology.', 'Water', 'Water', '水务'],
  AGRICULTURE: ['Agriculture, horticulture and food.', 'Landbouw en voedsel', 'Agriculture and food', '农业与食品'],
  CULTURE: ['Art, music, museums and heritage.', 'Cultuur', 'Culture', '文化'],
  EDUCATION: ['Schools and universities.', 'Onderwijs', 'Education', '教育'],
  SPATIAL_PLANNING: ['Urban and regional planning.', 'Ruimtelijke ordening', 'Spatial planning', '空间规划'],
  ENVIRONMENT: ['Environment, waste and energy.', 'Milieu en energie', 'Environment and energy', '环境与能源'],
  HEALTH: ['Health and care.', 'Gezondheid en zorg', 'Health and care', '卫生与护理'],
  LOGISTICS: ['Ports, rail and transport.', 'Logistiek', 'Logistics', '物流'],
  HIGH_TECH: ['High-tech industry and innovation.', 'Hightech', 'High tech', '高科技'],
  SPORT: ['Sports events, clubs and training.', 'Sport', 'Sport', '体育'],
  TOURISM: ['Visitors and the promotion of travel.', 'Toerisme', 'Tourism', '旅游'],
});

export enum SupportBase {
  LOCAL_POLITICS = 'LOCAL_POLITICS',
  LOCAL_BUSINESS = 'LOCAL_BUSINESS',
  KNOWLEDGE_INSTITUTIONS = 'KNOWLEDGE_INSTITUTIONS',
  CIVIL_ORGANISATIONS = 'CIVIL_ORGANISATIONS',
}
codeList('SupportBase', SupportBase, 'Group that supports a partnership. In Dutch: draagvlak.', {
  LOCAL_POLITICS: ['The council and its political parties.', 'Lokale politiek', 'Local politics', '地方政界'],
  LOCAL_BUSINESS: ['Local companies.', 'Lokaal bedrijfsleven', 'Local business', '本地企业'],
  KNOWLEDGE_INSTITUTIONS: ['Universities and schools.', 'Kennisinstellingen', 'Knowledge institutions', '知识机构'],
  CIVIL_ORGANISATIONS: [
    'Clubs, associations and other civil society organisations.',
    'Maatschappelijke organisaties',
    'Civil organisations',
    '民间组织',
  ],
});

export enum DialogueTopic {
  HUMAN_RIGHTS = 'HUMAN_RIGHTS',
  LEVEL_PLAYING_FIELD = 'LEVEL_PLAYING_FIELD',
  PROPERTY_RIGHTS = 'PROPERTY_RIGHTS',
}
codeList(
  'DialogueTopic',
  DialogueTopic,
  'Sensitive subject that a long-standing partnership makes it possible to discuss.',
  {
    HUMAN_RIGHTS: ['Human rights and civil liberties.', 'Mensenrechten', 'Human rights', '人权'],
    LEVEL_PLAYING_FIELD: [
      'Equal opportunities for companies of both sides.',
      'Gelijk speelveld',
      'Level playing field',
      '公平竞争环境',
    ],
    PROPERTY_RIGHTS: [
      'Protection of property and of inventions (intellectual property).',
      'Eigendomsrechten',
      'Property rights',
      '产权保护',
    ],
  },
);
