import type { ReaderLanguage } from '../result/format.js';

/** Titles of the plug-ins that show an answer, in their order; all others are tools. */
export const VIEWS = ['Questions', 'Table', 'Map', 'Timeline', 'Chart', 'Network', 'Evidence'] as const;

export type View = (typeof VIEWS)[number];

interface NavigationTexts {
  readonly navigation: string;
  readonly views: string;
  readonly tools: string;
  readonly keys: string;
  readonly settings: string;
  /** Words by the title of a plug-in. */
  readonly panels: Readonly<Record<string, string>>;
}

export const navigationTexts: Readonly<Record<ReaderLanguage, NavigationTexts>> = {
  en: {
    navigation: 'Views and tools',
    views: 'Views',
    tools: 'Tools',
    keys: 'Keys',
    settings: 'Settings',
    panels: {
      Questions: 'Questions',
      Table: 'Table',
      Map: 'Map',
      Timeline: 'Timeline',
      Chart: 'Chart',
      Network: 'Network',
      Evidence: 'Evidence',
      Builder: 'Build',
      Code: 'Code',
      Ids: 'Ids',
      History: 'History',
      Proposals: 'Proposals',
      'Documentation Explorer': 'Schema',
    },
  },
  nl: {
    navigation: 'Beelden en gereedschap',
    views: 'Beelden',
    tools: 'Gereedschap',
    keys: 'Toetsen',
    settings: 'Instellen',
    panels: {
      Questions: 'Vragen',
      Table: 'Tabel',
      Map: 'Kaart',
      Timeline: 'Tijdlijn',
      Chart: 'Grafiek',
      Network: 'Netwerk',
      Evidence: 'Bewijs',
      Builder: 'Samenstellen',
      Code: 'Code',
      Ids: 'Ids',
      History: 'Eerder',
      Proposals: 'Voorstellen',
      'Documentation Explorer': 'Schema',
    },
  },
  zh: {
    navigation: '视图与工具',
    views: '视图',
    tools: '工具',
    keys: '快捷键',
    settings: '设置',
    panels: {
      Questions: '问题',
      Table: '表格',
      Map: '地图',
      Timeline: '时间线',
      Chart: '图表',
      Network: '网络',
      Evidence: '证据',
      Builder: '组合',
      Code: '代码',
      Ids: '标识',
      History: '历史',
      Proposals: '提案',
      'Documentation Explorer': '模式',
    },
  },
};
