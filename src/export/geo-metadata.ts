import { GEOMETRY } from './parquet-schema.js';

/** The geometries of our records, as GeoJSON: a point, or several. */
type Geometry =
  | { type: 'Point'; coordinates: [longitude: number, latitude: number] }
  | { type: 'LineString' | 'MultiPoint'; coordinates: [longitude: number, latitude: number][] };

const pointsOf = (geometry: Geometry): [number, number][] =>
  geometry.type === 'Point' ? [geometry.coordinates] : geometry.coordinates;

/** Collects the types and the bounds of geometries, which a file of GeoParquet states. */
export class GeoMetadata {
  readonly #types = new Set<string>();
  #bounds: [west: number, south: number, east: number, north: number] | undefined;

  /** Adds the geometry of a record, and returns it; null if it has none. */
  add(value: unknown): Geometry | null {
    const geometry = value as Geometry | null | undefined;
    if (!geometry) return null;
    this.#types.add(geometry.type);
    for (const [x, y] of pointsOf(geometry)) {
      const [west, south, east, north] = this.#bounds ?? [x, y, x, y];
      this.#bounds = [Math.min(west, x), Math.min(south, y), Math.max(east, x), Math.max(north, y)];
    }
    return geometry;
  }

  /** Returns the entry `geo` of the metadata, of GeoParquet 1.1. Without a CRS, coordinates are longitude and latitude. */
  entry(): { key: string; value: string } {
    const column = {
      encoding: 'WKB',
      geometry_types: [...this.#types].sort(),
      ...(this.#bounds && { bbox: this.#bounds }),
    };
    const value = { version: '1.1.0', primary_column: GEOMETRY.name, columns: { [GEOMETRY.name]: column } };
    return { key: 'geo', value: JSON.stringify(value) };
  }
}
