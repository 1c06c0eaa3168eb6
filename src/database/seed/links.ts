import type { SqlEntityManager } from '@mikro-orm/sql';
import { ChangeKind } from '../../change/change.js';
import { recordChanges } from '../../change/record-changes.js';
import { statesOf } from '../../change/subject.js';
import { partnershipSubject } from '../../partnership/partnership.subject.js';
import { ProgrammePartnership } from '../../programme/programme.js';
import { SEED_ACTOR } from './changes.js';
import type { Seeds } from './seed.schemas.js';

/** A link between a programme and a partnership. */
interface Link {
  programme: string;
  partnership: string;
}

const linksOf = ({ programmes }: Seeds): Link[] =>
  programmes.flatMap(({ id, partnerships }) => partnerships.map(partnership => ({ programme: id, partnership })));

const isNewIn = (missing: Seeds): ((link: Link) => boolean) => {
  const ids = new Set(missing.partnerships.map(({ id }) => id));
  return ({ partnership }) => ids.has(partnership);
};

/** Returns the links of new partnerships to new and to stored programmes, which the change of the partnership has. */
export const linksOfNew = (missing: Seeds, all: Seeds): Link[] => linksOf(all).filter(isNewIn(missing));

/** Links stored partnerships to new programmes, with a change of each as the mutation writes it. */
export async function linkStored(em: SqlEntityManager, missing: Seeds): Promise<void> {
  const isNew = isNewIn(missing);
  const links = linksOf(missing).filter(link => !isNew(link));
  if (links.length === 0) return;
  const states = await statesOf(em, partnershipSubject, [...new Set(links.map(({ partnership }) => partnership))]);
  await em.insertMany(ProgrammePartnership, links);
  const command = { kind: ChangeKind.LINKED_TO_PROGRAMME, subject: partnershipSubject };
  const linked = [...states].map(([id, { facts, row }]) => ({
    id,
    before: facts,
    version: row.version,
    command,
    input: {},
  }));
  const author = { actor: SEED_ACTOR };
  await recordChanges(em, linked, { author, dryRun: false, changeSet: null });
}
