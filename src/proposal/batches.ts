/**
 * The rows of a proposal that are compared, written or undone together. Requests of others are answered between two batches:
 * more rows take fewer statements, and make others wait longer.
 */
export const BATCH_SIZE = 20;
