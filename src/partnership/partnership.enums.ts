import { describedEnum } from '../graph/enum.js';

export enum PartnershipKind {
  SISTER_CITY = 'SISTER_CITY',
  SISTER_PROVINCE = 'SISTER_PROVINCE',
  FRIENDSHIP = 'FRIENDSHIP',
  COOPERATION = 'COOPERATION',
  UNKNOWN = 'UNKNOWN',
}
describedEnum('PartnershipKind', PartnershipKind, 'The form a tie was given.', {
  SISTER_CITY: 'A sister-city tie. In Dutch: stedenband. In Chinese: 友好城市.',
  SISTER_PROVINCE: 'A tie of two provinces. In Dutch: provincieband.',
  FRIENDSHIP: 'A treaty of friendship or of friendly exchange. In Dutch: vriendschapsband.',
  COOPERATION: 'An agreement to work together, such as a memorandum or a letter of intent. In Dutch: samenwerking.',
  UNKNOWN: 'The sources do not say.',
});

export enum PartnershipStatus {
  NOT_YET_STARTED = 'NOT_YET_STARTED',
  ACTIVE = 'ACTIVE',
  DORMANT = 'DORMANT',
  ENDED = 'ENDED',
  UNKNOWN = 'UNKNOWN',
}
describedEnum('PartnershipStatus', PartnershipStatus, 'Whether a tie is kept up.', {
  NOT_YET_STARTED: 'Before its start. Only an answer about a day: what is recorded today has started.',
  ACTIVE: 'In force, with evidence. In Dutch: actief.',
  DORMANT: 'Put on hold by an authority. In Dutch: slapend.',
  ENDED: 'Ended by a decision or an announcement. In Dutch: beëindigd.',
  UNKNOWN: 'Nobody evidenced its state. In Dutch: onbekend.',
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
describedEnum('PartnershipOrigin', PartnershipOrigin, 'Who set a tie going.', {
  NATIONAL_GOVERNMENT_REQUEST: 'The national government asked for it.',
  PROVINCE_ENCOURAGEMENT: 'A province encouraged its municipality.',
  CHINESE_AUTHORITY_APPROACH: 'A Chinese authority sought it.',
  BUSINESS_REQUEST: 'Companies asked for it.',
  DUTCH_AUTHORITY_INITIATIVE: 'The Dutch authority sought it.',
  KNOWLEDGE_INSTITUTION_REQUEST: 'A university or the like asked for it.',
  UNKNOWN: 'The sources do not say.',
});

export enum PartnershipMotive {
  FACILITATE_BUSINESS = 'FACILITATE_BUSINESS',
  COMPARABLE_ECONOMY = 'COMPARABLE_ECONOMY',
  COMPARABLE_GEOGRAPHY = 'COMPARABLE_GEOGRAPHY',
  COMPLEMENTARY_NEEDS = 'COMPLEMENTARY_NEEDS',
  CULTURE = 'CULTURE',
  FRIENDSHIP = 'FRIENDSHIP',
}
describedEnum('PartnershipMotive', PartnershipMotive, 'Why an authority wants a tie.', {
  FACILITATE_BUSINESS: 'To help its own companies trade.',
  COMPARABLE_ECONOMY: 'The economies are alike.',
  COMPARABLE_GEOGRAPHY: 'The places are alike: both ports, for one.',
  COMPLEMENTARY_NEEDS: 'Each has knowledge the other needs, on social questions or sustainability.',
  CULTURE: 'To exchange culture.',
  FRIENDSHIP: 'Friendship between the inhabitants.',
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
describedEnum('Theme', Theme, 'What a tie is about.', {
  TRADE: 'Trade and investment.',
  WATER: 'Water management.',
  AGRICULTURE: 'Agriculture, horticulture and food.',
  CULTURE: 'Art, music, museums and heritage.',
  EDUCATION: 'Schools and universities.',
  SPATIAL_PLANNING: 'Planning of town and country.',
  ENVIRONMENT: 'Environment, waste and energy.',
  HEALTH: 'Health and care.',
  LOGISTICS: 'Ports, rail and transport.',
  HIGH_TECH: 'High technology.',
  SPORT: 'Sport.',
  TOURISM: 'Tourism.',
});

export enum SupportBase {
  LOCAL_POLITICS = 'LOCAL_POLITICS',
  LOCAL_BUSINESS = 'LOCAL_BUSINESS',
  KNOWLEDGE_INSTITUTIONS = 'KNOWLEDGE_INSTITUTIONS',
  CIVIL_ORGANISATIONS = 'CIVIL_ORGANISATIONS',
}
describedEnum('SupportBase', SupportBase, 'Who stands behind a tie. In Dutch: draagvlak.', {
  LOCAL_POLITICS: 'The council and its parties.',
  LOCAL_BUSINESS: 'Companies of the place.',
  KNOWLEDGE_INSTITUTIONS: 'Universities and schools.',
  CIVIL_ORGANISATIONS: 'Societies and other organisations.',
});

export enum DialogueTopic {
  HUMAN_RIGHTS = 'HUMAN_RIGHTS',
  LEVEL_PLAYING_FIELD = 'LEVEL_PLAYING_FIELD',
  PROPERTY_RIGHTS = 'PROPERTY_RIGHTS',
}
describedEnum('DialogueTopic', DialogueTopic, 'A difficult subject that a long tie makes room for.', {
  HUMAN_RIGHTS: 'Human rights.',
  LEVEL_PLAYING_FIELD: 'Equal chances for companies of both sides.',
  PROPERTY_RIGHTS: 'Protection of what one owns or invented.',
});
