// Formats the measurements: tables in Markdown that a person can read.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { titles } from './contestants/process.mjs';
import { cell, cpuText, digits, judged, ratios, table, thousands } from './figures.mjs';
import { CONNECTIONS, generator } from './measure/load.mjs';
import {
  CACHED_THROUGHPUT,
  COLD_MERCURIUS,
  FIRST_ANSWER,
  PAGE_500,
  PAST,
  rivals,
  SCALED,
  STATEMENTS,
  UNCHANGED,
  VISIBLE,
  WITH_VERSIONS,
} from './targets.mjs';

/**
 * The whole report.
 *
 * @param run `measured`: by database `{ name, title, results: Map<question, Map<contestant, summary>>, statements }`;
 * `aside`: first answers, the price of an unchanged answer, when a change is seen; `pasts`: what versions cost.
 */
export function report({ measured, aside, pasts, machine, hasCache }) {
  const parts = [machineText(machine)];
  if (!hasCache)
    parts.push(
      '**No response cache yet**: "ours cached" is the same server as "ours", started without `RESPONSE_CACHE=off`.',
    );
  for (const database of measured) parts.push(...databaseText(database));
  parts.push(...acrossText(measured));
  for (const { cold } of measured) if (cold) parts.push(coldText(cold));
  if (aside) parts.push(...asideText(aside));
  parts.push(...pasts.map(pastText));
  return parts.join('\n\n');
}

const slices = ({ rounds, seconds }) => `${rounds} × ${seconds} s`;

function machineText({ date, commit, node, postgres, hasStatements, quick, runs, timing: { register, scaled } }) {
  const [{ model }] = cpus();
  return [
    `${date}, ${commit}: ${cpus().length} cores (${model}), ${Math.round(totalmem() / 2 ** 30)} GB, Node ${node}, PostgreSQL ${postgres} (random_page_cost 1.1, which ours sets to 1 for its connections, jit off, shared_buffers 1 GB), ${generator} with ${CONNECTIONS} connections on the same machine.`,
    `${quick ? 'One run' : `${runs} runs, each with servers that were started for it`}: ${register.firstSeconds ? `after ${register.firstSeconds} s of each contestant and question to warm up, ` : ''}${slices(register)} of each on the register and ${slices(scaled)} on the scaled one, interleaved; ${quick ? 'medians; `--quick`: for a look, not to quote' : 'medians of the runs, and the range of the ratios within a run'}. CPU is user + system time of the server and of all PostgreSQL processes, in milliseconds a request. Statements are counted by ${hasStatements ? 'pg_stat_statements' : 'pg_stat_database (the server has no pg_stat_statements)'}. A figure marked ! lost rounds to errors; ± is the widest distance of two ${runs > 1 ? 'runs' : 'rounds'} of ours.`,
  ].join('\n');
}

function databaseText({ name, title, results, statements }) {
  const names = [...new Set([...results.values()].flatMap(by => [...by.keys()]))];
  const questions = [...results];
  const head = ['', ...names.map(contestant => titles[contestant])];
  const rows = show => questions.map(([question, by]) => [question, ...names.map(contestant => cell(by.get(contestant), show))]);
  const counted = questions.filter(([question]) => statements.get(question));
  return [
    `## ${title}`,
    `CPU, ms a request (server + PostgreSQL)\n\n${table(
      [...head, '±'],
      rows(cpuText).map((row, i) => {
        const spread = questions[i][1].get('ours')?.spread;
        return [...row, spread === undefined ? '–' : `${Math.round(spread * 100)} %`];
      }),
    )}`,
    `Ratios of CPU (the target; less is better)\n\n${table(
      ['', ...rivals.map(rival => rival.title), 'cached / PostGraphile, throughput'],
      questions.map(([question, by]) => [
        question,
        ...rivals.map(({ of, to, [name]: most }) => judged(ratios(by.get(of), by.get(to)), most?.[question])),
        judged(
          ratios(by.get('cached'), by.get('postgraphile'), 'rps'),
          /^Q[1-5]$/.test(question) ? CACHED_THROUGHPUT : undefined,
          { least: true, show: value => value.toFixed(1) },
        ),
      ]),
    )}`,
    `Requests a second (p50 / p99 in ms)\n\n${table(
      head,
      rows(({ rps, p50, p99 }) => `${thousands(rps)} (${digits(p50)} / ${digits(p99)})`),
    )}`,
    `SQL statements a request\n\n${table(
      head,
      counted.map(([question]) => [
        question,
        ...names.map(contestant => {
          const count = statements.get(question).get(contestant);
          if (count === undefined) return '–';
          // Statements that a process sends by itself, such as those of a lease, are a fraction a request.
          return judged([Math.round(count)], contestant === 'ours' ? STATEMENTS[question] : undefined, {
            show: () => String(Number(count.toFixed(1))),
          });
        }),
      ]),
    )}`,
  ];
}

