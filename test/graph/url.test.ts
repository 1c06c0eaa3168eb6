import 'reflect-metadata';
import { expect, test } from 'vitest';
import { HttpUrl, notWebAddress, webAddress } from '../../src/graph/types/url.js';
import { renderMessage } from '../../src/messages/message.js';

const WITH_CREDENTIALS = [
  'https://user:secret@example.nl/a',
  'https://secret@example.nl',
  'https://:secret@example.nl',
  'HTTP:\\\\secret@example.nl',
  'https:secret@example.nl',
  'https://example.nl%40secret@evil.example',
  ' https://secret:@example.nl',
];

test.each(WITH_CREDENTIALS)('%j is refused, and its password is not repeated', text => {
  expect(webAddress(text)).toBeUndefined();
  expect(() => HttpUrl.parseValue(text)).toThrow(/without a user name or password/);
  for (const language of ['en', 'nl', 'zh'] as const) {
    const message = renderMessage(notWebAddress(text), language);
    expect(message).not.toContain('secret');
    expect(message).toContain(text.includes('evil') ? 'evil.example' : 'example.nl');
  }
});

test.each([
  'https://example.nl/@name',
  'https://example.nl/?q=a@b',
  'https://example.nl/#a@b',
  'https://example.nl/a:b',
])('%s has no user name', text => {
  expect(webAddress(text)).toBe(text);
});

test('an address with a user name that is stored already can still be read', () => {
  expect(HttpUrl.serialize('https://user@example.nl/')).toBe('https://user@example.nl/');
  expect(() => HttpUrl.serialize('javascript:alert(1)')).toThrow();
});
