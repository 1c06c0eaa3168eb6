import { describedEnum } from '../graph/enum.js';

export enum Confidence {
  SOURCED = 'SOURCED',
  SINGLE_SOURCE = 'SINGLE_SOURCE',
  CONFLICTING = 'CONFLICTING',
  UNVERIFIED = 'UNVERIFIED',
}
describedEnum('Confidence', Confidence, 'How well a record is evidenced.', {
  SOURCED: 'Two or more publishers carry it.',
  SINGLE_SOURCE: 'One publisher carries it.',
  CONFLICTING: 'Sources disagree; the notes say how.',
  UNVERIFIED: 'Known to exist, not yet evidenced.',
});
