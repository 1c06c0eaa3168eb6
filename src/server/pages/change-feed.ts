import type { Context } from '../../context.js';
import { argumentValue } from '../../export/argument.js';
import { uniqueParameters } from '../../export/parameters.js';
import type { PreparedResponse } from '../http/prepared-response.js';
import { codeLabel } from './answer-cells.js';
import { atom, type FeedEntry, jsonFeed } from './feed-formats.js';
import { pageResponse } from './page-response.js';
import { link, type Reader, recordPath } from './reader.js';
import { type ChangeAnswer, shortened } from './record-history.js';
import { type RunDeps, runDocument } from './run-document.js';

/** The formats of the feed, by the extension of its path. */
export const FEED_FORMATS = { atom: 'application/atom+xml', json: 'application/feed+json' } as const;
export type FeedFormat = keyof typeof FEED_FORMATS;

/** The number of changes on a page of the feed. */
const PAGE_SIZE = 50;

const PARAMETERS = ['filter', 'before', 'language', 'knownAt'];

const DOCUMENT = `query ChangeFeed($filter: ChangeFilter, $before: ChangeCursor, $id: ID!, $isOfOne: Boolean!) {
  node(id: $id) @include(if: $isOfOne) { ... on Labelled { label } }
  changes(last: ${PAGE_SIZE}, before: $before, filter: $filter) {
    nodes { cursor kind recordedAt reason subjectType subjectId subjectLabel fields { label beforeLabel afterLabel } }
    pageInfo { startCursor hasPreviousPage }
  }
}`;

interface FeedChange extends Omit<ChangeAnswer, 'actorName'> {
  cursor: string;
  subjectType: string;
  subjectId: string;
  subjectLabel: string;
}

interface FeedAnswer {
  nodes: FeedChange[];
  pageInfo: { startCursor: string | null; hasPreviousPage: boolean };
}

/** The conditions of a filter that name records. */
interface RecordFilter {
  authority?: string | null;
  within?: string | null;
  authorities?: readonly string[] | null;
  subjectIds?: readonly string[] | null;
}

/** Returns the id of the only record that a filter names; undefined if it names several, or none. */
function onlyRecord({ authority, within, authorities, subjectIds }: RecordFilter): string | undefined {
  const ids = [authority, within, authorities, subjectIds].flat().filter(id => id != null);
  return ids.length === 1 ? ids[0] : undefined;
}

/** Feed readers allow no script and no frame; the feed has none. */
const HEADERS = { 'content-security-policy': "default-src 'none'" };

/**
 * Returns the newest changes that match a filter as a feed: Atom (RFC 4287, its pages RFC 5005), or JSON Feed 1.1. Titles
 * are in the language of the reader, and lead to the page of the record; the feed of one record has its label.
 *
 * @param parameters `filter` as `changes` takes it, and `before`, the cursor of a page.
 * @throws GraphQLError, ExportError for a filter that `changes` would refuse.
 */
export async function changeFeed(
  deps: RunDeps,
  context: Context,
  reader: Reader,
  format: FeedFormat,
  parameters: URLSearchParams,
): Promise<PreparedResponse> {
  const values = uniqueParameters(parameters, PARAMETERS, 'FEED_PARAMETER_UNKNOWN');
  const [filter, before] = [values.get('filter'), values.get('before')];
  const conditions =
    filter === undefined ? null : (argumentValue(deps.schema, 'changes', 'filter', filter) as RecordFilter | null);
  const id = onlyRecord(conditions ?? {});
  const variables = {
    filter: conditions,
    id: id ?? '',
    isOfOne: id !== undefined,
    ...(before !== undefined && { before }),
  };
  const { status, data, errors } = await runDocument(deps, context, DOCUMENT, variables, reader.language);
  const changes = data?.changes as unknown as FeedAnswer | null | undefined;
  if (!changes) {
    const body = JSON.stringify({ errors });
    return pageResponse(reader, context, status === 200 ? 400 : status, body, { 'content-type': 'application/json' });
  }
  const label = (data?.node as { label?: string } | null | undefined)?.label;
  const addressOf = (before?: string) => {
    const kept = { ...(filter !== undefined && { filter }), ...(before !== undefined && { before }) };
    return reader.origin + link(reader, `/changes.${format}`, kept);
  };
  const { startCursor, hasPreviousPage } = changes.pageInfo;
  const { changesOf, register } = reader.texts;
  const feed = {
    title: label ? `${changesOf(label)} · ${register}` : changesOf(register),
    home: reader.origin + link(reader, id !== undefined && label ? recordPath(id) : '/questions'),
    self: addressOf(before),
    first: addressOf(),
    next: hasPreviousPage && startCursor ? addressOf(startCursor) : undefined,
    entries: changes.nodes.toReversed().map(change => entryOf(reader, change)),
  };
  const body = format === 'atom' ? atom(reader, feed) : jsonFeed(reader, feed);
  return pageResponse(reader, context, 200, body, {
    ...HEADERS,
    'content-type': `${FEED_FORMATS[format]}; charset=utf-8`,
  });
}

function entryOf(reader: Reader, change: FeedChange): FeedEntry {
  const { cursor, kind, recordedAt, reason, subjectType, subjectId, subjectLabel, fields } = change;
  const label = codeLabel('ChangeKind', kind, reader) ?? kind;
  const isNew = kind === 'RECORDED';
  const lines = fields.map(({ label: name, beforeLabel, afterLabel }) =>
    [`${name}: `, isNew ? '' : `${shortened(beforeLabel)} → `, shortened(afterLabel)].join(''),
  );
  return {
    id: `urn:stedenband:change:${cursor}`,
    title: `${label}: ${subjectLabel}`,
    text: [...(reason === null ? [] : [reason]), ...lines].join('\n'),
    url: reader.origin + link(reader, recordPath(subjectId)),
    time: new Date(recordedAt).toISOString(),
    tags: [label, codeLabel('SubjectType', subjectType, reader) ?? subjectType],
  };
}
