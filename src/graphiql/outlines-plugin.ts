import { createRequire } from 'node:module';
import { merge } from 'topojson-client';
import type { Plugin } from 'vite';

const NAME = 'virtual:outlines';

type Ring = [number, number][];
type Land = { type: 'MultiPolygon'; coordinates: Ring[][] };

/** A country's code after ISO 3166-1, numeric; islands smaller than this many points are left out. */
const netherlands = { scale: '10m', countries: ['528'], fewest: 6, digits: 3 } as const;
/** Hong Kong and Macao are authorities of the register's Chinese side, and of the outline's country. */
const china = { scale: '50m', countries: ['156', '344', '446'], fewest: 8, digits: 2 } as const;

/** Without the islands of the Caribbean. */
const isOnTheMap = ([ring]: Ring[]) => (ring?.[0]?.[0] ?? 0) > 3;

/** The outlines of the map, cut out of world-atlas (Natural Earth, public domain) when the page is built. */
export function outlines(): Plugin {
  return {
    name: 'outlines',
    resolveId: id => (id === NAME ? `\0${NAME}` : undefined),
    load: id =>
      id === `\0${NAME}`
        ? `export const netherlands = ${JSON.stringify(landOf(netherlands))};\nexport const china = ${JSON.stringify(landOf(china))};`
        : undefined,
  };
}

function landOf({ scale, countries, fewest, digits }: typeof netherlands | typeof china): Land {
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
      .filter(polygon => isOnTheMap(polygon) && (polygon[0]?.length ?? 0) >= fewest)
      .map(polygon => polygon.map(ring => ring.map(([x, y]) => [round(x), round(y)]))),
  };
}
