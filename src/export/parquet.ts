import { ByteWriter, geojsonToWkb, ParquetWriter } from 'hyparquet-writer';
import { ATTRIBUTION, LICENCE } from './attribution.js';
import type { Content, ExportRow, Format } from './format.js';
import { GeoMetadata } from './geo-metadata.js';
import { GEOMETRY, schemaElements, valuesOf } from './parquet-schema.js';

/** Limits the rows that are held until their columns are written. */
const MAX_GROUP_ROWS = 5_000;
/** Limits the texts of these rows, in characters: ten pages of the longest records. */
const MAX_GROUP_CHARACTERS = 2_000_000;

/** Returns the number of characters of a value, about. */
function charactersOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  return Object.values(value).reduce<number>((sum, member) => sum + charactersOf(member), 8);
}

/** Joins pages to the rows of one group each. The groups depend on the rows alone, so that equal content gives an equal file. */
async function* groupsOf(pages: Content['pages']): AsyncGenerator<ExportRow[]> {
  let rows: ExportRow[] = [];
  let characters = 0;
  for await (const page of pages) {
    for (const row of page) {
      rows.push(row);
      characters += charactersOf(row);
      if (rows.length < MAX_GROUP_ROWS && characters < MAX_GROUP_CHARACTERS) continue;
      yield rows;
      [rows, characters] = [[], 0];
    }
  }
  if (rows.length > 0) yield rows;
}

/** Returns what the file says of itself, as key and value. */
const metadata = ({ name, filter, position, knownAt }: Content) =>
  Object.entries({
    register: 'stedenband',
    list: name,
    filter: filter ?? undefined,
    lastChange: position.recordedAt,
    knownAt,
    attribution: ATTRIBUTION,
    license: LICENCE,
  }).flatMap(([key, value]) => (value === undefined ? [] : [{ key, value }]));

/**
 * Writes Apache Parquet, a group of rows after the other; the index of the groups is at the end of the file. Lists are lists,
 * days are dates, and a list with locations is GeoParquet.
 */
export const parquet: Format = {
  extension: 'parquet',
  mediaType: 'application/vnd.apache.parquet',
  geometry: 'optional',
  isTabular: true,
  isCompressed: true,
  async *write(content) {
    const { columns, hasGeometry, pages } = content;
    const sink = new ByteWriter();
    /** Takes the bytes that were written since the last call. */
    const taken = (): Buffer => {
      const bytes = Buffer.from(sink.getBuffer());
      sink.index = 0;
      return bytes;
    };
    const kvMetadata = metadata(content);
    const elements = columns.flatMap(schemaElements);
    const width = columns.length + (hasGeometry ? 1 : 0);
    const schema = [{ name: 'root', num_children: width }, ...elements, ...(hasGeometry ? [GEOMETRY] : [])];
    const writer = new ParquetWriter({ writer: sink, schema, kvMetadata, createdBy: 'stedenband' });
    const geo = new GeoMetadata();
    const fields = columns.map((column, index) => ({ name: column.name, index, convert: valuesOf(column) }));
    yield taken();
    for await (const rows of groupsOf(pages)) {
      const columnData = fields.map(({ name, index, convert }) => ({
        name,
        data: rows.map(row => convert(row[index])),
        offsetIndex: false,
      }));
      if (hasGeometry) {
        const geometries = rows.map(row => geo.add(row[columns.length]));
        const data = geometries.map(geometry => geometry && geojsonToWkb(geometry));
        columnData.push({ name: GEOMETRY.name, data, offsetIndex: false });
      }
      await writer.write({ columnData, rowGroupSize: rows.length });
      yield taken();
    }
    if (hasGeometry) kvMetadata.push(geo.entry());
    await writer.finish();
    yield taken();
  },
};
