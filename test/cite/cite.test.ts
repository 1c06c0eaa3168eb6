import { expect, test } from 'vitest';
import { type Citation, distinctSources } from '../../src/cite/citation.js';
import { citeAsBibtex, citeAsCsl, citeAsMarkdown, citeAsText } from '../../src/cite/cite.js';

const SOURCE = {
  title: 'Sister cities & friends',
  publisher: 'VNG',
  url: 'https://vng.example/a_b',
  publishedOn: '2022-07',
};
const BREDA: Citation = {
  key: 'nl-breda',
  title: 'Breda',
  url: 'https://register.example/id/nl-breda?knownAt=Y2hhbmdlLTE',
  moment: { cursor: 'Y2hhbmdlLTE', recordedAt: '2026-11-24T10:11:12.000Z' },
  language: 'en',
  sources: [SOURCE, { title: '友好城市', publisher: '扬州市', url: null, publishedOn: null }],
};

test('a citation as text has title, moment, link, licence and sources, in each language', () => {
  expect(citeAsText(BREDA)).toBe(
    'stedenband: register of the ties between Dutch and Chinese local governments. “Breda”, as of 24 November 2026 (moment Y2hhbmdlLTE). https://register.example/id/nl-breda?knownAt=Y2hhbmdlLTE. Licence: CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/). Sources: VNG, “Sister cities & friends”, 2022-07, https://vng.example/a_b; 扬州市, “友好城市”.',
  );
  expect(citeAsText({ ...BREDA, language: 'nl', records: 12 })).toContain(
    '‘Breda’, stand van 24 november 2026 (moment Y2hhbmdlLTE), 12 gegevens. ',
  );
  expect(citeAsText({ ...BREDA, language: 'zh', records: 1 })).toContain(
    '“Breda”，截至2026年11月24日（时刻 Y2hhbmdlLTE），1 条记录。',
  );
  const chinese = { ...BREDA, language: 'zh' } as const;
  expect(citeAsText(chinese)).toMatch(/。许可：CC BY 4\.0 .*。来源：VNG，.*；扬州市，“友好城市”。$/);
  expect(citeAsMarkdown(chinese)).toMatch(/。许可：\[CC BY 4\.0\].*\n\n来源：\n\n- /);
  for (const other of [citeAsBibtex(chinese), citeAsCsl(chinese)]) expect(other).toContain('。许可：CC BY 4.0');
});

test('a citation as text names 25 sources and how many more there are; without sources it names none', () => {
  const many = Array.from({ length: 30 }, (_, index) => ({ title: `T${index}`, publisher: 'P' }));
  expect(citeAsText({ ...BREDA, sources: many })).toMatch(/“T24”; and 5 more\.$/);
  expect(citeAsMarkdown({ ...BREDA, sources: many })).toMatch(/“T24”\n- and 5 more$/);
  expect(JSON.parse(citeAsCsl({ ...BREDA, sources: many }))).toHaveLength(31);
  expect(citeAsText({ ...BREDA, sources: [], moment: undefined })).toMatch(/“Breda”\. https.*by\/4\.0\/\)\.$/);
});

test('Markdown links what is cited and its sources, and no title can break out of a link', () => {
  const text = citeAsMarkdown({ ...BREDA, title: 'A](javascript:alert(1)) *b*' });
  expect(text).toContain('[“A\\](javascript:alert(1)) \\*b\\*”, as of 24 November 2026');
  expect(text).toContain('- [VNG, “Sister cities & friends”, 2022-07](https://vng.example/a_b)\n- 扬州市, “友好城市”');

  const linked = citeAsMarkdown({
    ...BREDA,
    url: `${BREDA.url}&q=a(b`,
    sources: [{ ...SOURCE, url: 'https://nl.wikipedia.org/wiki/Breda_(stad)' }],
  });
  expect(linked).toContain('&q=a%28b). Licence: ');
  expect(linked).toContain('](https://nl.wikipedia.org/wiki/Breda_%28stad%29)');
});

test('BibTeX has an entry for the record and one for each source, with signs of LaTeX escaped', () => {
  const text = citeAsBibtex({ ...BREDA, title: '50% {of} $1 #2 ~ \\ _' });
  expect(text.match(/^@misc\{(.+),$/gm)).toEqual([
    '@misc{stedenband-nl-breda,',
    '@misc{stedenband-nl-breda-1,',
    '@misc{stedenband-nl-breda-2,',
  ]);
  expect(text).toContain(
    'title = {{50\\% \\textbraceleft{}of\\textbraceright{} \\$1 \\#2 \\textasciitilde{} \\textbackslash{} \\_}},',
  );
  expect(text).toContain('date = {2026-11-24},');
  expect(text).toContain(
    'title = {{Sister cities \\& friends}},\n  author = {{VNG}},\n  year = {2022},\n  date = {2022-07},',
  );
  expect(text).toContain('url = {https://vng.example/a_b},');
});

test('the day of a citation is that of the Netherlands, as on the pages', () => {
  const night = { ...BREDA, moment: { cursor: 'Y2hhbmdlLTE', recordedAt: '2026-12-31T23:30:00.000Z' } };
  expect(citeAsText(night)).toContain('as of 1 January 2027 ');
  expect(citeAsBibtex(night)).toContain('  year = {2027},\n  date = {2027-01-01},');
  expect(JSON.parse(citeAsCsl(night))[0].issued).toEqual({ 'date-parts': [[2027, 1, 1]] });
});

test('a title with one brace leaves the entry of BibTeX balanced', () => {
  const text = citeAsBibtex({ ...BREDA, title: 'Smile :-}' });
  expect(text).toContain('title = {{Smile :-\\textbraceright{}}},');
  expect(text.split('{')).toHaveLength(text.split('}').length);
});

test('an address with a brace ends no field of BibTeX', () => {
  const text = citeAsBibtex({ ...BREDA, sources: [{ ...SOURCE, url: 'https://vng.example/?q={a}}&r=\\' }] });
  expect(text).toContain('url = {https://vng.example/?q=%7Ba%7D%7D&r=%5C},');
});

test('CSL-JSON has an item for the record and one for each source', () => {
  const [own, web, paper] = JSON.parse(citeAsCsl(BREDA));
  expect(own).toMatchObject({
    id: 'stedenband-nl-breda',
    type: 'dataset',
    title: 'Breda',
    issued: { 'date-parts': [[2026, 11, 24]] },
    version: 'Y2hhbmdlLTE',
    URL: BREDA.url,
  });
  expect(own.note).toContain('CC BY 4.0');
  expect(web).toMatchObject({ type: 'webpage', URL: SOURCE.url, issued: { 'date-parts': [[2022, 7]] } });
  expect(paper).toEqual({
    id: 'stedenband-nl-breda-2',
    type: 'document',
    title: '友好城市',
    author: [{ literal: '扬州市' }],
    publisher: '扬州市',
  });
});

test('a source that several records have is cited once', () => {
  const again = { ...SOURCE, supports: ['startedOn'] };
  expect(distinctSources([SOURCE, again, { ...SOURCE, publishedOn: null }])).toEqual([
    SOURCE,
    { ...SOURCE, publishedOn: null },
  ]);
});
