/** The explanations below the titles of questions, by the name of their operation. */
export const EXPLANATIONS: Readonly<Record<string, readonly [nl: string, en: string, zh: string]>> = {
  EarliestTie: [
    'De band met de vroegste bekende begindatum; banden waarvan het begin niet bekend is, tellen wel mee in het aantal.',
    'The tie with the earliest known start; ties whose start is not known count in the total.',
    '开始日期已知且最早的友好关系；开始日期未知的也计入总数。',
  ],
  EndedBetween: [
    'Banden met een einddatum tussen de twee dagen, de gemeenten en de provincies apart.',
    'Ties with an end between the two days, those of municipalities and of provinces apart.',
    '终止日期在两个日期之间的友好关系，市和省分别列出。',
  ],
  StatusOnADay: [
    'De status op een dag volgt uit de statusperioden van de band.',
    'The status on a day follows from the status periods of the tie.',
    '某一天的状态由该友好关系的各状态时期得出。',
  ],
  ProvinceAndItsMunicipalities: [
    'De banden van gemeenten die binnen de band van hun provincies vallen, elk met ten hoogste vijf uitwisselingen.',
    'Ties of municipalities within the tie of their provinces, each with at most five exchanges.',
    '省级关系之内的市级友好关系，每个最多列出五项交流活动。',
  ],
  SearchInAnyLanguage: [
    'Vier keer zoeken, elk in een andere taal of een ander schrift.',
    'Four searches, each in another language or script.',
    '四次搜索，各用一种语言或文字。',
  ],
  SearchByHanzi: [
    'Eén hanzi is genoeg om te zoeken. De volgorde telt: 海上 is niet 上海.',
    'One hanzi is enough to search. The order counts: 海上 is not 上海.',
    '一个汉字就可以搜索。顺序有区别：海上不是上海。',
  ],
  ProvincesWithAndWithoutATie: [
    'Alleen banden van de provincie zelf tellen, niet die van haar gemeenten.',
    'Only ties of the province itself count, not those of its municipalities.',
    '只计省本身的友好关系，不计其下属市的。',
  ],
  MunicipalTiesByProvince: [
    'Geteld zijn alle banden van gemeenten, ook de beëindigde; een overheid met meer banden telt één keer als overheid.',
    'All ties of municipalities count, also those that ended; an authority with several ties counts once as an authority.',
    '计入所有市级友好关系，包括已终止的；有多个关系的政府只计一次。',
  ],
  TiesOfOneProvince: [
    'De banden van een provincie naar keuze, en die van elke gemeente daarin.',
    'The ties of a province that you choose, and those of each municipality in it.',
    '所选省的友好关系，以及其中每个市的友好关系。',
  ],
  TiesByDecadeAndStatus: [
    'Banden geteld naar het decennium waarin ze begonnen en hun status van nu.',
    'Ties counted by the decade in which they began and by their present status.',
    '按开始年代和当前状态统计的友好关系。',
  ],
  ActiveOnADay: [
    'Alleen banden waarvan bekend is dat ze die dag actief waren; van andere kan dat onbekend zijn.',
    'Only ties that are known to have been active on the day; of others it may not be known.',
    '只列出已知当天处于活跃状态的友好关系；其他的可能未知。',
  ],
  FiftyYears: [
    'Aantallen overheden met een band, ook een beëindigde, en de twaalf Nederlandse met de meeste.',
    'Numbers of authorities with a tie, also one that ended, and the twelve Dutch ones with the most.',
    '有友好关系（包括已终止的）的政府数量，以及关系最多的十二个荷兰政府。',
  ],
  Origins: [
    'Wie de aanzet gaf, voor zover een bron het zegt; van de meeste banden is het niet bekend.',
    'The initiator, as far as a source says so; for most ties it is not known.',
    '来源所说的发起方；多数友好关系的发起方未知。',
  ],
  AtTheRequestOfTheState: [
    'Banden waarvan een bron zegt dat het rijk erom vroeg, met die bronnen.',
    'Ties of which a source says that the national government asked for them, with the sources.',
    '来源称应中央政府请求建立的友好关系及其来源。',
  ],
  EncouragedByTheirProvince: [
    'Banden die door de provincie zijn aangemoedigd, met de band waar ze uit voortkwamen.',
    'Ties that the province encouraged, with the tie that they came from.',
    '由省鼓励建立的友好关系，以及它们源自的关系。',
  ],
  ApproachedOrAsked: [
    'Twee manieren waarop een band begon, voor zover bronnen het zeggen.',
    'Two ways in which a tie began, as far as sources say so.',
    '来源所述的友好关系的两种起因。',
  ],
  MotivesSupportAndDialogue: [
    'Geen bron noemt dit nog voor een enkele band, en dan zegt het register niets in plaats van te raden.',
    'No source names these for a single tie yet, so the register says nothing instead of guessing.',
    '尚无来源就单个友好关系说明这些，因此登记册不作猜测。',
  ],
  Themes: [
    'Een band telt bij elk van zijn thema’s één keer.',
    'A tie counts once for each of its themes.',
    '每个友好关系在其每个主题下各计一次。',
  ],
  KindsOfExchanges: [
    'Alle uitwisselingen naar soort en subsoort, met het eerste en het laatste begin.',
    'All exchanges by kind and subkind, with the first and the last start.',
    '按类别和子类别统计的全部交流活动，以及最早和最晚的开始。',
  ],
  ExchangesByKindAndDecade: [
    'Uitwisselingen geteld naar soort en naar het decennium waarin ze begonnen.',
    'Exchanges counted by kind and by the decade in which they began.',
    '按类别和开始年代统计的交流活动。',
  ],
  MuseumsArtsAndSchools: [
    'Een lijst die leeg is, zegt alleen dat het register er geen kent.',
    'An empty list says only that the register knows none.',
    '空列表只表示登记册中没有。',
  ],
  CultureUnderEndedTies: [
    'Culturele uitwisselingen met de band waar ze bij hoorden, en hoe die er nu voor staat.',
    'Cultural exchanges with the tie that they belonged to, and its present status.',
    '文化交流活动及其所属的友好关系和当前状态。',
  ],
  EndedOrDormantAndWhy: [
    'Met de statusperioden, de vastgelegde reden en de bronnen; de opmerkingen zeggen wat bronnen nog niet zeggen.',
    'With the status periods, the recorded reason and the sources; the notes say what sources do not say yet.',
    '附状态时期、登记的原因和来源；备注说明来源尚未说明的内容。',
  ],
  EndedOrDormantByWhom: [
    'Wie besloot, waarom, en welke bronnen dat melden; „onbekend” als geen bron zegt wie besloot.',
    'The decision maker, the reason, and the sources that report them; “unknown” if no source says who decided.',
    '决定者、原因以及相关来源；没有来源说明决定者时为“未知”。',
  ],
  EvidenceOfOneTie: [
    'Elk gegeven van één band, en bij elke bron wat zij ondersteunt.',
    'Each fact of one tie, and for each source what it supports.',
    '一个友好关系的各项事实，以及每个来源所证实的内容。',
  ],
  SourcesThatDisagree: [
    'Banden met tegenstrijdige bronnen. De opmerkingen zeggen waarin ze verschillen.',
    'Ties with conflicting sources. The notes say how they differ.',
    '来源相互矛盾的友好关系。备注说明其差异。',
  ],
  PartnersOfTheHague: [
    'De partners van één gemeente, gevonden met haar CBS-code, met het laatste bewijs van elke band.',
    'The partners of one municipality, found by its CBS code, with the last evidence of each tie.',
    '用荷兰统计局代码查到的一个市的伙伴，以及每个关系的最近证据。',
  ],
  WithinAChineseProvince: [
    'Overheden binnen de provincie met een band, op elk niveau, met hun code volgens GB/T 2260.',
    'Authorities within the province with a tie, at every level, with their GB/T 2260 code.',
    '省内各级有友好关系的政府及其 GB/T 2260 代码。',
  ],
  MostTies: [
    'Twee lijsten van vijf, het grootste aantal eerst.',
    'Two lists of five, the largest number first.',
    '两份各五项的列表，数量最多的在前。',
  ],
  VngInternationalPortfolio: [
    'Programma’s in de portefeuille, met bedragen en de bron die elk gegeven ondersteunt.',
    'Programmes in the portfolio, with amounts and the source that supports each fact.',
    '项目组合中的项目、金额以及证实各项事实的来源。',
  ],
  NewProgrammesOf2021: [
    'Programma’s van de organisatie die in 2021 begonnen.',
    'Programmes of the organisation that began in 2021.',
    '该机构于 2021 年开始的项目。',
  ],
  InformationAndContactPoint: [
    'Contactpunten zoals ze in een bron staan, met waar ze gezien zijn.',
    'Contact points as a source has them, with the place where they were seen.',
    '来源中所载的联系方式及其出处。',
  ],
  VngAndCpaffc: [
    'De twee verenigingen met hun programma’s, en waar CPAFFC verder in het register staat.',
    'The two associations with their programmes, and the other records that mention CPAFFC.',
    '两个协会及其项目，以及登记册中提到中国人民对外友好协会的其他记录。',
  ],
  PlannedButNotSeenToHappen: [
    'Dat er geen bron is, wil niet zeggen dat het niet doorging.',
    'That there is no source does not mean that it did not take place.',
    '没有来源并不表示没有举行。',
  ],
  WhatToCheckFirst: [
    'De tien banden met onbekende status waarvan het bewijs het oudst is, of ontbreekt.',
    'The ten ties of unknown status whose evidence is oldest, or missing.',
    '状态未知且证据最旧或缺失的十个友好关系。',
  ],
  AndOrNot: [
    'Een vraag met en, of en niet: zo combineert u voorwaarden.',
    'A question with and, or and not: the way to combine conditions.',
    '含“且”“或”“非”的问题：演示如何组合条件。',
  ],
  NewestFromTheBack: [
    'De vier laatst begonnen banden; waarvan het begin niet bekend is, staan er niet bij.',
    'The four ties that began last; those whose start is not known are left out.',
    '最晚开始的四个友好关系；开始日期未知的不在其中。',
  ],
  RecordsByIdAndCode: [
    'Een id die niet bestaat, geeft een lege plaats.',
    'An id that does not exist gives an empty place.',
    '不存在的标识得到空位。',
  ],
  AllTiesOnTheMap: [
    'Alle banden met hun plaatsen; de werkbank tekent er een kaart van.',
    'All ties with their places; the desk draws a map of them.',
    '所有友好关系及其地点；工作台据此绘制地图。',
  ],
  TiesOnADay: [
    'Alle banden, met hun status op die dag; van een deel is die niet bekend.',
    'All ties, with their status on the day; of some it is not known.',
    '所有友好关系及其当天的状态；部分状态不详。',
  ],
  TiesOverTime: [
    'Banden waarvan het begin bekend is, met hun perioden en uitwisselingen, en de programma’s ernaast.',
    'Ties whose start is known, with their periods and exchanges, and the programmes beside them.',
    '开始日期已知的友好关系及其时期和交流活动，以及同期的项目。',
  ],
  TiesByProvince: [
    'Banden van de provincie en haar gemeenten samen, naar hun status van nu.',
    'Ties of the province and its municipalities together, by their present status.',
    '省及其各市的友好关系合计，按当前状态。',
  ],
  TiesByProvinceDecadeAndStatus: [
    'Banden van de provincie en haar gemeenten samen, naar het decennium waarin ze begonnen en hun status van nu.',
    'Ties of the province and its municipalities together, by the decade in which they began and their present status.',
    '省及其各市的友好关系合计，按开始年代和当前状态。',
  ],
  NetworkOfAnAuthority: [
    'De banden van een overheid naar keuze, en de banden van elke partner daarvan.',
    'The ties of an authority that you choose, and those of each of its partners.',
    '所选政府的友好关系，以及其每个伙伴的友好关系。',
  ],
  HistoryThatPeopleRead: [
    'De wijzigingen van één band, met de waarden ervoor en erna in woorden.',
    'The changes of one tie, with the values before and after in words.',
    '一个友好关系的变更，以文字列出前后的值。',
  ],
  OneLabelForAll: [
    'Elk gegeven heeft een naam in de taal van de lezer, of in een andere als die er niet is.',
    'Each record has a label in the language of the reader, or in another one if there is none.',
    '每条记录都有读者语言的名称；没有时用其他语言。',
  ],
  NewestChanges: [
    'De vijf laatste wijzigingen, de nieuwste onderaan.',
    'The five last changes, the newest at the bottom.',
    '最近五次变更，最新的在最后。',
  ],
  AsItStood: [
    'Aantallen en lijst van dezelfde dag. Wat niet bekend is, telt als onbekend.',
    'Counts and list of the same day. What is not known counts as unknown.',
    '同一天的数量和列表。不知道的计为未知。',
  ],
  OneBadArgument: [
    'Een fout in één deel laat de rest van het antwoord staan.',
    'An error in one part leaves the rest of the answer as it is.',
    '一个部分的错误不影响答案的其余部分。',
  ],
};
