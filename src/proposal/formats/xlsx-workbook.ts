import { MAX_PARTS } from './limits.js';
import { type Archive, tooLarge } from './xlsx-archive.js';
import { type Precision, precisionOf } from './xlsx-dates.js';
import { localName, parseXml } from './xml.js';

/** Parts of a workbook to which its sheets refer. */
export interface Workbook {
  /** The visible sheets, in their order. */
  sheets: { name: string; path: string }[];
  strings: string[];
  /** The precision of the dates of each style; undefined for one that shows none. */
  styles: (Precision | undefined)[];
  is1904: boolean;
}

const ESCAPE = /_x([0-9A-Fa-f]{4})_/g;

/** Returns a text without the escapes of Office Open XML: `_x000D_` is a carriage return. */
export const unescaped = (text: string): string =>
  text.replaceAll(ESCAPE, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** Returns the attributes of all elements of one of these names, of which a workbook has about one a part. */
async function elements(archive: Archive, path: string, ...names: string[]) {
  const matches: { name: string; attributes: Record<string, string> }[] = [];
  if (!archive.has(path)) return matches;
  const items = parseXml<(typeof matches)[number]>(archive.read(path), path, emit => ({
    open: (name, attributes) => {
      if (names.includes(name)) emit({ name, attributes });
    },
  }));
  for await (const item of items) {
    if (matches.length === MAX_PARTS) throw tooLarge(path);
    matches.push(item);
  }
  return matches;
}

/** Reads what is common to the sheets of a workbook. */
export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const parts = await elements(archive, 'xl/_rels/workbook.xml.rels', 'Relationship');
  const pathOf = ({ Target = '' }: Record<string, string>) =>
    Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`;
  const partOfType = (type: string) => {
    const part = parts.find(({ attributes }) => attributes.Type?.endsWith(`/${type}`));
    return part ? pathOf(part.attributes) : '';
  };
  // Its absence is refused here: a workbook without it is none.
  const workbook = archive.has('xl/workbook.xml') ? 'xl/workbook.xml' : partOfType('officeDocument');
  if (!archive.has(workbook)) await archive.read('xl/workbook.xml').next();
  const partsById = new Map(parts.map(({ attributes }) => [attributes.Id, attributes]));
  const sheets: Workbook['sheets'] = [];
  let is1904 = false;
  for (const { name, attributes } of await elements(archive, workbook, 'sheet', 'workbookPr')) {
    if (name === 'workbookPr') is1904 = /^(?:1|true)$/.test(attributes.date1904 ?? '');
    else if (attributes.state === undefined || attributes.state === 'visible') {
      const reference = Object.entries(attributes).find(([key]) => key.includes(':') && localName(key) === 'id')?.[1];
      const part = partsById.get(reference);
      const isNew = part && !sheets.some(({ path }) => path === pathOf(part));
      if (isNew) sheets.push({ name: attributes.name ?? '', path: pathOf(part) });
    }
  }
  const [strings, styles] = [partOfType('sharedStrings'), partOfType('styles')];
  return { sheets, is1904, strings: await readStrings(archive, strings), styles: await readStyles(archive, styles) };
}

async function readStrings(archive: Archive, path: string): Promise<string[]> {
  const strings: string[] = [];
  if (!archive.has(path)) return strings;
  const items = parseXml<string>(archive.read(path), path, emit => {
    let [text, isText, isPhonetic] = ['', false, false];
    return {
      open: name => {
        if (name === 'si') text = '';
        isText = name === 't' && !isPhonetic;
        isPhonetic ||= name === 'rPh';
      },
      text: piece => {
        if (isText) text += piece;
      },
      close: name => {
        isText = false;
        if (name === 'rPh') isPhonetic = false;
        if (name === 'si') emit(unescaped(text));
      },
    };
  });
  for await (const item of items) strings.push(item);
  return strings;
}

async function readStyles(archive: Archive, path: string): Promise<Workbook['styles']> {
  const codes = new Map<string, string>();
  const styles: Workbook['styles'] = [];
  if (!archive.has(path)) return styles;
  const items = parseXml<Precision | undefined>(archive.read(path), path, emit => {
    let isOfCells = false;
    return {
      open: (name, { numFmtId = '0', formatCode = '' }) => {
        if (name === 'numFmt') codes.set(numFmtId, formatCode);
        if (name === 'cellXfs') isOfCells = true;
        if (name === 'xf' && isOfCells) emit(precisionOf(Number(numFmtId), codes.get(numFmtId)));
      },
      close: name => {
        if (name === 'cellXfs') isOfCells = false;
      },
    };
  });
  for await (const item of items) styles.push(item);
  return styles;
}
