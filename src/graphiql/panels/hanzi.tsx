const HANZI = /\p{Script=Han}/u;
/** Hanzi with the punctuation between them. */
const CHINESE = /([\p{Script=Han}\u3000-\u303F\uFF00-\uFFEF]+)/u;

/** Marks the Chinese in a text, so that a screen reader pronounces it and a browser chooses its font. */
export function Hanzi({ text }: { text: string }) {
  if (!HANZI.test(text)) return text;
  return text.split(CHINESE).map((part, index) =>
    !HANZI.test(part) ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no state.
      <span key={index} lang="zh-Hans">
        {part}
      </span>
    ),
  );
}
