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
codeList('OrganisationKind', OrganisationKind, 'Kind of organisation.', {
  LOCAL_GOVERNMENT_ASSOCIATION: [
    'An association of local governments, such as VNG.',
    'Vereniging van decentrale overheden',
    'Association of local governments',
    '地方政府协会',
  ],
  IMPLEMENTING_ORGANISATION: [
    'An organisation that carries out programmes, such as VNG International.',
    'Uitvoeringsorganisatie',
    'Implementing organisation',
    '项目执行机构',
  ],
  FRIENDSHIP_ASSOCIATION: [
    'An association for friendship between the two countries, such as CPAFFC.',
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
  CONTACT_POINT: [
    'A desk for questions about China from local governments, companies and knowledge institutions.',
    'Contactpunt',
    'Contact point',
    '联络点',
  ],
  MINISTRY: ['A ministry or commission of a national government.', 'Ministerie', 'Ministry', '部委'],
  GOVERNMENT_NETWORK: [
    'A network within the national government.',
    'Overheidsnetwerk',
    'Government network',
    '政府网络',
  ],
  KNOWLEDGE_NETWORK: [
    'A network that connects experts on China with government.',
    'Kennisnetwerk',
    'Knowledge network',
    '知识网络',
  ],
  RESEARCH_INSTITUTE: [
    'A think tank or research centre, such as Clingendael.',
    'Onderzoeksinstituut',
    'Research institute',
    '研究机构',
  ],
  DIPLOMATIC_POST: [
    'An embassy, a consulate or another diplomatic mission.',
    'Diplomatieke post',
    'Diplomatic post',
    '外交机构',
  ],
  BUSINESS_SUPPORT_OFFICE: [
    'A Netherlands Business Support Office (NBSO), for Dutch companies in places without a diplomatic post.',
    'Netherlands Business Support Office (NBSO)',
    'Netherlands Business Support Office (NBSO)',
    '荷兰贸易促进委员会 (NBSO)',
  ],
  CULTURAL_CENTRE: [
    'A centre that presents the culture of one country in the other.',
    'Cultureel centrum',
    'Cultural centre',
    '文化中心',
  ],
  INTERNATIONAL_ORGANISATION: [
    'An organisation of states or one of its offices, such as the EU Delegation to China.',
    'Internationale organisatie',
    'International organisation',
    '国际组织',
  ],
  CONSULTANCY: [
    'A firm that gives advice or carries out projects for others.',
    'Adviesbureau',
    'Consultancy',
    '咨询公司',
  ],
  REGIONAL_DEVELOPMENT_COMPANY: [
    'A company that develops the economy of a region. In Dutch: regionale ontwikkelingsmaatschappij.',
    'Regionale ontwikkelingsmaatschappij',
    'Regional development company',
    '区域发展公司',
  ],
  INFORMATION_PORTAL: [
    'A website with information about relations between the Netherlands and China.',
    'Informatieportaal',
    'Information portal',
    '信息门户',
  ],
  INVESTMENT_AGENCY: [
    'An office that attracts foreign companies and investors.',
    'Investeringsagentschap',
    'Investment agency',
    '投资促进机构',
  ],
  EDUCATION_OFFICE: [
    'An office abroad for international education, such as Nuffic Neso China.',
    'Onderwijskantoor',
    'Education office',
    '教育办事处',
  ],
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
codeList('ContactPointType', ContactPointType, 'Kind of contact point.', {
  EMAIL: ['An e-mail address of an office.', 'E-mailadres', 'E-mail address', '电子邮箱'],
  POSTAL: ['A postal address.', 'Postadres', 'Postal address', '邮寄地址'],
  ROLE: ['A function to ask for, without the name of a person.', 'Functie', 'Function', '职务'],
  URL: ['A web page.', 'Webpagina', 'Web page', '网页'],
});
