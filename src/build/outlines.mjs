// Draws the outlines of the two countries for the small maps of pages, from world-atlas (Natural Earth, public domain), in
// whole pixels. Each map is cylindrical: degrees of longitude are shortened as at the middle of the country.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { merge } from 'topojson-client';

const require = createRequire(import.meta.url);

/** Countries by numeric ISO 3166-1 codes, and the box that each is fitted into: left, top, right, bottom. */
const COUNTRIES = {
  NL: { scale: '10m', codes: ['528'], minPoints: 8, parallel: 52.2, box: [10, 24, 200, 270] },
  CN: { scale: '50m', codes: ['156', '344', '446'], minPoints: 10, parallel: 35, box: [250, 24, 630, 270] },
};

/** Drops points that are nearer than three pixels to the one before. */
function thinned(points) {
  const rest = [];
  for (const point of points) {
    const last = rest.at(-1);
    if (!last || Math.hypot(point[0] - last[0], point[1] - last[1]) >= 3) rest.push(point);
  }
  return rest;
}

function outlineOf({ scale, codes, minPoints, parallel, box: [left, top, right, bottom] }) {
  const atlas = require(`world-atlas/countries-${scale}.json`);
  const geometries = atlas.objects.countries.geometries.filter(({ id }) => codes.includes(id));
  if (geometries.length !== codes.length) throw new Error(`world-atlas has not all of ${codes.join(', ')}.`);
  const shrink = Math.cos((parallel * Math.PI) / 180);
  const rings = merge(atlas, geometries)
    .coordinates.map(([ring]) => ring)
    // Without small islands, and those in America.
    .filter(ring => ring.length >= minPoints && ring[0][0] > 3);
  const [xs, ys] = [
    rings.flat().map(([longitude]) => longitude * shrink),
    rings.flat().map(([, latitude]) => -latitude),
  ];
  const [west, north] = [Math.min(...xs), Math.min(...ys)];
  const pixels = Math.min((right - left) / (Math.max(...xs) - west), (bottom - top) / (Math.max(...ys) - north));
  const project = ([longitude, latitude]) => [
    Math.round(left + (longitude * shrink - west) * pixels),
    Math.round(top + (-latitude - north) * pixels),
  ];
  const path = rings
    .map(ring => thinned(ring.map(project)))
    .filter(points => points.length > 3)
    .map(points => `M${points.map(point => point.join(' ')).join('L')}Z`)
    .join('');
  // x = (longitude - originLongitude) * xScale, y = (originLatitude - latitude) * yScale.
  const originLongitude = west / shrink - left / (pixels * shrink);
  return { path, originLongitude, originLatitude: -north + top / pixels, xScale: pixels * shrink, yScale: pixels };
}

const outlines = Object.fromEntries(Object.entries(COUNTRIES).map(([code, country]) => [code, outlineOf(country)]));
writeFileSync('dist/outlines.json', JSON.stringify(outlines));
