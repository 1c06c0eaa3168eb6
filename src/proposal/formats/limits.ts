/** Limits a file. */
export const MAX_FILE_BYTES = 20_000_000;
/** Limits the columns of a table: the largest export has fifty. */
export const MAX_COLUMNS = 200;
/** Limits a row of a text file, and an activity of IATI. */
export const MAX_ROW_CHARACTERS = 1_000_000;
/** Limits the elements of an activity of IATI: a million characters of a published one have about 30,000. */
export const MAX_ACTIVITY_ELEMENTS = 100_000;
/** Limits the elements around an element of XML, and the attributes of one: the parser has all of them in memory. */
export const MAX_XML_DEPTH = 100;
export const MAX_XML_ATTRIBUTES = 1_000;
/** Limits a cell, as Excel does. */
export const MAX_CELL_CHARACTERS = 32_767;
/** Limits what is unpacked of a workbook: the parts that are read, together. */
export const MAX_UNPACKED_BYTES = 100_000_000;
/** Limits the parts of a workbook, and the elements that name them: its sheets and its relationships. */
export const MAX_PARTS = 500;
/** Limits the names of columns: an unknown one is named in the problem of each row. */
export const MAX_COLUMN_NAME = 200;
/** Limits the cells of a table together: a workbook has a text once, for all of its cells. */
export const MAX_TABLE_CHARACTERS = 40_000_000;
