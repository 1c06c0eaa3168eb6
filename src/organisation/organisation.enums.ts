import { codeList } from '../graph/types/code-list.js';

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
codeList('OrganisationKind', OrganisationKind, 'What kind of organisation it is.', {
  LOCAL_GOVERNMENT_ASSOCIATION: [
    'An association of local governments, such as VNG.',
    'Vereniging van decentrale overheden',
    'Association of local governments',
    '地方政府协会',
  ],
  IMPLEMENTING_ORGANISATION: [
    'One that carries out programmes, such as VNG International.',
    'Uitvoeringsorganisatie',
    'Implementing organisation',
    '项目执行机构',
  ],
  FRIENDSHIP_ASSOCIATION: [
    'One for friendship between the countries, such as CPAFFC.',
    'Vriendschapsvereniging',
    'Friendship association',
    '友好协会',
  ],
  GOVERNMENT_AGENCY: [
    'An agency of a national government, such as RVO.',
    'Overheidsdienst',
    'Government agency',
    '政府机构',
  ],
  CONTACT_POINT: ['A desk that local governments can turn to.', 'Contactpunt', 'Contact point', '联络点'],
  MINISTRY: ['A ministry.', 'Ministerie', 'Ministry', '部委'],
  GOVERNMENT_NETWORK: [
    'A network inside the national government.',
    'Overheidsnetwerk',
    'Government network',
    '政府网络',
  ],
  KNOWLEDGE_NETWORK: ['A network that gathers knowledge.', 'Kennisnetwerk', 'Knowledge network', '知识网络'],
  RESEARCH_INSTITUTE: ['An institute that does research.', 'Onderzoeksinstituut', 'Research institute', '研究机构'],
  DIPLOMATIC_POST: ['An embassy, a consulate or a delegation.', 'Diplomatieke post', 'Diplomatic post', '外交机构'],
  BUSINESS_SUPPORT_OFFICE: [
    'A Netherlands Business Support Office (NBSO).',
    'Netherlands Business Support Office (NBSO)',
    'Netherlands Business Support Office (NBSO)',
    '荷兰贸易促进委员会 (NBSO)',
  ],
  CULTURAL_CENTRE: ['A cultural centre.', 'Cultureel centrum', 'Cultural centre', '文化中心'],
  INTERNATIONAL_ORGANISATION: [
    'An organisation of states.',
    'Internationale organisatie',
    'International organisation',
    '国际组织',
  ],
  CONSULTANCY: ['A firm that advises or carries out for others.', 'Adviesbureau', 'Consultancy', '咨询公司'],
  REGIONAL_DEVELOPMENT_COMPANY: [
    'A regional development company. In Dutch: regionale ontwikkelingsmaatschappij.',
    'Regionale ontwikkelingsmaatschappij',
    'Regional development company',
    '区域发展公司',
  ],
  INFORMATION_PORTAL: ['A site that informs.', 'Informatieportaal', 'Information portal', '信息门户'],
  INVESTMENT_AGENCY: [
    'An agency that attracts investors.',
    'Investeringsagentschap',
    'Investment agency',
    '投资促进机构',
  ],
  EDUCATION_OFFICE: ['An office for education abroad.', 'Onderwijskantoor', 'Education office', '教育办事处'],
  LOCAL_FOREIGN_AFFAIRS_OFFICE: [
    'The foreign affairs office of a Chinese local government. In Chinese: 外事办公室.',
    'Lokaal bureau buitenlandse zaken',
    'Local foreign affairs office',
    '地方外事办公室',
  ],
});

export enum ContactPointType {
  EMAIL = 'EMAIL',
  POSTAL = 'POSTAL',
  ROLE = 'ROLE',
  URL = 'URL',
}
codeList('ContactPointType', ContactPointType, 'What a contact point is.', {
  EMAIL: ['An e-mail address of an office.', 'E-mailadres', 'E-mail address', '电子邮箱'],
  POSTAL: ['A postal address.', 'Postadres', 'Postal address', '邮寄地址'],
  ROLE: ['A function to ask for.', 'Functie', 'Function', '职务'],
  URL: ['A web page.', 'Webpagina', 'Web page', '网页'],
});
