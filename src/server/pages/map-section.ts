import { readFileSync } from 'node:fs';
import { root } from '../../config/config.js';
import { html, type Part } from '../http/html.js';
import { type AnswerObject, type FieldShape, isObject } from './answer-shape.js';
import { displayOf } from './display.js';
import type { Reader } from './reader.js';
import type { RecordAnswer } from './record-evidence.js';

/** The outline of a country in pixels, and the scale of its map. */
interface Outline {
  path: string;
  originLongitude: number;
  originLatitude: number;
  xScale: number;
  yScale: number;
}

type CountryCode = 'NL' | 'CN';

const WIDTH = 640;
const HEIGHT = 280;
/** Limits the places that have a name in the picture; with more, names would cover each other. */
const MAX_LABELS = 4;

let outlines: Readonly<Record<CountryCode, Outline>> | undefined;

/** Returns the outlines that the build drew. */
function outlinesOfCountries(): Readonly<Record<CountryCode, Outline>> {
  outlines ??= JSON.parse(readFileSync(new URL('dist/outlines.json', root), 'utf8')) as Record<CountryCode, Outline>;
  return outlines;
}

interface Place {
  id: string;
  name: string;
  country: CountryCode;
  x: number;
  y: number;
}

/** Returns an authority as a place of the map; undefined without a location. A district is drawn at its prefecture. */
function placeOf(reader: Reader, fields: ReadonlyMap<string, FieldShape>, value: AnswerObject): Place | undefined {
  const prefecture = isObject(value.prefecture) ? value.prefecture : undefined;
  const location = value.location ?? prefecture?.location;
  const id = String(value._id);
  if (!isObject(location)) return undefined;
  const country: CountryCode = id.startsWith('nl-') ? 'NL' : 'CN';
  const { originLongitude, originLatitude, xScale, yScale } = outlinesOfCountries()[country];
  return {
    id,
    name: displayOf(reader, fields, value)?.text ?? id,
    country,
    x: Math.round((Number(location.longitude) - originLongitude) * xScale),
    y: Math.round((originLatitude - Number(location.latitude)) * yScale),
  };
}

/** A tie whose sides have a place each. */
interface Arc {
  sides: Place[];
  /** The status, as a class of the style sheet: `ended`. */
  status: string;
}

/** Returns the ties of a record with the places of their sides: its own, or those of its list. */
function arcsOf(reader: Reader, { fields, record }: RecordAnswer): Arc[] {
  const connection = fields.get('partnerships');
  const shapes = connection?.fields.get('nodes')?.fields ?? fields;
  const rows = isObject(record.partnerships) ? ((record.partnerships.nodes ?? []) as AnswerObject[]) : [record];
  return rows.map(row => ({
    sides: ['dutch', 'chinese'].flatMap(side => {
      const [shape, value] = [shapes.get(side), row[side]];
      const place = shape && isObject(value) ? placeOf(reader, shape.fields, value) : undefined;
      return place ? [place] : [];
    }),
    status: String(row.status).toLowerCase(),
  }));
}

/** Renders a small map of the ties of a record; the tables of the page say the same in words. */
export function mapSection(reader: Reader, answer: RecordAnswer): Part {
  const { texts } = reader;
  const ties = arcsOf(reader, answer).filter(({ sides }) => sides.length === 2);
  if (!ties.length) return undefined;
  const places = [...new Map(ties.flatMap(({ sides }) => sides).map(place => [place.id, place])).values()];
  const arcs = ties.map(({ sides: [dutch, chinese], status }) => {
    if (!dutch || !chinese) return undefined;
    const bend = (chinese.x - dutch.x) / 2;
    return html`<path class="arc ${status}" d="M${dutch.x} ${dutch.y}C${dutch.x + bend} ${dutch.y} ${chinese.x - bend} ${chinese.y} ${chinese.x} ${chinese.y}"/>`;
  });
  const dots = places.map(({ x, y, name }) => {
    // Names at the right edge are written to the left of their place.
    const isRight = x > WIDTH - 110;
    const label =
      places.length <= MAX_LABELS &&
      html`<text x="${isRight ? x - 7 : x + 7}" y="${y - 6}"${isRight && html` text-anchor="end"`}>${name}</text>`;
    return html`<circle class="place" cx="${x}" cy="${y}" r="3.5"/>${label}`;
  });
  const { NL, CN } = outlinesOfCountries();
  const names = places.map(({ name }) => name).join(', ');
  return html`<figure><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${texts.map}: ${names}"><path class="land" d="${NL.path}"/><path class="land" d="${CN.path}"/>${arcs}${dots}</svg><figcaption>${texts.mapNote}</figcaption></figure>`;
}
