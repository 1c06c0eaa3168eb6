/** Records of a page that may have others after it: a smaller page is meant, such as the ten oldest. */
export const MIN_PAGE_SIZE = 20;

/** Tells if a list at the root of an answer may have further pages, before they are looked for. */
export const hasLongPage = (data: unknown): boolean =>
  Object.values((data ?? {}) as Record<string, { nodes?: readonly unknown[] } | null>).some(
    value => (value?.nodes?.length ?? 0) >= MIN_PAGE_SIZE,
  );
