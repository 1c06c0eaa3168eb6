import { describe, expect, test } from 'vitest';
import { Problems } from '../../src/change/problems.js';
import { checkTexts } from '../../src/change/validate-texts.js';
import { renderMessage } from '../../src/messages/message.js';

/** Returns the rule that a text breaks at each of the paths of an input. */
function rulesOf(input: object): Record<string, string> {
  const problems = new Problems();
  checkTexts(problems, input);
  return Object.fromEntries(problems.errors.map(({ path, rule }) => [path.slice(1).join('.'), rule]));
}

describe('a text of which nobody sees anything is empty', () => {
  const UNSEEN: [what: string, text: string][] = [
    ['zero width space', '\u200b'],
    ['filler of Hangul', '\u3164'],
    ['fillers of Jamo', '\u115f\u1160\uffa0'],
    ['word joiner', '\u2060'],
    ['byte order mark', '\ufeff'],
    ['soft hyphen', '\u00ad\u00ad'],
    ['variation selectors', '\ufe0f\u{e0100}'],
    ['tags', '\u{e0041}\u{e007f}'],
    ['joiners', '\u200d\u200c'],
    ['marks of direction', '\u202e\u2066\u2069\u200f'],
    ['no-break and ideographic spaces', '\u00a0\u3000\u2003'],
    ['blank of Braille', '\u2800'],
    ['controls', '\u0001\u001b\u0085'],
    ['grapheme joiner', '\u034f'],
  ];
  test.each(UNSEEN)('%s', (_, text) => {
    expect(rulesOf({ notes: text, names: { en: text }, source: { title: text }, participants: [text] })).toEqual({
      notes: 'TEXT_EMPTY',
      'names.en': 'TEXT_EMPTY',
      'source.title': 'TEXT_EMPTY',
      'participants.0': 'TEXT_EMPTY',
    });
  });

  test.each(['0', '。', '上', '🇳🇱', '𠀀', 'a\u200b', '\u00ad-'])('of “%s” people see something', text => {
    expect(rulesOf({ notes: text })).toEqual({});
  });

  test('a filler counts as no letter of a name', () => {
    expect(rulesOf({ names: { en: '!\u3164' } })).toEqual({ 'names.en': 'TEXT_WITH_INVALID_CHARACTER' });
    expect(rulesOf({ names: { en: '!' } })).toEqual({ 'names.en': 'NAME_WITHOUT_LETTER' });
  });
});

describe('a name, and the title of a source', () => {
  test.each([
    ['an override of the direction', 'Rotterdam \u202etset', 'U+202E'],
    ['an isolate', '\u2066Rotterdam\u2069', 'U+2066'],
    ['a mark of direction', 'Rotterdam\u200e', 'U+200E'],
    ['a zero width space', 'Rotter\u200bdam', 'U+200B'],
    ['a word joiner', '上\u2060海', 'U+2060'],
    ['a soft hyphen', 'Rotter\u00addam', 'U+00AD'],
    ['a byte order mark', '\ufeffRotterdam', 'U+FEFF'],
    ['a filler', 'Rotterdam\u3164', 'U+3164'],
    ['a tag', 'Rotterdam\u{e0041}', 'U+E0041'],
    ['a variation selector behind a Latin letter', 'R\ufe00otterdam', 'U+FE00'],
    ['a selector of Mongolian behind another letter', 'R\u180botterdam', 'U+180B'],
    ['a joiner at the end', 'Rotterdam\u200d', 'U+200D'],
    ['two joiners', 'र\u200d\u200dक', 'U+200D'],
    ['an annotation', '上\ufff9海', 'U+FFF9'],
  ])('has no %s', (_, text, character) => {
    const input = { names: { nl: text, aliases: ['ok', text] }, title: { zh: text }, source: { title: text } };
    const rule = 'TEXT_WITH_INVALID_CHARACTER';
    expect(rulesOf(input)).toEqual({
      'names.nl': rule,
      'names.aliases.1': rule,
      'title.zh': rule,
      'source.title': rule,
    });
    const problems = new Problems();
    checkTexts(problems, { names: { nl: text } });
    const [error] = problems.errors as [(typeof problems.errors)[0]];
    expect(error.params).toEqual({ field: 'names.nl', character });
    for (const language of ['en', 'nl', 'zh'] as const) expect(renderMessage(error, language)).toContain(character);
  });

  test.each([
    ['hanzi with a variation selector', '葛\u{e0100}城'],
    ['hanzi with a standardised variant', '芦\ufe00'],
    ['Persian with a non-joiner', 'می\u200cخواهم'],
    ['a conjunct of Devanagari', 'क्\u200dष'],
    ['an emoji of several', 'Family 👨‍👩‍👧 ❤️‍🔥'],
    ['Mongolian with its selectors', 'ᠠ\u180b ᠬᠣᠲᠠ\u180eᠠ'],
    ['accents, marks and apostrophes', '’s-Hertogenbosch Súdwest-Fryslân e\u0301'],
  ])('may be %s', (_, text) => {
    expect(rulesOf({ names: { nl: text }, source: { title: text } })).toEqual({});
  });

  test('other texts may have marks of direction and soft hyphens', () => {
    expect(rulesOf({ notes: 'a\u202bשלום\u202c', reason: 'Kwik\u00adstaart', role: { nl: 'x\u200b' } })).toEqual({});
  });
});
