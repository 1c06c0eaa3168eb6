/** A text in three languages. `@nl` and `@zh` are those of the language pattern of Data Package, which other readers ignore. */
export interface Translations {
  title: string;
  'title@nl': string;
  'title@zh': string;
}

/** A code of a code list, as a category of Table Schema. */
export interface Category {
  value: string;
  label: string;
  'label@nl': string;
  'label@zh': string;
}

/** A field of Table Schema. */
export interface TableField extends Translations {
  name: string;
  type: 'string' | 'integer' | 'number' | 'boolean' | 'date' | 'datetime' | 'list';
  description?: string;
  delimiter?: string;
  itemType?: 'string';
  categories?: Category[];
  constraints?: { required?: true; unique?: true; pattern?: string };
  /** The code list of the items of a list, which has no categories. */
  codeList?: string;
}

/** A Tabular Data Resource: a CSV file with its columns. */
export interface TableResource extends Translations {
  name: string;
  path: string;
  description: string;
  /** `sha256:…` of the file, and its bytes: known once it is written. */
  hash?: string;
  bytes?: number;
  rowCount?: number;
  schema: { fields: TableField[]; primaryKey: string[]; foreignKeys?: object[] };
  [property: string]: unknown;
}

/** A Data Package (datapackage.org, version 2). */
export interface DataPackage extends Translations {
  resources: TableResource[];
  [property: string]: unknown;
}
