import { describedEnum } from '../graph/enum.js';

export enum OrganisationKind {
  LOCAL_GOVERNMENT_ASSOCIATION = 'LOCAL_GOVERNMENT_ASSOCIATION',
  IMPLEMENTING_ORGANISATION = 'IMPLEMENTING_ORGANISATION',
  FRIENDSHIP_ASSOCIATION = 'FRIENDSHIP_ASSOCIATION',
  GOVERNMENT_AGENCY = 'GOVERNMENT_AGENCY',
  CONTACT_POINT = 'CONTACT_POINT',
  MINISTRY = 'MINISTRY',
  GOVERNMENT_NETWORK = 'GOVERNMENT_NETWORK',
  KNOWLEDGE_NETWORK = 'KNOWLEDGE_NETWORK',
  RESEARCH_INSTITUTE = 'RESEARCH_INSTITUTE',
  DIPLOMATIC_POST = 'DIPLOMATIC_POST',
  BUSINESS_SUPPORT_OFFICE = 'BUSINESS_SUPPORT_OFFICE',
  CULTURAL_CENTRE = 'CULTURAL_CENTRE',
  INTERNATIONAL_ORGANISATION = 'INTERNATIONAL_ORGANISATION',
  CONSULTANCY = 'CONSULTANCY',
  REGIONAL_DEVELOPMENT_COMPANY = 'REGIONAL_DEVELOPMENT_COMPANY',
  INFORMATION_PORTAL = 'INFORMATION_PORTAL',
  INVESTMENT_AGENCY = 'INVESTMENT_AGENCY',
  EDUCATION_OFFICE = 'EDUCATION_OFFICE',
  LOCAL_FOREIGN_AFFAIRS_OFFICE = 'LOCAL_FOREIGN_AFFAIRS_OFFICE',
}
describedEnum('OrganisationKind', OrganisationKind, 'What kind of organisation it is.', {
  LOCAL_GOVERNMENT_ASSOCIATION: 'An association of local governments, such as VNG.',
  IMPLEMENTING_ORGANISATION: 'One that carries out programmes, such as VNG International.',
  FRIENDSHIP_ASSOCIATION: 'One for friendship between the countries, such as CPAFFC.',
  GOVERNMENT_AGENCY: 'An agency of a national government, such as RVO.',
  CONTACT_POINT: 'A desk that local governments can turn to.',
  MINISTRY: 'A ministry.',
  GOVERNMENT_NETWORK: 'A network inside the national government.',
  KNOWLEDGE_NETWORK: 'A network that gathers knowledge.',
  RESEARCH_INSTITUTE: 'An institute that does research.',
  DIPLOMATIC_POST: 'An embassy, a consulate or a delegation.',
  BUSINESS_SUPPORT_OFFICE: 'A Netherlands Business Support Office (NBSO).',
  CULTURAL_CENTRE: 'A cultural centre.',
  INTERNATIONAL_ORGANISATION: 'An organisation of states.',
  CONSULTANCY: 'A firm that advises or carries out for others.',
  REGIONAL_DEVELOPMENT_COMPANY: 'A regional development company. In Dutch: regionale ontwikkelingsmaatschappij.',
  INFORMATION_PORTAL: 'A site that informs.',
  INVESTMENT_AGENCY: 'An agency that attracts investors.',
  EDUCATION_OFFICE: 'An office for education abroad.',
  LOCAL_FOREIGN_AFFAIRS_OFFICE: 'The foreign affairs office of a Chinese local government. In Chinese: 外事办公室.',
});

export enum ContactPointType {
  EMAIL = 'EMAIL',
  POSTAL = 'POSTAL',
  ROLE = 'ROLE',
  URL = 'URL',
}
describedEnum('ContactPointType', ContactPointType, 'What a contact point is.', {
  EMAIL: 'An e-mail address of an office.',
  POSTAL: 'A postal address.',
  ROLE: 'A function to ask for.',
  URL: 'A web page.',
});
