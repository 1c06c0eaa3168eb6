/** Maximum number of rows in one statement. */
const MAX_BATCH_SIZE = 500;

/** Splits rows into batches of `MAX_BATCH_SIZE`. */
export function* batches<Row>(rows: Iterable<Row>): Generator<Row[]> {
  let batch: Row[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length < MAX_BATCH_SIZE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length) yield batch;
}
