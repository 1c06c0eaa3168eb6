import { ContactPointType } from '../organisation/organisation.enums.js';
import { isAbsent, type Parse, unreadable } from './cell-values.js';

interface ContactPoint {
  type: ContactPointType;
  value: string;
  seenIn?: string | null;
}

const CONTACT_POINT_TYPES = new Set<unknown>(Object.values(ContactPointType));

function isContactPoint(point: unknown): point is ContactPoint {
  const { type, value, seenIn = null } = Object(point) as Record<string, unknown>;
  const isText = typeof value === 'string' && value !== '' && (seenIn === null || typeof seenIn === 'string');
  return CONTACT_POINT_TYPES.has(type) && isText;
}

/** Contact points are objects, or a text as in a flat export: `URL https://www.vng.nl; EMAIL info@vng.nl`. */
export const contactPoints =
  (field: string): Parse =>
  value => {
    if (isAbsent(value)) return [];
    if (typeof value === 'string') {
      return value.split(';').map(part => {
        const [, type, address] = /^([A-Z_]+) (.+)$/.exec(part.trim()) ?? [];
        const point = { type, value: address, seenIn: null };
        if (!isContactPoint(point)) throw unreadable(field, part.trim());
        return point;
      });
    }
    if (!Array.isArray(value) || !value.every(isContactPoint)) throw unreadable(field, value);
    return value.map(({ type, value: address, seenIn = null }) => ({ type, value: address, seenIn }));
  };

/** Returns the contact points of a flat cell with the `seenIn` that the same points of a record have, which the cell cannot. */
export function withSeenIn(points: unknown, stored: unknown): unknown {
  const others = (stored ?? []) as ContactPoint[];
  return (points as ContactPoint[]).map(point => {
    const same = others.find(({ type, value }) => type === point.type && value === point.value);
    return { ...point, seenIn: point.seenIn ?? same?.seenIn ?? null };
  });
}
