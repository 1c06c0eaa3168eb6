/** Labels of fields of the schema, by field name: `[nl, en, zh]`. */
export const FIELD_LABELS: Readonly<Record<string, readonly [nl: string, en: string, zh: string]>> = {
  startedOn: ['begindatum', 'start', '开始日期'],
};

const INDEX = { nl: 0, en: 1, zh: 2 } as const;

/** Returns the label of a field, or of the last field of a path such as `names.zh`; the name itself if it has no label. */
export function fieldLabel(field: string, language: keyof typeof INDEX): string {
  const labels = FIELD_LABELS[field] ?? FIELD_LABELS[field.slice(field.lastIndexOf('.') + 1)];
  return labels?.[INDEX[language]] ?? field;
}
