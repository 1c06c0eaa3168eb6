import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import type { SourceInput } from '../change/input.js';
import type { Problems } from '../change/problems.js';
import { rowOf } from '../change/subject.js';
import { UserErrorCode } from '../change/user-error.js';
import { truncate } from '../graph/errors.js';
import { isIdWith } from '../graph/record/id.js';
import { queryRows } from '../graph/sql/query.js';
import { message } from '../messages/message.js';
import { PartnershipStatus } from '../partnership/partnership.enums.js';
import type { ProposalConcept } from './concept.js';
import { conceptOfId } from './concepts.js';
import { presentRecords } from './present-values.js';
import { ProposalOrigin, ProposalPolicy, ProposalVerdict } from './proposal.enums.js';
import type { ProposalItem } from './proposal-item.js';
import { isOtherEnd } from './status-change.js';
import { replaceItem, storeProposal, updateCounts } from './store.js';

/** A doubt about a value of the register. */
export interface Report {
  subjectId: string;
  field: string;
  doubted?: string | null;
  proposed?: string | null;
  seenAt?: Date | null;
  message: string;
  source?: SourceInput | null;
}

const MAX_MESSAGE_LENGTH = 2_000;

/** After a slash the sign is that of a profile or a map. */
const E_MAIL = /[^\s@/]@[^\s@]+\.[^\s@]/;
/** The sign in a web address. */
const ENCODED_AT = '%40';
/** Nine digits or more with the signs that people write between them: `+31 (0)6 …`, `010 - …`. Years have fewer. */
const TELEPHONE = /(?:\+|\b0)\d(?:(?:\.|[\s()–-]{0,3})\d){8}/;
/** Dates and ranges of years, whose digits together are as many: `01-01-1979`, `1979-11-30`, `1979 – 2019`. */
const DATES =
  /(?<!\+)\b(?:(?:1[89]|20)\d\d-[01]\d-[0-3]\d|[0-3]?\d[-.][01]?\d[-.](?:1[89]|20)\d\d|(?:1[89]|20)\d\d\s[–-]\s(?:1[89]|20)\d\d)\b/g;

const hasTelephone = (text: string): boolean => TELEPHONE.test(text.replaceAll(DATES, 'x'));

/** Adds the rules that a report breaks. Contact details of persons are refused: reports may be published. */
export async function checkReport(em: EntityManager, report: Report, problems: Problems): Promise<void> {
  const { subjectId, field, doubted, proposed, source } = report;
  if (report.message.length > MAX_MESSAGE_LENGTH) {
    const length = report.message.length;
    problems.add('message', message('TEXT_TOO_LONG', { field: 'message', limit: MAX_MESSAGE_LENGTH, length }));
  }
  const { title, publisher, url } = source ?? {};
  const ofSource = { 'source.title': title, 'source.publisher': publisher, 'source.url': url };
  const texts = { message: report.message, doubted, proposed, ...ofSource };
  for (const [name, text] of Object.entries(texts)) {
    if (text && (E_MAIL.test(text.replaceAll(ENCODED_AT, '@')) || hasTelephone(text))) {
      problems.add(name, message('REPORT_CONTACT', { field: name }));
    }
  }
  const concept = conceptOfId(subjectId);
  const isId = concept && isIdWith(concept.prefixes, subjectId);
  if (!isId || !(await rowOf(em, concept.subject, subjectId))) {
    problems.add('subjectId', message('RECORD_MISSING', { id: subjectId }), UserErrorCode.NOT_FOUND);
  } else if (!concept.leaves.has(field)) {
    problems.add('field', message('REPORT_FIELD', { value: truncate(field, 60), id: subjectId }));
  }
}

/** Stores a checked report as a proposal of one row. Returns its id. */
export async function storeReport(em: EntityManager, report: Report, proposer: string): Promise<string> {
  const { subjectId, field, doubted, proposed = null, seenAt, source = null } = report;
  const concept = conceptOfId(subjectId) as ProposalConcept;
  const seen = [doubted ?? field, seenAt?.toISOString()].filter(Boolean).join(', seen at ');
  const header = {
    concept: concept.type,
    origin: ProposalOrigin.REPORT,
    policy: ProposalPolicy.UPDATE_ONLY,
    source,
    message: report.message,
    proposer,
  };
  const isOfStatus = concept.isOfStatus?.({ field });
  // A report has one field, and a row has the day of an end with its status.
  const status = isOfStatus && field === 'endedOn' && { status: PartnershipStatus.ENDED };
  const values = { id: subjectId, ...(proposed !== null && { ...status, [field]: proposed }) };
  const id = await storeProposal(em, header, [{ place: seen, values }]);
  if (proposed === null || (await isUnwritable(em, concept, id))) await storeDoubt(em, concept, id, subjectId, field);
  return id;
}

/** Returns whether the row of a report cannot be written: it is refused, or has another end of a tie that ended. */
async function isUnwritable(em: EntityManager, concept: ProposalConcept, id: string): Promise<boolean> {
  const query = sql`select verdict, fields from proposal_item where proposal_id = ${id}`;
  const [row] = await queryRows<Pick<ProposalItem, 'verdict' | 'fields'>>(em, query);
  const isEnd = concept.isOfStatus && isOtherEnd(row?.fields ?? [], PartnershipStatus.ENDED);
  return isEnd || row?.verdict === ProposalVerdict.REFUSED;
}

/**
 * Makes the row of a report a conflict about the present value: of one that proposes no other, and of one that a row cannot write,
 * such as a value in words, or a status without its first day, which a reader does not know. Its row keeps the value of the report
 * for the reviewer.
 */
async function storeDoubt(em: EntityManager, concept: ProposalConcept, id: string, subjectId: string, field: string) {
  const present = (await presentRecords(em, concept, [subjectId])).get(subjectId);
  const now = present?.values[concept.leaves.get(field)?.path ?? field] ?? null;
  await replaceItem(em, `${id}-1`, {
    place: '',
    verdict: ProposalVerdict.CONFLICT,
    subjectId,
    subjectVersion: present?.version ?? null,
    values: {},
    fields: [{ field, atBasis: now, now, proposed: null, isConflict: true }],
    candidates: [],
    problems: [],
  });
  await updateCounts(em, id);
}
