import type { MessageLanguage } from '../../messages/message.js';

/** The texts of the page of files. */
interface FilesTexts {
  title: string;
  lead: string;
  list: string;
  records: string;
  formats: string;
  everything: string;
  archive: string;
  dataPackage: string;
  sources: string;
  sourcesAre: string;
  withSources: string;
  withoutSources: string;
  filters: string;
  filterText: string;
  filterFields: (list: string) => string;
  dates: string;
  datesText: string;
  licence: string;
  licenceText: string;
  code: string;
  codeText: string;
}

export const FILES_TEXTS: Readonly<Record<MessageLanguage, FilesTexts>> = {
  nl: {
    title: 'Bestanden',
    lead: 'Alle gegevens van het register als bestand: elke lijst in elk formaat, of alles in één archief.',
    list: 'Lijst',
    records: 'Records',
    formats: 'Formaten',
    everything: 'Alles in één keer',
    archive: 'Archief met alle lijsten als CSV, hun beschrijving en de licentie',
    dataPackage: 'Beschrijving van alle kolommen, typen en codelijsten (Data Package)',
    sources: 'Bronnen',
    sourcesAre:
      'Met bronnen hebben de bestanden ook de bronnen van elk record met de gegevens die ze ondersteunen; een werkmap heeft ze ook op een eigen blad.',
    withSources: 'Met bronnen',
    withoutSources: 'Zonder bronnen',
    filters: 'Een deel van een lijst',
    filterText:
      'De parameter filter neemt een filter van de API, orderBy een volgorde, en knownAt een moment waarop het register zo bekend was. Bijvoorbeeld:',
    filterFields: list => `Velden van het filter: ${list.toLowerCase()}`,
    dates: 'Datums',
    datesText:
      'Een datum is zo precies als bekend: 1979, 1979-11 of 1979-11-23. In CSV, XLSX en Parquet staan ernaast de vroegste en de laatste dag die de datum kan zijn, zoals startedOn.earliest en startedOn.latest.',
    licence: 'Licentie',
    licenceText: 'U mag de gegevens delen en bewerken, ook commercieel, als u de bron noemt.',
    code: 'Code om mee te nemen',
    codeText: 'Deze code leest de lijst van banden. Vervang de naam van de lijst voor een andere.',
  },
  en: {
    title: 'Files',
    lead: 'All facts of the register as files: each list in each format, or everything in one archive.',
    list: 'List',
    records: 'Records',
    formats: 'Formats',
    everything: 'Everything at once',
    archive: 'Archive of all lists as CSV, their description, and the licence',
    dataPackage: 'Description of all columns, types and code lists (Data Package)',
    sources: 'Sources',
    sourcesAre:
      'With sources, the files also have the sources of each record, with the facts that they support; a workbook also has them on a sheet of their own.',
    withSources: 'With sources',
    withoutSources: 'Without sources',
    filters: 'A part of a list',
    filterText:
      'The parameter filter takes a filter of the API, orderBy an order, and knownAt a moment at which the register was known so. For example:',
    filterFields: list => `Fields of the filter: ${list.toLowerCase()}`,
    dates: 'Dates',
    datesText:
      'A date is as exact as known: 1979, 1979-11 or 1979-11-23. In CSV, XLSX and Parquet the earliest and the latest day that it can be are beside it, such as startedOn.earliest and startedOn.latest.',
    licence: 'Licence',
    licenceText: 'You may share and adapt the facts, also commercially, if you name the source.',
    code: 'Code to take away',
    codeText: 'This code reads the list of partnerships. Replace the name of the list for another one.',
  },
  zh: {
    title: '文件',
    lead: '登记册的全部数据均可下载：每个列表有多种格式，也可一次下载全部。',
    list: '列表',
    records: '记录数',
    formats: '格式',
    everything: '一次下载全部',
    archive: '压缩包：所有列表（CSV）、说明和许可协议',
    dataPackage: '所有列、类型和代码表的说明（Data Package）',
    sources: '来源',
    sourcesAre: '选择“含来源”时，文件还包含每条记录的来源及其所证实的内容；工作簿另有一张来源工作表。',
    withSources: '含来源',
    withoutSources: '不含来源',
    filters: '列表的一部分',
    filterText: '参数 filter 接受 API 的筛选条件，orderBy 指定排序，knownAt 指定登记册当时已知的时刻。例如：',
    filterFields: list => `筛选字段：${list}`,
    dates: '日期',
    datesText:
      '日期按已知的精确程度给出：1979、1979-11 或 1979-11-23。CSV、XLSX 和 Parquet 另有该日期可能的最早日和最晚日，如 startedOn.earliest 和 startedOn.latest。',
    licence: '许可协议',
    licenceText: '注明来源即可共享和演绎这些数据，包括商业用途。',
    code: '可带走的代码',
    codeText: '以下代码读取友好关系列表。改用其他列表时，请替换列表名称。',
  },
};
