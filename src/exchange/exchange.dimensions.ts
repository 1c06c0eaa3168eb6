import { PROVINCE_DIMENSION_LABELS } from '../authority/authority.enums.js';
import { codeList } from '../graph/types/code-list.js';

export enum ExchangeDimension {
  KIND = 'KIND',
  SUBKIND = 'SUBKIND',
  STATUS = 'STATUS',
  STARTED_YEAR = 'STARTED_YEAR',
  STARTED_DECADE = 'STARTED_DECADE',
  DUTCH_PROVINCE = 'DUTCH_PROVINCE',
  CHINESE_PROVINCE = 'CHINESE_PROVINCE',
  PARTNERSHIP = 'PARTNERSHIP',
  PARTNERSHIP_STATUS = 'PARTNERSHIP_STATUS',
  PROGRAMME = 'PROGRAMME',
  CONFIDENCE = 'CONFIDENCE',
}
codeList('ExchangeDimension', ExchangeDimension, 'Dimensions by which exchanges can be grouped.', {
  KIND: ['By kind.', 'Soort', 'Kind', '类型'],
  SUBKIND: ['By subkind: form or subject.', 'Nadere soort', 'Subkind', '细分类型'],
  STATUS: ['By status: how far the exchange got.', 'Status', 'Status', '状态'],
  STARTED_YEAR: ['By year of the first day.', 'Beginjaar', 'Year of start', '开始年份'],
  STARTED_DECADE: ['By decade: 1990 means 1990–1999.', 'Begindecennium', 'Decade of start', '开始年代'],
  ...PROVINCE_DIMENSION_LABELS,
  PARTNERSHIP: ['By partnership.', 'Band', 'Partnership', '友好关系'],
  PARTNERSHIP_STATUS: [
    "By status of the partnership: today's, or that of the day of `on`.",
    'Status van de band',
    'Status of the partnership',
    '友好关系状态',
  ],
  PROGRAMME: ['By programme.', 'Programma', 'Programme', '项目'],
  CONFIDENCE: ['By how well the record is supported by sources.', 'Betrouwbaarheid', 'Confidence', '可信度'],
});
