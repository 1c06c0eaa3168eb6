import type { EntityName } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/sql';
import type { LogPosition } from '../change/cursor.js';
import type { SourceInput } from '../change/input.js';
import { readReferences } from '../change/references.js';
import { UserErrorCode } from '../change/user-error.js';
import type { RegisterRecord } from '../graph/record/register-record.js';
import { message } from '../messages/message.js';
import { Confidence } from '../source/confidence.js';
import { valuesAtBasis } from './basis.js';
import type { IdentifyOptions } from './candidate.js';
import { changedFields, newFields } from './changed-fields.js';
import { checkCreation, checkRevision } from './check-item.js';
import { Claims } from './claims.js';
import type { ProposedField } from './concept.js';
import { markConflicts } from './evidence.js';
import { type Identity, identify, identifyNew } from './identify.js';
import { identifySuccessors } from './identify-successors.js';
import { referencesOf } from './item-input.js';
import { cellProblem, type ParsedRow, parseRow } from './parsed-row.js';
import type { PlannedItem } from './planned-item.js';
import { type PresentRecord, presentRecords } from './present-values.js';
import { type ProposalOrigin, ProposalPolicy, ProposalVerdict } from './proposal.enums.js';
import { checkReadOnly } from './read-only-cells.js';
import type { ProposalRow } from './row.js';
import { takenCodes } from './taken-codes.js';

/** The facts of a proposal that hold for all its rows. */
export interface PlanOptions extends IdentifyOptions {
  origin: ProposalOrigin;
  source: SourceInput | null;
  message: string | null;
  basis: LogPosition;
}

const { CREATE, REVISE, SAME, CONFLICT, AMBIGUOUS, UNMATCHED, REFUSED } = ProposalVerdict;

/** Compares the rows of a proposal with the register, batch by batch. Writes nothing. */
export class Planner {
  /** @param claims The claims of rows that were planned before. */
  constructor(
    private readonly em: EntityManager,
    private readonly options: PlanOptions,
    private readonly claims: Claims = new Claims(options.concept),
  ) {}

  /**
   * Plans a batch of rows. The number of statements depends on the batch only by the rules that are checked for each record
   * that would be written.
   *
   * @param decided Set if a person decided that the rows are about new records, or about the ones whose ids they have.
   */
  async plan(rows: readonly ProposalRow[], decided?: 'new' | 'chosen'): Promise<PlannedItem[]> {
    const { em, options } = this;
    const { concept } = options;
    const parsed = rows.map(row => parseRow(concept, row));
    await identifySuccessors(em, concept, parsed);
    const identities: Identity[] =
      decided === 'new' ? await identifyNew(em, parsed, options) : await identify(em, parsed, options);
    // The id is that of the person: the row itself names its record in its own way.
    if (decided) for (const identity of identities) if (identity.kind === 'record') identity.isNamed = false;
    const ids = identities.flatMap(identity => (identity.kind === 'record' ? identity.id : []));
    const present = await presentRecords(em, concept, ids);
    const versions = parsed.flatMap(({ version }, index) => {
      const identity = identities[index];
      return identity?.kind === 'record' ? [{ id: identity.id, version }] : [];
    });
    const atBasis = await valuesAtBasis(em, options.basis, versions);
    await checkReadOnly(em, options, parsed, identities, present);
    const fields = parsed.map((row, index) => {
      const identity = identities[index] as Identity;
      if (identity.kind !== 'record') return identity.kind === 'new' ? newFields(row) : [];
      return changedFields(concept, row, present.get(identity.id) as PresentRecord, atBasis.get(identity.id));
    });
    const revised = identities.flatMap((identity, index) => {
      if (identity.kind !== 'record') return [];
      const isConflicting = present.get(identity.id)?.values.confidence === Confidence.CONFLICTING;
      return [{ id: identity.id, fields: fields[index] ?? [], isConflicting }];
    });
    await markConflicts(em, options, revised);
    await readReferences(em, fields.flatMap(referencesOf));
    const subjects = identities.map(identity => (identity.kind === 'record' ? identity.id : null));
    const coded = fields.map((proposed, index) => ({ id: subjects[index] ?? null, fields: proposed }));
    const taken = await takenCodes(em, concept, coded);
    for (const [index, problem] of taken) parsed[index]?.problems.push(problem);
    await this.claims.load(
      parsed.map(({ row: { place, values } }, index) => {
        return { place, values, subjectId: subjects[index] ?? null, fields: fields[index] ?? [] };
      }),
    );
    const items: PlannedItem[] = [];
    const records = await this.#recordsOf(identities, fields);
    for (const [index, row] of parsed.entries()) {
      const identity = identities[index] as Identity;
      const version = identity.kind === 'record' ? present.get(identity.id)?.version : undefined;
      const item = await this.#judge(row, identity, fields[index] ?? [], version ?? null, records);
      items.push(row.notices.length ? { ...item, problems: [...item.problems, ...row.notices] } : item);
    }
    em.clear();
    return items;
  }

  /** Loads the entities of the records that rows would revise, for the rules of their concept; one statement. */
  async #recordsOf(
    identities: readonly Identity[],
    fields: readonly ProposedField[][],
  ): Promise<Map<string, RegisterRecord>> {
    const ids = identities.flatMap((identity, index) =>
      identity.kind === 'record' && fields[index]?.length ? [identity.id] : [],
    );
    if (ids.length === 0) return new Map();
    const entity = this.options.concept.subject.listing.entity as EntityName<RegisterRecord>;
    const records = await this.em.find(entity, { id: { $in: ids } } as never);
    return new Map(records.map(record => [record.id, record as RegisterRecord]));
  }

  async #judge(
    parsed: ParsedRow,
    identity: Identity,
    fields: ProposedField[],
    subjectVersion: number | null,
    records: ReadonlyMap<string, RegisterRecord>,
  ): Promise<PlannedItem> {
    const { row, problems } = parsed;
    const subjectId = identity.kind === 'record' ? identity.id : null;
    const candidates = identity.kind === 'ambiguous' ? identity.candidates : [];
    const item = { place: row.place, subjectId, subjectVersion, values: row.values, fields, candidates, problems };
    if (problems.length) return { ...item, verdict: REFUSED };
    if (identity.kind === 'unmatched') return { ...item, verdict: UNMATCHED };
    if (identity.kind === 'ambiguous') return { ...item, verdict: AMBIGUOUS };
    if (identity.kind === 'record' && fields.length === 0) return { ...item, verdict: SAME };
    const repeated = this.claims.repeated(item);
    if (repeated) {
      problems.push(repeated);
    } else if (subjectId === null) {
      problems.push(...(await checkCreation(this.em, this.options, fields, row)));
    } else if (this.options.policy === ProposalPolicy.CREATE_ONLY) {
      problems.push(cellProblem('id', message('ROW_EXISTS', { id: subjectId }), UserErrorCode.DUPLICATE));
    } else {
      problems.push(
        ...(await checkRevision(this.em, this.options, fields, row, records.get(subjectId) as RegisterRecord)),
      );
    }
    if (problems.length) return { ...item, verdict: REFUSED };
    this.claims.claim(item);
    if (subjectId === null) return { ...item, verdict: CREATE };
    return { ...item, verdict: fields.some(({ isConflict }) => isConflict) ? CONFLICT : REVISE };
  }
}
