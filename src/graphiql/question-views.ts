import type { View } from './bar/navigation-texts.js';

/** View in which each question opens, by its file name in test/questions. */
export const VIEW_OF_QUESTION: Readonly<Record<string, View>> = {
  '01-earliest-tie': 'Table',
  '02-ended-between-two-days': 'Table',
  '03-status-on-a-day': 'Table',
  '04-province-and-its-municipalities': 'Timeline',
  '05-search-in-any-language': 'Table',
  '06-search-by-hanzi': 'Table',
  '07-provinces-with-and-without-a-tie': 'Table',
  '08-municipal-ties-by-province': 'Chart',
  '09-ties-of-one-province': 'Table',
  '10-ties-by-decade-and-status': 'Chart',
  '11-active-on-a-day': 'Timeline',
  '12-fifty-years': 'Table',
  '13-origins': 'Chart',
  '14-at-the-request-of-the-state': 'Table',
  '15-encouraged-by-their-province': 'Table',
  '16-approached-or-asked': 'Table',
  '17-motives-support-and-dialogue': 'Table',
  '18-themes': 'Chart',
  '19-kinds-of-exchanges': 'Chart',
  '20-exchanges-by-kind-and-decade': 'Chart',
  '21-museums-arts-and-schools': 'Table',
  '22-culture-under-ended-ties': 'Table',
  '23-ended-or-dormant-and-why': 'Table',
  '24-evidence-of-one-tie': 'Table',
  '25-sources-that-disagree': 'Table',
  '26-partners-of-the-hague': 'Table',
  '27-within-a-chinese-province': 'Table',
  '28-most-ties': 'Table',
  '29-vng-international-portfolio': 'Timeline',
  '30-new-programmes-of-2021': 'Table',
  '31-information-and-contact-point': 'Table',
  '32-vng-and-cpaffc': 'Table',
  '33-planned-but-not-seen-to-happen': 'Table',
  '34-what-to-check-first': 'Table',
  '35-and-or-not': 'Table',
  '36-newest-from-the-back': 'Table',
  '37-records-by-id-and-code': 'Table',
  '38-all-ties-on-the-map': 'Map',
  '39-ties-on-a-day': 'Map',
  '40-ties-over-time': 'Timeline',
  '41-ties-by-province': 'Chart',
  '42-history-that-people-read': 'Table',
  '43-one-label-for-all': 'Table',
  '44-newest-changes': 'Table',
  '45-as-it-stood': 'Table',
  '46-one-bad-argument': 'Table',
  '47-ties-by-province-decade-and-status': 'Chart',
  '48-ended-or-dormant-by-whom': 'Table',
  '49-network-of-an-authority': 'Network',
};

/** List of the table that a question opens with, where it is not the first. */
const LIST_OF_QUESTION: Readonly<Record<string, string>> = {
  '48-ended-or-dormant-by-whom': 'ended.statusPeriods',
};

/** Returns the path of the list that the table of a question opens with; undefined for the first. */
export const listOf = (question: string | undefined): string | undefined => LIST_OF_QUESTION[question ?? ''];

/** Returns the view of a question; the table for one that is not listed. */
export const viewOf = (question: string): View => VIEW_OF_QUESTION[question] ?? 'Table';
