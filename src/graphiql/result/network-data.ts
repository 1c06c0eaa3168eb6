import { type DisplayName, displayNameOf, objectOf, textOf, walkObjects } from './objects.js';
import { statusOn } from './status-on-day.js';
import type { ResultObject } from './typed-result.js';

/** Authority with a tie. */
export interface NetworkNode {
  readonly id: string;
  readonly country: 'NL' | 'CN';
  readonly displayName: DisplayName;
  readonly record: ResultObject;
}

/** Tie between two authorities of a network. */
export interface NetworkTie {
  readonly id: string;
  readonly dutch: NetworkNode;
  readonly chinese: NetworkNode;
  readonly status: string;
  readonly startedOn: string | null;
  readonly endedOn: string | null;
}

export interface Network {
  readonly nodes: readonly NetworkNode[];
  readonly ties: readonly NetworkTie[];
  /** Node that the question is about; undefined if it is about several. */
  readonly centre: NetworkNode | undefined;
}

/** Returns the side of a tie: its own field, or the authority of that country that the tie is a field of. */
function sideOf(
  tie: ResultObject,
  ancestors: readonly ResultObject[],
  field: 'dutch' | 'chinese',
): ResultObject | undefined {
  const own = objectOf(tie, field);
  if (own && textOf(own, 'id')) return own;
  const type = field === 'dutch' ? 'DutchAuthority' : 'ChineseAuthority';
  return ancestors.find(ancestor => ancestor.type === type && textOf(ancestor, 'id'));
}

/**
 * Collects the ties of a result and the authorities that they join, each once.
 *
 * @param day Day of the statuses; a tie that had not begun then is left out.
 */
export function networkOf(root: ResultObject, day?: string): Network {
  const nodes = new Map<string, NetworkNode>();
  const ties = new Map<string, NetworkTie>();
  const nodeOf = (record: ResultObject, country: 'NL' | 'CN'): NetworkNode => {
    const id = textOf(record, 'id') ?? '';
    const node = nodes.get(id) ?? { id, country, displayName: displayNameOf(record), record };
    nodes.set(id, node);
    return node;
  };
  for (const [tie, ancestors] of walkObjects(root)) {
    const id = tie.type === 'Partnership' && textOf(tie, 'id');
    if (!id || ties.has(id)) continue;
    const [dutch, chinese] = [sideOf(tie, ancestors, 'dutch'), sideOf(tie, ancestors, 'chinese')];
    const status = statusOn(tie, day) ?? textOf(tie, 'status') ?? 'UNKNOWN';
    if (!dutch || !chinese || (day !== undefined && status === 'NOT_YET_STARTED')) continue;
    ties.set(id, {
      id,
      dutch: nodeOf(dutch, 'NL'),
      chinese: nodeOf(chinese, 'CN'),
      status,
      startedOn: textOf(tie, 'startedOn'),
      endedOn: textOf(tie, 'endedOn'),
    });
  }
  const asked = root.fields.length === 1 ? root.fields[0]?.args.id : undefined;
  return {
    nodes: [...nodes.values()],
    ties: [...ties.values()],
    centre: typeof asked === 'string' ? nodes.get(asked) : undefined,
  };
}
