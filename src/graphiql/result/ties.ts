import { type Called, calledOf, everyItem, firstValue, itemOf, itemsIn, textOf } from './items.js';
import type { Item, Value } from './read.js';

/** An authority with a place on the map. */
export interface Place {
  readonly called: Called;
  readonly country: 'NL' | 'CN';
  readonly latitude: number;
  readonly longitude: number;
  /** True where the place is that of the prefecture or province it lies in, since its own is unknown. */
  readonly approximate: boolean;
  readonly record: Item;
}

/** A tie, or an exchange, between two places. */
export interface Arc {
  readonly dutch: Place;
  readonly chinese: Place;
  /** The status of a tie; `EXCHANGE` for an exchange; null where the question does not ask for it. */
  readonly status: string | null;
  readonly startedOn: string | null;
  readonly endedOn: string | null;
  /** Titles of the sources that the answer holds. */
  readonly evidence: readonly string[];
  readonly record: Item;
}

export interface Located {
  readonly places: readonly Place[];
  readonly arcs: readonly Arc[];
  /** Ties of the answer that have a side without a place. */
  readonly unplaced: number;
}

const AUTHORITIES = new Set(['Authority', 'DutchAuthority', 'ChineseAuthority']);

function pointOf(authority: Item): [latitude: number, longitude: number] | undefined {
  const location = itemOf(authority, 'location');
  const [latitude, longitude] = [
    location && firstValue(location, 'latitude'),
    location && firstValue(location, 'longitude'),
  ];
  return typeof latitude === 'number' && typeof longitude === 'number' ? [latitude, longitude] : undefined;
}

function placeOf(record: Item): Place | undefined {
  const higher = [itemOf(record, 'prefecture'), itemOf(record, 'parent')].filter(one => one !== null);
  const point = pointOf(record) ?? higher.map(pointOf).find(one => one !== undefined);
  if (!point) return undefined;
  const [latitude, longitude] = point;
  const country = longitude < 40 ? 'NL' : 'CN';
  return { called: calledOf(record), country, latitude, longitude, approximate: !pointOf(record), record };
}

/** The side of a tie or exchange: its own field, or the authority of that country it lies in. */
function sideOf(item: Item, above: readonly Item[], field: 'dutch' | 'chinese'): Place | undefined {
  const own = itemOf(item, field);
  if (own) return placeOf(own);
  const country = field === 'dutch' ? 'NL' : 'CN';
  const nearest = above.find(one => AUTHORITIES.has(one.type));
  const place = nearest && placeOf(nearest);
  return place?.country === country ? place : undefined;
}

const asksForPlace = (item: Item): boolean =>
  [...everyItem(item)].some(([one]) => one.entries.some(({ field }) => field === 'location'));

export function evidenceOf(item: Item): string[] {
  const titles = itemsIn(firstValue(item, 'citations')).map(citation => {
    const source = itemOf(citation, 'source');
    return source ? [textOf(source, 'publisher'), textOf(source, 'title')].filter(Boolean).join(': ') : '';
  });
  return titles.filter(title => title !== '');
}

/** All that an answer lets one draw on a map of the two countries; each authority, tie and exchange once. */
export function locate(root: Value): Located {
  const [places, arcs] = [new Map<string, Place>(), new Map<unknown, Arc>()];
  let unplaced = 0;
  const keyOf = ({ record, latitude, longitude, called }: Place) =>
    textOf(record, 'id') ?? `${latitude} ${longitude} ${called.en ?? called.nl}`;
  for (const [item, above] of everyItem(root)) {
    if (AUTHORITIES.has(item.type)) {
      const place = placeOf(item);
      // One that is only asked for where another lies is no place of its own.
      const [holder] = above;
      const isHigher =
        holder &&
        AUTHORITIES.has(holder.type) &&
        [itemOf(holder, 'prefecture'), itemOf(holder, 'parent')].includes(item);
      if (place && !isHigher) places.set(keyOf(place), places.get(keyOf(place)) ?? place);
    }
    if (item.type !== 'Partnership' && item.type !== 'Exchange') continue;
    const [dutch, chinese] = [sideOf(item, above, 'dutch'), sideOf(item, above, 'chinese')];
    if (!dutch || !chinese) {
      if (item.type === 'Partnership' && asksForPlace(item)) unplaced += 1;
      continue;
    }
    const key = textOf(item, 'id') ?? item;
    if (arcs.has(key)) continue;
    arcs.set(key, {
      dutch,
      chinese,
      status: item.type === 'Exchange' ? 'EXCHANGE' : textOf(item, 'status'),
      startedOn: textOf(item, 'startedOn'),
      endedOn: textOf(item, 'endedOn'),
      evidence: evidenceOf(item),
      record: item,
    });
  }
  return { places: [...places.values()], arcs: [...arcs.values()], unplaced };
}
