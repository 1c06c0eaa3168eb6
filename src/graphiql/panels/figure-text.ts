/** Font of the page, with fallbacks for saved pictures. */
export const FONT = "Roboto, 'Noto Sans', 'Segoe UI', system-ui, 'Noto Sans CJK SC', sans-serif";
export const FONT_SIZE = 12;
export const TITLE_FONT_SIZE = 15;
/** Space between the edge of a picture and what is in it. */
export const PADDING = 12;

/** Estimates the width of text: CJK characters are as wide as high, others about half of that. */
export const textWidth = (text: string, size = FONT_SIZE): number =>
  [...text].reduce((sum, letter) => sum + size * (letter > '\u2E80' ? 1 : 0.55), 0);

/** Truncates text to a width, with an ellipsis. */
export function truncateToWidth(text: string, width: number, size = FONT_SIZE): string {
  if (textWidth(text, size) <= width) return text;
  let cut = [...text];
  while (cut.length > 1 && textWidth(cut.join(''), size) > width - size) cut = cut.slice(0, -1);
  return `${cut.join('').trimEnd()}…`;
}

/** Breaks text into lines of a width: between words, and within a word or an address that is wider. */
export function wrap(text: string, width: number, size = FONT_SIZE): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line ? `${line} ${word}` : word;
    if (textWidth(longer, size) <= width) {
      line = longer;
      continue;
    }
    if (line) lines.push(line);
    line = '';
    for (const letter of word) {
      if (line && textWidth(line + letter, size) > width) {
        lines.push(line);
        line = '';
      }
      line += letter;
    }
  }
  return line ? [...lines, line] : lines;
}

/** Breaks a title into at most two lines. */
export function titleLines(title: string, width: number): string[] {
  const [first = '', ...rest] = wrap(title, width, TITLE_FONT_SIZE);
  return rest.length > 0 ? [first, truncateToWidth(rest.join(' '), width, TITLE_FONT_SIZE)] : [first];
}
