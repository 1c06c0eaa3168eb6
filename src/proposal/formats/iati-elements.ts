import { message } from '../../messages/message.js';
import { MAX_ACTIVITY_ELEMENTS, MAX_ROW_CHARACTERS } from './limits.js';
import { FileRefusal } from './refusal.js';
import type { XmlHandler } from './xml.js';

/** An element with its texts: what an activity is made of. */
export interface Element {
  name: string;
  attributes: Readonly<Record<string, string>>;
  text: string;
  children: Element[];
}

export const all = ({ children }: Element, name: string): Element[] => children.filter(child => child.name === name);
export const clean = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/**
 * Builds the elements of each activity, one activity at a time.
 *
 * @throws FileRefusal for an activity of too many characters, or of too many elements: an empty one has few characters.
 */
export function activityHandler(emit: (activity: Element) => void, parser: { line: number }): XmlHandler {
  const path: Element[] = [];
  let [characters, elements] = [0, 0];
  const add = (length: number) => {
    characters += length;
    if (characters <= MAX_ROW_CHARACTERS && elements <= MAX_ACTIVITY_ELEMENTS) return;
    const problem = `an activity has more than ${MAX_ROW_CHARACTERS} characters or ${MAX_ACTIVITY_ELEMENTS} elements.`;
    throw new FileRefusal(message('FILE_UNREADABLE', { format: 'IATI', place: `line ${parser.line}`, problem }));
  };
  return {
    open(name, attributes) {
      if (path.length === 0) {
        if (name !== 'iati-activity') return;
        [characters, elements] = [0, 0];
      }
      const element = { name, attributes, text: '', children: [] };
      path.at(-1)?.children.push(element);
      path.push(element);
      elements += 1;
      add(name.length + JSON.stringify(attributes).length);
    },
    text(text) {
      const element = path.at(-1);
      if (!element) return;
      element.text += text;
      add(text.length);
    },
    close() {
      const element = path.pop();
      if (element && path.length === 0) emit(element);
    },
  };
}
