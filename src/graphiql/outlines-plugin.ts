import { createRequire } from 'node:module';
import { merge } from 'topojson-client';
import type { Plugin } from 'vite';

const MODULE_ID = 'virtual:outlines';

type Ring = [number, number][];
type Land = { type: 'MultiPolygon'; coordinates: Ring[][] };

/** Numeric ISO 3166-1 codes. Polygons with fewer than `minPoints` points (small islands) are omitted. */
const netherlands = { scale: '10m', countries: ['528'], minPoints: 6, digits: 3 } as const;
/** Includes Hong Kong and Macao, which are Chinese authorities in the register. */
const china = { scale: '50m', countries: ['156', '344', '446'], minPoints: 8, digits: 2 } as const;

/** Excludes the Caribbean islands. */
const isInEurasia = ([ring]: Ring[]) => (ring?.[0]?.[0] ?? 0) > 3;

/** Vite plug-in that extracts the outlines of the map from world-atlas (Natural Earth, public domain) at build time. */
export function outlines(): Plugin {
  return {
    name: 'outlines',
    resolveId: id => (id === MODULE_ID ? `\0${MODULE_ID}` : undefined),
    load: id =>
      id === `\0${MODULE_ID}`
        ? `export const netherlands = ${JSON.stringify(landOf(netherlands))};\nexport const china = ${JSON.stringify(landOf(china))};`
        : undefined,
  };
}

function landOf({ scale, countries, minPoints, digits }: typeof netherlands | typeof china): Land {
  const atlas = createRequire(import.meta.url)(`world-atlas/countries-${scale}.json`);
  const geometries = atlas.objects.countries.geometries.filter(({ id }: { id: string }) =>
    (countries as readonly string[]).includes(id),
  );
  const { coordinates } = merge(atlas, geometries) as unknown as Land;
  if (geometries.length !== countries.length) throw new Error(`world-atlas has not all of ${countries.join(', ')}.`);
  const round = (degrees: number) => Number(degrees.toFixed(digits));
  return {
    type: 'MultiPolygon',
    coordinates: coordinates
      .filter(polygon => isInEurasia(polygon) && (polygon[0]?.length ?? 0) >= minPoints)
      .map(polygon => polygon.map(ring => ring.map(([x, y]) => [round(x), round(y)]))),
  };
}
