/** The labels of codes in the languages of messages beside English, which shows the code itself. */
type CodeLabels = Readonly<Record<string, { nl: string; zh: string }>>;

const labelsByList = new Map<string, CodeLabels>();

/** Registers the labels of the codes of a list, such as `PartnershipStatus`. */
export function labelCodes(list: string, labels: CodeLabels): void {
  labelsByList.set(list, labels);
}

/** Returns the label of a code; undefined for another value, and for a list without labels. */
export function labelOfCode(list: unknown, code: string, language: 'nl' | 'zh'): string | undefined {
  return labelsByList.get(String(list))?.[code]?.[language];
}
