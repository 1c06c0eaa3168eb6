import { message } from '../messages/message.js';
import { exportError } from './export-error.js';
import { type Format, SEPARATOR_NAMES, type Separator } from './format.js';
import { listFormats as formats } from './formats.js';

/** Formats a list as `a, b, c`. */
export const enumerate = (names: readonly string[]) => names.join(', ');

/** Quotes a text of the client. */
export const quote = (text: string) => JSON.stringify(text.slice(0, 60));

/**
 * Reads the parameters. Rejects unknown ones: a misspelt `filter` would otherwise export all records.
 *
 * @param unknown The rule that a parameter of another name breaks.
 */
export function uniqueParameters(
  parameters: URLSearchParams,
  names: readonly string[],
  unknown: 'EXPORT_PARAMETER_UNKNOWN' | 'FEED_PARAMETER_UNKNOWN' = 'EXPORT_PARAMETER_UNKNOWN',
): Map<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of parameters) {
    if (!names.includes(name)) {
      throw exportError(400, 'BAD_USER_INPUT', message(unknown, { value: quote(name), names: enumerate(names) }));
    }
    if (values.has(name)) throw exportError(400, 'BAD_USER_INPUT', message('EXPORT_PARAMETER_REPEATED', { name }));
    values.set(name, value);
  }
  return values;
}

export function separatorParameter(
  { extension, isSeparated }: Format,
  value: string | undefined,
): Separator | undefined {
  if (value === undefined) return undefined;
  if (!isSeparated) {
    const format = formats.find(format => format.isSeparated)?.extension ?? '';
    throw exportError(400, 'BAD_USER_INPUT', message('SEPARATOR_UNUSED', { format, extension }));
  }
  const separator = SEPARATOR_NAMES.find(name => name === value);
  if (separator) return separator;
  const names = enumerate(SEPARATOR_NAMES);
  throw exportError(400, 'BAD_USER_INPUT', message('SEPARATOR_UNKNOWN', { names, value: quote(value) }));
}

export function templateParameter({ extension, isFlat }: Format, value: string | undefined): boolean {
  const template = booleanParameter('template', value);
  if (!template || isFlat) return template;
  const flat = formats.filter(format => format.isFlat).map(format => format.extension);
  throw exportError(400, 'BAD_USER_INPUT', message('TEMPLATE_UNUSED', { formats: enumerate(flat), extension }));
}

export function booleanParameter(name: string, value: string | undefined): boolean {
  if (value === undefined || value === 'false') return false;
  if (value === 'true') return true;
  throw exportError(400, 'BAD_USER_INPUT', message('BOOLEAN_PARAMETER', { name, value: quote(value) }));
}
