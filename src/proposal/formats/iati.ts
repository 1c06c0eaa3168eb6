import { SubjectType } from '../../change/change.js';
import { truncate } from '../../graph/errors.js';
import { message } from '../../messages/message.js';
import { ProposalOrigin } from '../proposal.enums.js';
import type { ProposalRow } from '../row.js';
import type { FileFormat } from './file-format.js';
import { activityHandler, all, clean, type Element } from './iati-elements.js';
import { notOf, rowWithProblem } from './publisher.js';
import { parseXml } from './xml.js';

const PIECE_BYTES = 65_536;
const LANGUAGES = ['nl', 'en', 'zh'];
/** The roles of participating organisations, by their code. */
const [FUNDING, IMPLEMENTING] = ['1', '4'];
/** The types of dates: what happened counts before what was planned. */
const [STARTS, ENDS] = [
  ['2', '1'],
  ['4', '3'],
];
/** The type of a budget that was revised; the type of an original one is 1, or left out. */
const REVISED = '2';

/** Returns the narratives of an element by language; one without a language is in that of the activity. */
function narratives(element: Element | undefined, language: string): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { attributes, text } of element ? all(element, 'narrative') : []) {
    const key = (attributes['xml:lang'] || language).slice(0, 2).toLowerCase();
    if (clean(text) && !texts.has(key)) texts.set(key, clean(text));
  }
  return texts;
}

/** Returns a text in English, or in the first language that it has. */
const narrative = (element: Element | undefined, language: string): string | undefined => {
  const texts = narratives(element, language);
  return texts.get('en') ?? texts.values().next().value;
};

function dateOf(activity: Element, types: readonly string[]): string | undefined {
  const dates = all(activity, 'activity-date');
  const first = types
    .map(type => dates.find(({ attributes }) => attributes.type === type))
    .find(date => date !== undefined);
  return first?.attributes['iso-date']?.slice(0, 10);
}

const isRevised = ({ attributes }: Element): boolean => attributes.type === REVISED;
const periodOf = (budget: Element): string =>
  ['period-start', 'period-end'].map(name => all(budget, name)[0]?.attributes['iso-date']?.slice(0, 10)).join();

/**
 * Returns the sum of the budgets in euros; undefined if one is in another currency. An activity still has the original budget
 * of a period after a revised one replaced it.
 */
function budgetOf(activity: Element): number | undefined {
  const budgets = all(activity, 'budget');
  const revised = new Set(budgets.filter(isRevised).map(periodOf));
  const counted = budgets.filter(budget => isRevised(budget) || !revised.has(periodOf(budget)));
  const values = counted.flatMap(budget => all(budget, 'value'));
  const currencies = values.map(({ attributes }) => attributes.currency || activity.attributes['default-currency']);
  const sum = values.reduce((total, { text }) => total + Number(clean(text)), 0);
  return values.length && currencies.every(currency => currency === 'EUR') && Number.isFinite(sum) ? sum : undefined;
}

const isInChina = (activity: Element): boolean =>
  [activity, ...all(activity, 'transaction')].some(element =>
    all(element, 'recipient-country').some(({ attributes }) => attributes.code === 'CN'),
  );

function rowOf(activity: Element, index: number): ProposalRow {
  const iatiId = clean(all(activity, 'iati-identifier')[0]?.text ?? '');
  if (!iatiId) {
    const problem = message('PUBLISHER_VALUE_MISSING', { element: 'iati-identifier', value: '""' });
    return rowWithProblem(`activity ${index}`, 'iatiId', problem);
  }
  const language = activity.attributes['xml:lang'] || 'en';
  const titles = narratives(all(activity, 'title')[0], language);
  const named = LANGUAGES.filter(code => titles.has(code));
  const descriptions = all(activity, 'description');
  const general = descriptions.find(({ attributes }) => (attributes.type ?? '1') === '1') ?? descriptions[0];
  const partners = (role: string) =>
    all(activity, 'participating-org')
      .filter(({ attributes }) => attributes.role === role)
      .flatMap(partner => narrative(partner, language) ?? []);
  const values = {
    iatiId,
    // A title in another language is better than none.
    ...(named.length === 0 && titles.size > 0 && { 'names.en': [...titles.values()][0] }),
    ...Object.fromEntries(named.map(code => [`names.${code}`, titles.get(code)])),
    description: narrative(general, language),
    startedOn: dateOf(activity, STARTS as string[]),
    endedOn: dateOf(activity, ENDS as string[]),
    funder: partners(FUNDING as string).join('; ') || undefined,
    implementer: partners(IMPLEMENTING as string).join('; ') || undefined,
    budgetEur: budgetOf(activity),
  };
  // An activity says nothing of the register by what it leaves out.
  const stated = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
  return { place: truncate(`activity ${iatiId}`, 120), values: Object.fromEntries(stated) };
}

function* pieces(file: Buffer): Generator<Uint8Array> {
  for (let start = 0; start < file.length; start += PIECE_BYTES) yield file.subarray(start, start + PIECE_BYTES);
}

/** Activities of IATI 2.03 with China as a recipient country; others are not about the register. */
export const iati: FileFormat = {
  name: 'iati',
  origin: ProposalOrigin.IATI,
  concept: SubjectType.PROGRAMME,
  source: { title: 'IATI activities', publisher: 'International Aid Transparency Initiative' },
  async *rows(file) {
    let isIati = false;
    let index = 0;
    const activities = parseXml<Element>(pieces(file), 'activities', (emit, parser) => {
      const { open, ...handler } = activityHandler(emit, parser);
      return {
        ...handler,
        open(name, attributes) {
          if (name === 'iati-activities') isIati = true;
          open?.(name, attributes);
        },
      };
    });
    for await (const activity of activities) {
      index += 1;
      if (isInChina(activity)) yield rowOf(activity, index);
    }
    if (!isIati) throw notOf('IATI', 'iati-activities');
  },
};