/** Figures across databases and questions. */
function acrossText(measured) {
  const [small, large] = ['register', 'scaled'].map(name => measured.find(database => database.name === name)?.results);
  const rows = [];
  for (const [question, most] of Object.entries(SCALED)) {
    const [ofLarge, ofSmall] = [large, small].map(results => results?.get(question)?.get('ours'));
    if (ofLarge && ofSmall) rows.push([`${question}, scaled / register`, judged(ratios(ofLarge, ofSmall), most)]);
  }
  const [page1, page500] = ['Q8 page 1', 'Q8 page 500'].map(question => large?.get(question)?.get('ours'));
  if (page1 && page500) rows.push(['Q8, page 500 / page 1, scaled', judged(ratios(page500, page1), PAGE_500)]);
  return rows.length ? [`## Across\n\n${table(['CPU of ours', 'ratio (target)'], rows)}`] : [];
}

/** Documents that a server has not seen before. */
function coldText(cold) {
  const ours = cold.get('ours');
  const rows = [...cold].map(([name, summary]) => [
    titles[name],
    cpuText(summary),
    name === 'ours' ? '–' : judged(ratios(ours, summary), name === 'mercurius' ? COLD_MERCURIUS : undefined),
  ]);
  return `## Cold documents\n\nQ2 as texts that were never sent before: parse, validate, plan and execute once.\n\n${table(
    ['Q9', 'CPU, ms a document (server + PostgreSQL)', 'ours / theirs'],
    rows,
  )}`;
}

function pastText({ name, reads, writes }) {
  const readsText = `## The past: ${name}\n\nTen versions of each record, in the present and as of the fifth.\n\n${table(
    ['CPU, ms a request (server + PostgreSQL)', 'present', 'past', 'past / present (target)'],
    reads.map(({ name, present, past }) => [
      name,
      cell(present, cpuText),
      cell(past, cpuText),
      judged(ratios(past, present), PAST),
    ]),
  )}`;
  if (!writes) return readsText;
  const of = figure => writes.map(figure);
  return `${readsText}\n\n${table(
    ['Mutations', 'figure (target)'],
    [
      ['CPU with versions, ms', judged(of(({ withVersions }) => withVersions), undefined, { show: digits })],
      ['CPU without, ms', judged(of(({ without }) => without), undefined, { show: digits })],
      ['with / without', judged(of(({ withVersions, without }) => withVersions / without), WITH_VERSIONS)],
      ['bytes of versions and their indexes a change', judged(of(({ bytes }) => bytes), undefined, { show: thousands })],
    ],
  )}`;
}

function asideText({ first, unchanged, visible }) {
  const name = contestant =>
    ({ embedded: 'ours, embedded, new folder', embeddedAgain: 'ours, embedded, again' })[contestant] ?? titles[contestant];
  return [
    `## First answer after the start of the process\n\n${table(
      ['', 'ms (target)', 'CPU of the process, ms'],
      [...first].map(([contestant, starts]) => [
        name(contestant),
        judged(
          starts.map(({ ms }) => ms),
          FIRST_ANSWER[contestant],
          { show: thousands },
        ),
        judged(
          starts.map(({ cpu }) => cpu),
          undefined,
          { show: thousands },
        ),
      ]),
    )}`,
    `## Cache\n\n${table(
      ['', 'figure (target)'],
      [
        ['requests a second, 304 / 200 of the same GET', judged(unchanged, UNCHANGED, { least: true })],
        [
          'a committed change seen through another instance, median ms',
          judged(
            visible.map(({ median }) => median),
            VISIBLE,
            { show: digits },
          ),
        ],
        ['the same, at most', digits(Math.max(...visible.map(({ most }) => most)))],
      ],
    )}`,
  ];
}

/** RESULTS.md: the measured part is written anew; what people wrote about it below the line stays. */
export function writeResults(text) {
  const file = new URL('RESULTS.md', import.meta.url);
  const mark = '<!-- What follows was written by a person. -->';
  const kept = existsSync(file) ? readFileSync(file, 'utf8').split(mark)[1] : undefined;
  const head = '# Results\n\nWritten by `node test/bench/main.mjs`.';
  writeFileSync(file, `${head}\n\n${text}\n\n${mark}${kept ?? '\n'}`);
}
