import { SubjectType } from '../change/change.js';
import { ChangeCursor } from '../change/cursor.js';
import type { SourceInput } from '../change/input.js';
import { Problems } from '../change/problems.js';
import { checkTexts } from '../change/validate-texts.js';
import { abbreviate } from '../graph/errors.js';
import { PartialDate } from '../graph/types/partial-date.js';
import { HttpUrl } from '../graph/types/url.js';
import { message } from '../messages/message.js';
import type { FileFormat } from './formats/file-format.js';
import { fileFormats } from './formats/formats.js';
import { FileRefusal } from './formats/refusal.js';
import { ProposalPolicy } from './proposal.enums.js';

const { PROPOSAL: _, ...CONCEPT_TYPES } = SubjectType;

/** The parameters of a file, in a URL and on the command line. */
export const FILE_PARAMETERS = [
  'format',
  'concept',
  'policy',
  'title',
  'publisher',
  'url',
  'publishedOn',
  'message',
  'basis',
  'dryRun',
] as const;
export type FileParameter = (typeof FILE_PARAMETERS)[number];

/** Parameters of a file, read and checked. */
export interface FileHeader {
  format: FileFormat;
  concept: SubjectType;
  policy: ProposalPolicy;
  source: SourceInput | null;
  message: string | null;
  basis: string | null;
  dryRun: boolean;
}

/**
 * Reads the parameters of a file: `create-only` is `CREATE_ONLY`, `partnership` and `partnerships` are `PARTNERSHIP`.
 *
 * @throws FileRefusal, InputError or WriteRejected for a parameter that is unknown, occurs twice or has no such value.
 */
export function fileHeader(parameters: Iterable<readonly [string, string]>): FileHeader {
  const values: Partial<Record<FileParameter, string>> = {};
  for (const [name, value] of parameters) {
    const parameter = oneOf('parameter', FILE_PARAMETERS, name);
    if (value === '') continue;
    if (values[parameter] !== undefined) throw new FileRefusal(message('EXPORT_PARAMETER_REPEATED', { name }));
    values[parameter] = value;
  }
  const {
    format: formatName,
    concept,
    policy = 'upsert',
    basis = null,
    message: text = null,
    dryRun = 'false',
  } = values;
  const name = oneOf(
    'format',
    fileFormats.map(format => format.name),
    formatName,
  );
  const format = fileFormats.find(candidate => candidate.name === name) as FileFormat;
  const source = sourceOf(values) ?? format.source ?? null;
  const problems = new Problems();
  checkTexts(problems, { ...(source && { source }), ...(text !== null && { message: text }) });
  problems.rejectIfAny();
  return {
    format,
    concept: format.concept ?? enumValue('concept', CONCEPT_TYPES, concept),
    policy: enumValue('policy', ProposalPolicy, policy),
    source,
    message: text,
    basis: basis === null ? null : (ChangeCursor.parseValue(basis) as string),
    dryRun: oneOf('dryRun', ['true', 'false'], dryRun) === 'true',
  };
}

function sourceOf({ title, publisher, url, publishedOn }: Partial<Record<FileParameter, string>>): SourceInput | null {
  if (!title && !publisher && !url && !publishedOn) return null;
  const source = {
    title: title ?? '',
    publisher: publisher ?? '',
    url: url ? (HttpUrl.parseValue(url) as string) : null,
    publishedOn: publishedOn ? (PartialDate.parseValue(publishedOn) as string) : null,
  };
  return source as SourceInput;
}

function oneOf<Value extends string>(name: string, values: readonly Value[], value: string | undefined): Value {
  const match = values.find(candidate => candidate === value);
  if (match !== undefined) return match;
  throw new FileRefusal(
    message('FILE_PARAMETER', { name, values: values.join(', '), value: abbreviate(value ?? null) }),
  );
}

/** Returns a value of an enum by its name in lower case: `update-only`, `authorities`. */
function enumValue<Value extends string>(name: string, type: Record<string, Value>, value: string | undefined): Value {
  const values = Object.values(type);
  const names = values.map(candidate => candidate.toLowerCase().replaceAll('_', '-'));
  const singular = value
    ?.toLowerCase()
    .replaceAll('_', '-')
    .replace(/ies$/, 'y')
    .replace(/(?<!s)s$/, '');
  return values[names.indexOf(oneOf(name, names, singular === undefined ? value : singular))] as Value;
}
