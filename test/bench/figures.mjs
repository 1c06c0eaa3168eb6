// Figures as text, and tables of them in Markdown.
import { median } from './measure/runs.mjs';

export const digits = number =>
  number >= 100 ? number.toFixed(0) : number >= 10 ? number.toFixed(1) : number.toFixed(number >= 1 ? 2 : 3);
export const thousands = number => Math.round(number).toLocaleString('en');

/** A table with its columns in line. */
export function table(head, rows) {
  const widths = head.map((title, i) => Math.max(...[title, ...rows.map(row => row[i])].map(text => text.length)));
  const line = row =>
    `| ${row.map((text, i) => (i ? text.padStart(widths[i]) : text.padEnd(widths[i]))).join(' | ')} |`;
  return [
    line(head),
    `| ${widths.map((width, i) => (i ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))).join(' | ')} |`,
    ...rows.map(line),
  ].join('\n');
}

/** The median of the runs, their range, and its target. A run without a figure does not count. */
export function judged(runs, most, { least = false, show = value => value.toFixed(2) } = {}) {
  const figures = runs.filter(Number.isFinite);
  if (figures.length === 0) return '–';
  const value = median(figures);
  const range = figures.length > 1 ? `, ${show(Math.min(...figures))}–${show(Math.max(...figures))}` : '';
  if (most === undefined) return `${show(value)}${range}`;
  const met = least ? value >= most : value <= most;
  return `${show(value)}${range} (${least ? '≥' : '≤'} ${most}${met ? '' : ', missed'})`;
}

/** Divides a figure of one contestant by that of another, run by run. */
export const ratios = (of, to, figure = 'cpu') => (of?.runs ?? []).map((run, i) => run[figure] / to?.runs[i]?.[figure]);

export const cpuText = ({ cpu, server, pg }) => `${digits(cpu)} (${digits(server)} + ${digits(pg)})`;

/** One cell of a contestant's figures, or why there is none. */
export function cell(result, show) {
  if (!result) return '–';
  if (result.cpu === undefined) return 'failed';
  return `${show(result)}${result.errors.length ? ' !' : ''}`;
}
