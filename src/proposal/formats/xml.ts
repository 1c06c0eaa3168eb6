import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { truncate } from '../../graph/errors.js';
import { message } from '../../messages/message.js';
import { MAX_XML_ATTRIBUTES, MAX_XML_DEPTH } from './limits.js';
import { FileRefusal } from './refusal.js';

/** Receives the parts of XML, in their order. Names are without a prefix. */
export interface XmlHandler {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(text: string): void;
}

export const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Parses XML piece by piece, and yields what the handler emits. A document type is refused: no entity is ever read.
 *
 * @param place The file or its part, for people.
 * @throws FileRefusal for XML that is not well-formed, with its line.
 */
export async function* parseXml<Item>(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  place: string,
  handlerOf: (emit: (item: Item) => void, parser: Pick<SaxesParser, 'line'>) => XmlHandler,
): AsyncGenerator<Item> {
  const parser = new SaxesParser({ xmlns: false, position: true });
  let items: Item[] = [];
  const { open, close, text } = handlerOf(item => items.push(item), parser);
  parser.on('doctype', () => {
    throw new FileRefusal(message('FILE_WITH_DTD', { place }));
  });
  parser.on('error', error => {
    throw unreadable(place, error);
  });
  let [depth, attributes] = [0, 0];
  const limit = (count: number, max: number, what: string) => {
    if (count > max) throw unreadable(`${place}:${parser.line}`, new Error(`more than ${max} ${what}.`));
  };
  parser.on('attribute', () => {
    attributes += 1;
    limit(attributes, MAX_XML_ATTRIBUTES, 'attributes in an element');
  });
  parser.on('opentag', (tag: SaxesTagPlain) => {
    attributes = 0;
    depth += 1;
    limit(depth, MAX_XML_DEPTH, 'elements in each other');
    open?.(localName(tag.name), tag.attributes);
  });
  parser.on('closetag', ({ name }: SaxesTagPlain) => {
    depth -= 1;
    close?.(localName(name));
  });
  if (text) {
    parser.on('text', text);
    parser.on('cdata', text);
  }
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch (error) {
      throw unreadable(`${place}:${parser.line}`, error as Error);
    }
  };
  for await (const chunk of chunks) {
    parser.write(decode(chunk));
    const emitted = items;
    items = [];
    yield* emitted;
  }
  parser.write(decode());
  parser.close();
  yield* items;
}

const unreadable = (place: string, { message: problem }: Error) =>
  new FileRefusal(message('FILE_UNREADABLE', { format: 'XML', place, problem: truncate(problem, 200) }));
