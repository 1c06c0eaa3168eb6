import { useGraphiQL } from '@graphiql/react';
import { useMemo, useState } from 'react';
import { RECIPE_NAMES, RECIPES, type RecipeName, recipe } from '../../recipes/recipes.js';
import type { RecipeSource } from '../../recipes/source.js';
import { useKnownAt } from '../clock/moment.js';
import { useReaderLanguage } from '../language.js';
import { codeSources } from '../result/code-source.js';
import { copyText } from './copy.js';
import { Panel } from './panel.js';
import { saveFile } from './save.js';

const translations = {
  en: {
    title: 'Code',
    about: 'Code that gets the same from a program: choose a language, copy it, and run it.',
    language: 'Language',
    source: 'What it gets',
    question: 'the answer to this question',
    file: 'the whole list as a file',
    copy: 'Copy',
    copied: 'Copied',
    failed: 'Not copied: the browser does not allow it.',
    save: 'Save',
    nothing: 'There is no question to make code for: the editor has no query, or its variables are not JSON.',
    licence: 'Source: stedenband. Licence: CC BY 4.0.',
  },
  nl: {
    title: 'Code',
    about: 'Code die hetzelfde ophaalt vanuit een programma: kies een taal, kopieer haar en voer haar uit.',
    language: 'Taal',
    source: 'Wat zij ophaalt',
    question: 'het antwoord op deze vraag',
    file: 'de hele lijst als bestand',
    copy: 'Kopieer',
    copied: 'Gekopieerd',
    failed: 'Niet gekopieerd: de browser staat het niet toe.',
    save: 'Bewaar',
    nothing: 'Er is geen vraag om code van te maken: de editor heeft geen query, of de variabelen zijn geen JSON.',
    licence: 'Bron: stedenband. Licentie: CC BY 4.0.',
  },
  zh: {
    title: '代码',
    about: '用程序获取相同内容的代码：选择语言，复制并运行。',
    language: '语言',
    source: '获取内容',
    question: '此问题的答案',
    file: '完整列表文件',
    copy: '复制',
    copied: '已复制',
    failed: '未复制：浏览器不允许。',
    save: '保存',
    nothing: '没有可生成代码的问题：编辑器中没有查询，或变量不是 JSON。',
    licence: '来源：stedenband。许可协议：CC BY 4.0。',
  },
};

/** Shows code that asks the question of the tab, or fetches its list as a file, in the language that the reader chooses. */
export function CodePanel() {
  const texts = translations[useReaderLanguage()];
  const tab = useGraphiQL(state => state.tabs[state.activeTabIndex]);
  const knownAt = useKnownAt();
  const [name, setName] = useState<RecipeName>('pandas');
  const [kind, setKind] = useState<RecipeSource['kind']>('question');
  const [status, setStatus] = useState('');
  const { query, variables, operationName } = tab ?? {};
  const sources = useMemo(
    () => codeSources({ query, variables, operationName }, document.baseURI, knownAt),
    [query, variables, operationName, knownAt],
  );
  const source = sources.find(candidate => candidate.kind === kind) ?? sources[0];
  const code = source && recipe(name, source, [texts.licence]);
  return (
    <Panel title={texts.title}>
      <p>{texts.about}</p>
      {!source && <p className="desk-nothing">{texts.nothing}</p>}
      {source && code !== undefined && (
        <>
          <div className="desk-choices">
            <label>
              {texts.language}{' '}
              <select value={name} onChange={event => setName(event.target.value as RecipeName)}>
                {RECIPE_NAMES.map(option => (
                  <option key={option} value={option}>
                    {RECIPES[option].label}
                  </option>
                ))}
              </select>
            </label>
            {sources.length > 1 && (
              <label>
                {texts.source}{' '}
                <select value={source.kind} onChange={event => setKind(event.target.value as RecipeSource['kind'])}>
                  {sources.map(option => (
                    <option key={option.kind} value={option.kind}>
                      {texts[option.kind]}
                    </option>
                  ))}
                </select>
              </label>
            )}
            <button
              type="button"
              className="desk-button"
              onClick={() =>
                void copyText(code).then(copied => setStatus(code + (copied ? texts.copied : texts.failed)))
              }
            >
              {texts.copy}
            </button>
            <button
              type="button"
              className="desk-button"
              onClick={() => saveFile(RECIPES[name].fileName, new Blob([code], { type: 'text/plain;charset=utf-8' }))}
            >
              {texts.save}
            </button>
            <span role="status">{status.startsWith(code) && status.slice(code.length)}</span>
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: code that scrolls must be reached by keyboard. */}
          <section className="desk-code" tabIndex={0} aria-label={RECIPES[name].label} lang="en">
            <pre>{code}</pre>
          </section>
        </>
      )}
    </Panel>
  );
}
