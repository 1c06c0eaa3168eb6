import type { ReaderLanguage } from './result/format.js';

/** Languages of the page: tag for `lang`, and own name. */
export const READER_LANGUAGES = {
  nl: { tag: 'nl', name: 'Nederlands' },
  en: { tag: 'en', name: 'English' },
  zh: { tag: 'zh-Hans', name: '中文' },
} as const;

export const isReaderLanguage = (text: string | null | undefined): text is ReaderLanguage =>
  text === 'nl' || text === 'en' || text === 'zh';
