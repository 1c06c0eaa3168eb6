import { SubjectType } from '../../change/change.js';
import { abbreviate } from '../../graph/errors.js';
import { message } from '../../messages/message.js';
import { IF_NEW } from '../parsed-row.js';
import { ProposalOrigin } from '../proposal.enums.js';
import type { ProposalRow } from '../row.js';
import { distinctDates, STATEMENTS, type Statement, statementOf } from '../wikidata-statement.js';
import type { FileFormat } from './file-format.js';
import { listOfJson, rowWithProblem } from './publisher.js';

/** A row of SPARQL results: values by variable. */
type Binding = Readonly<Record<string, { type?: unknown; value?: unknown } | undefined>>;

/** All statements on one tie. */
interface Tie {
  dutch: string;
  chinese: string;
  labels: { dutch: string | undefined; chinese: string | undefined };
  statements: Map<string, Statement>;
}

const ITEM = /^https?:\/\/www\.wikidata\.org\/entity\/(Q\d{1,12})$/;

function textAt(binding: Binding, name: string): string | undefined {
  const value = binding[name]?.value;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const itemAt = (binding: Binding, name: string): string | undefined => ITEM.exec(textAt(binding, name) ?? '')?.[1];

/** Returns a label; without one, the label service of Wikidata answers with the id of the item. */
function labelAt(binding: Binding, name: string): string | undefined {
  const label = textAt(binding, name);
  return label && !/^Q\d+$/.test(label) ? label : undefined;
}

/**
 * Returns a time as exact as it is stated: 9 is a year, 10 a month, 11 a day, and below 9 is no date of ours. Without its
 * precision, 1 January is a year: that is how Wikidata writes years.
 */
function dateAt(binding: Binding, name: string): string | undefined {
  const [, year, month, day] = /^\+?(\d{4})-(\d{2})-(\d{2})T/.exec(textAt(binding, name) ?? '') ?? [];
  if (!year || !month || !day) return undefined;
  const stated = Number(textAt(binding, `${name}Precision`) ?? (`${month}-${day}` === '01-01' ? 9 : 11));
  if (stated < 9) return undefined;
  return [year, month, day].slice(0, stated - 8).join('-');
}

function collect(ties: Map<string, Tie>, binding: Binding): void {
  const [dutch, chinese] = [itemAt(binding, 'dutch') as string, itemAt(binding, 'chinese') as string];
  const key = `${dutch} – ${chinese}`;
  const labels = { dutch: labelAt(binding, 'dutchLabel'), chinese: labelAt(binding, 'chineseLabel') };
  const tie = ties.get(key) ?? { dutch, chinese, labels, statements: new Map() };
  ties.set(key, tie);
  const id = textAt(binding, 'statement') ?? '';
  const statement = tie.statements.get(id) ?? {
    id,
    subject: itemAt(binding, 'subject') ?? '',
    rank: textAt(binding, 'rank')?.replace(/^.*#/, '') ?? 'NormalRank',
    starts: new Set<string>(),
    ends: new Set<string>(),
    references: new Set<string>(),
  };
  tie.statements.set(id, statement);
  // A statement has a row for each of its references, and for each start and end if it has several.
  const [start, end] = [dateAt(binding, 'start'), dateAt(binding, 'end')];
  if (start) statement.starts.add(start);
  if (end) statement.ends.add(end);
  const reference = textAt(binding, 'referenceUrl');
  if (reference) statement.references.add(reference);
}

function rowOf(key: string, { dutch, chinese, labels, statements }: Tie): ProposalRow {
  const current = [...statements.values()].filter(({ rank }) => rank !== 'DeprecatedRank');
  if (current.length === 0) return rowWithProblem(key, 'rank', message('STATEMENTS_DEPRECATED', {}));
  const preferred = current.filter(({ rank }) => rank === 'PreferredRank');
  const best = preferred.length ? preferred : current;
  const subjects = new Set(current.map(({ subject }) => subject));
  const references = [...new Set(best.flatMap(statement => [...statement.references]))];
  const marks = [
    ...(subjects.has(dutch) && subjects.has(chinese) ? [] : [`one-sided, stated by ${[...subjects].join(', ')}`]),
    ...(references.length ? [`references ${references.join(' ')}`] : []),
  ];
  const place = marks.length ? `${key} (${marks.join('; ')})` : key;
  const starts = distinctDates(best.flatMap(statement => [...statement.starts]));
  const ends = distinctDates(best.flatMap(statement => [...statement.ends]));
  for (const [field, values] of [
    ['startedOn', starts],
    ['endedOn', ends],
  ] as const) {
    if (values.length < 2) continue;
    return rowWithProblem(place, field, message('STATEMENTS_DIFFER', { field, values: values.join(', ') }));
  }
  return {
    place,
    values: {
      'dutch.wikidataId': dutch,
      'chinese.wikidataId': chinese,
      ...(labels.dutch && { 'dutch.name': labels.dutch }),
      ...(labels.chinese && { 'chinese.name': labels.chinese }),
      ...(starts[0] && { startedOn: starts[0] }),
      ...(ends[0] && { status: 'ENDED', endedOn: ends[0] }),
      // P190 does not tell sister cities from other ties.
      [`${IF_NEW}kind`]: 'UNKNOWN',
      [STATEMENTS]: best.map(statementOf),
    },
  };
}

/** Results of the query in README.md, as query.wikidata.org serves them. A row per tie, also if both sides state it. */
export const wikidata: FileFormat = {
  name: 'wikidata',
  origin: ProposalOrigin.WIKIDATA,
  concept: SubjectType.PARTNERSHIP,
  source: { title: 'Twinned administrative bodies (P190)', publisher: 'Wikidata', url: 'https://www.wikidata.org/' },
  *rows(file) {
    const ties = new Map<string, Tie>();
    for (const [index, binding] of listOfJson(file, 'Wikidata', 'results', 'bindings').entries()) {
      const row = Object(binding) as Binding;
      const missing = ['dutch', 'chinese'].find(name => itemAt(row, name) === undefined);
      if (missing === undefined) collect(ties, row);
      // A value that is stated to be unknown is a node without a name.
      else {
        const params = { element: missing, value: abbreviate(textAt(row, missing) ?? null) };
        yield rowWithProblem(
          `result ${index + 1}`,
          `${missing}.wikidataId`,
          message('PUBLISHER_VALUE_MISSING', params),
        );
      }
    }
    for (const [key, tie] of ties) yield rowOf(key, tie);
  },
};
