import { type DisplayName, displayNameOf, firstValue, objectOf, objectsIn, textOf, walkObjects } from './objects.js';
import { statusOn } from './status-on-day.js';
import type { ResultObject, ResultValue } from './typed-result.js';

/** Authority with a location. */
export interface Place {
  readonly displayName: DisplayName;
  readonly country: 'NL' | 'CN';
  readonly latitude: number;
  readonly longitude: number;
  /** True if the location is that of the prefecture or province, because its own is unknown. */
  readonly approximate: boolean;
  /** True for a province, of which a municipality can have the name and the location. */
  readonly isProvince: boolean;
  readonly record: ResultObject;
}

/** Partnership or exchange between two places. */
export interface Arc {
  readonly dutch: Place;
  readonly chinese: Place;
  /** Status of the partnership; `EXCHANGE` for an exchange; null if not selected. */
  readonly status: string | null;
  readonly startedOn: string | null;
  readonly endedOn: string | null;
  /** Publisher and title of the cited sources in the result. */
  readonly evidence: readonly string[];
  readonly record: ResultObject;
}

/** Returns the identity of a place: each partnership of an authority has an object of its own for it. */
export const placeKey = ({ record, latitude, longitude, displayName }: Place): string =>
  textOf(record, 'id') ?? `${latitude} ${longitude} ${displayName.en ?? displayName.nl}`;

export interface MapData {
  readonly places: readonly Place[];
  readonly arcs: readonly Arc[];
  /** Number of partnerships with a side that has no location. */
  readonly unplaced: number;
}

const AUTHORITIES = new Set(['Authority', 'DutchAuthority', 'ChineseAuthority']);

function pointOf(authority: ResultObject): [latitude: number, longitude: number] | undefined {
  const location = objectOf(authority, 'location');
  const [latitude, longitude] = [
    location && firstValue(location, 'latitude'),
    location && firstValue(location, 'longitude'),
  ];
  return typeof latitude === 'number' && typeof longitude === 'number' ? [latitude, longitude] : undefined;
}

function placeOf(record: ResultObject): Place | undefined {
  const enclosing = [objectOf(record, 'prefecture'), objectOf(record, 'parent')].filter(
    authority => authority !== null,
  );
  const point = pointOf(record) ?? enclosing.map(pointOf).find(candidate => candidate !== undefined);
  if (!point) return undefined;
  const [latitude, longitude] = point;
  const country = longitude < 40 ? 'NL' : 'CN';
  return {
    displayName: displayNameOf(record),
    country,
    latitude,
    longitude,
    approximate: !pointOf(record),
    isProvince: textOf(record, 'level') === 'PROVINCE',
    record,
  };
}

/** Returns a side of a partnership or exchange: its own field, or the enclosing authority of that country. */
function sideOf(
  object: ResultObject,
  ancestors: readonly ResultObject[],
  field: 'dutch' | 'chinese',
): Place | undefined {
  const authority = objectOf(object, field);
  if (authority) return placeOf(authority);
  const country = field === 'dutch' ? 'NL' : 'CN';
  const nearest = ancestors.find(({ type }) => AUTHORITIES.has(type));
  const place = nearest && placeOf(nearest);
  return place?.country === country ? place : undefined;
}

const selectsLocation = (object: ResultObject): boolean =>
  [...walkObjects(object)].some(([inner]) => inner.fields.some(({ fieldName }) => fieldName === 'location'));

export function evidenceOf(object: ResultObject): string[] {
  const titles = objectsIn(firstValue(object, 'citations')).map(citation => {
    const source = objectOf(citation, 'source');
    return source ? [textOf(source, 'publisher'), textOf(source, 'title')].filter(Boolean).join(': ') : '';
  });
  return titles.filter(title => title !== '');
}

/**
 * Collects the places and arcs of a result; each authority, partnership and exchange once.
 *
 * @param day Day of the statuses; a partnership that had not begun then has no arc.
 */
export function mapDataOf(root: ResultValue, day?: string): MapData {
  const [places, arcs] = [new Map<string, Place>(), new Map<unknown, Arc>()];
  const unplaced = new Set<unknown>();
  for (const [object, ancestors] of walkObjects(root)) {
    if (AUTHORITIES.has(object.type)) {
      const place = placeOf(object);
      // An authority selected only as the parent of another one is not drawn.
      const [parent] = ancestors;
      const isParentOnly =
        parent &&
        AUTHORITIES.has(parent.type) &&
        [objectOf(parent, 'prefecture'), objectOf(parent, 'parent')].includes(object);
      if (place && !isParentOnly) places.set(placeKey(place), places.get(placeKey(place)) ?? place);
    }
    if (object.type !== 'Partnership' && object.type !== 'Exchange') continue;
    const [dutch, chinese] = [sideOf(object, ancestors, 'dutch'), sideOf(object, ancestors, 'chinese')];
    if (!dutch || !chinese) {
      if (object.type === 'Partnership' && selectsLocation(object)) unplaced.add(textOf(object, 'id') ?? object);
      continue;
    }
    const key = textOf(object, 'id') ?? object;
    const status = object.type === 'Exchange' ? 'EXCHANGE' : (statusOn(object, day) ?? textOf(object, 'status'));
    if (arcs.has(key) || (day !== undefined && status === 'NOT_YET_STARTED')) continue;
    arcs.set(key, {
      dutch,
      chinese,
      status,
      startedOn: textOf(object, 'startedOn'),
      endedOn: textOf(object, 'endedOn'),
      evidence: evidenceOf(object),
      record: object,
    });
  }
  return { places: [...places.values()], arcs: [...arcs.values()], unplaced: unplaced.size };
}
