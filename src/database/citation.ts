import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Authority } from '../authority/authority.js';
import { Exchange } from '../exchange/exchange.js';
import { TextArray } from '../graph/types/text-array.js';
import { Organisation } from '../organisation/organisation.js';
import { Partnership, RecordedStatus } from '../partnership/partnership.js';
import { Programme } from '../programme/programme.js';
import { Source } from '../source/source.js';

/**
 * Entity of the citations of all concepts, used by the seeds: exactly one of the references is set. The concepts read
 * citations through `source/citation.ts`, which does not import them.
 */
@Entity({ tableName: 'citation' })
export class RecordedCitation {
  @PrimaryKey({ type: 'integer', autoincrement: true })
  id!: number;
  @ManyToOne(() => Source, { mapToPk: true })
  source!: string;
  @ManyToOne(() => Authority, { mapToPk: true, nullable: true })
  authority?: string | null;
  @ManyToOne(() => Partnership, { mapToPk: true, nullable: true })
  partnership?: string | null;
  @ManyToOne(() => RecordedStatus, { mapToPk: true, nullable: true })
  statusPeriod?: string | null;
  @ManyToOne(() => Programme, { mapToPk: true, nullable: true })
  programme?: string | null;
  @ManyToOne(() => Exchange, { mapToPk: true, nullable: true })
  exchange?: string | null;
  @ManyToOne(() => Organisation, { mapToPk: true, nullable: true })
  organisation?: string | null;
  @Property({ type: TextArray })
  supports!: string[];
  @Property({ type: 'integer' })
  position!: number;
}
