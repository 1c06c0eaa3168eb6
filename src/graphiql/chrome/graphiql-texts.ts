import type { ReaderLanguage } from '../result/format.js';

type Translated = Readonly<Record<Exclude<ReaderLanguage, 'en'>, string>>;

/** Texts of GraphiQL 5.4 and its plug-ins, which has no translations: labels, tooltips, headings, dialogs. */
export const GRAPHIQL_TEXTS: ReadonlyMap<string, Translated> = new Map(
  Object.entries<Translated>({
    // The editors and their toolbar.
    'Execute query': { nl: 'Voer de vraag uit', zh: '执行查询' },
    'Stop query': { nl: 'Stop de vraag', zh: '停止查询' },
    'Prettify query': { nl: 'Maak de vraag op', zh: '格式化查询' },
    'Merge fragments into query': { nl: 'Voeg fragmenten in de vraag in', zh: '将片段并入查询' },
    'Copy query': { nl: 'Kopieer de vraag', zh: '复制查询' },
    'Operation Editor': { nl: 'Editor van de vraag', zh: '查询编辑器' },
    'Result Window': { nl: 'Antwoord als JSON', zh: 'JSON 回答' },
    'Editor Commands': { nl: 'Knoppen van de editor', zh: '编辑器按钮' },
    'Show editor tools': { nl: 'Toon variabelen en headers', zh: '显示变量与请求头' },
    'Hide editor tools': { nl: 'Verberg variabelen en headers', zh: '隐藏变量与请求头' },
    Variables: { nl: 'Variabelen', zh: '变量' },
    Headers: { nl: 'Headers', zh: '请求头' },
    'Select active operation': { nl: 'Kies het tabblad', zh: '选择标签页' },
    'New tab': { nl: 'Nieuw tabblad', zh: '新建标签页' },
    'Close Tab': { nl: 'Sluit het tabblad', zh: '关闭标签页' },
    '<untitled>': { nl: '<zonder titel>', zh: '<未命名>' },
    '<Unnamed query>': { nl: '<vraag zonder naam>', zh: '<未命名的查询>' },
    '<Unnamed mutation>': { nl: '<mutatie zonder naam>', zh: '<未命名的变更>' },
    '<Unnamed subscription>': { nl: '<subscription zonder naam>', zh: '<未命名的订阅>' },
    // The dialogs.
    'Close dialog': { nl: 'Sluit het venster', zh: '关闭对话框' },
    Settings: { nl: 'Instellingen', zh: '设置' },
    'This modal lets you adjust header persistence, interface theme, and clear local storage.': {
      nl: 'In dit venster kiest u of headers worden bewaard en hoe de pagina eruitziet, en wist u wat de browser bewaart.',
      zh: '在此对话框中可选择是否保存请求头、界面主题，以及清除本地数据。',
    },
    'Persist headers': { nl: 'Bewaar headers', zh: '保存请求头' },
    'Save headers upon reloading.': {
      nl: 'Bewaar headers als de pagina wordt herladen.',
      zh: '重新加载页面时保留请求头。',
    },
    'Only enable if you trust this device.': {
      nl: 'Zet dit alleen aan op een apparaat dat u vertrouwt.',
      zh: '仅在您信任此设备时启用。',
    },
    On: { nl: 'Aan', zh: '开' },
    Off: { nl: 'Uit', zh: '关' },
    Theme: { nl: 'Uiterlijk', zh: '主题' },
    'Adjust how the interface appears.': { nl: 'Kies hoe de pagina eruitziet.', zh: '调整界面外观。' },
    System: { nl: 'Systeem', zh: '跟随系统' },
    Light: { nl: 'Licht', zh: '浅色' },
    Dark: { nl: 'Donker', zh: '深色' },
    'Clear storage': { nl: 'Wis de opslag', zh: '清除存储' },
    'Remove all locally stored data and start fresh.': {
      nl: 'Verwijder alles wat deze browser bewaart, en begin opnieuw.',
      zh: '删除本地保存的所有数据，重新开始。',
    },
    'Clear data': { nl: 'Wis', zh: '清除数据' },
    'Cleared data': { nl: 'Gewist', zh: '已清除' },
    Failed: { nl: 'Mislukt', zh: '失败' },
    'Short Keys': { nl: 'Sneltoetsen', zh: '快捷键' },
    'This modal provides a list of available keyboard shortcuts and their functions.': {
      nl: 'In dit venster staan de sneltoetsen en wat zij doen.',
      zh: '此对话框列出可用的快捷键及其功能。',
    },
    'Short Key': { nl: 'Sneltoets', zh: '快捷键' },
    Function: { nl: 'Functie', zh: '功能' },
    'Open the Command Palette (you must have focus in the editor)': {
      nl: 'Open de lijst met opdrachten (de cursor staat in de editor)',
      zh: '打开命令面板（光标须在编辑器中）',
    },
    'Prettify editors': { nl: 'Maak de vraag op', zh: '格式化编辑器内容' },
    'Re-fetch schema using introspection': { nl: 'Haal het schema opnieuw op', zh: '重新获取模式' },
    'Search in documentation': { nl: 'Zoek in het schema', zh: '在模式文档中搜索' },
    'Search in editor': { nl: 'Zoek in de editor', zh: '在编辑器中搜索' },
    'Merge fragments definitions into operation definition': {
      nl: 'Voeg fragmenten in de vraag in',
      zh: '将片段定义并入操作定义',
    },
    'This Graph': { nl: 'Deze Graph', zh: '此 Graph' },
    'QL editor uses': { nl: 'QL-editor gebruikt de', zh: 'QL 编辑器使用' },
    'Monaco editor shortcuts': { nl: 'sneltoetsen van Monaco', zh: 'Monaco 编辑器快捷键' },
    ', with keybindings similar to VS Code. See the full list of shortcuts for': {
      nl: ', zoals in VS Code. De hele lijst is er voor',
      zh: '，与 VS Code 类似。完整列表：',
    },
    or: { nl: 'en', zh: '和' },
    // The history.
    History: { nl: 'Eerder gesteld', zh: '历史记录' },
    Clear: { nl: 'Wis', zh: '清空' },
    Cleared: { nl: 'Gewist', zh: '已清空' },
    'Failed to Clear': { nl: 'Wissen mislukt', zh: '清空失败' },
    'Set active': { nl: 'Zet in de editor', zh: '放入编辑器' },
    'Edit label': { nl: 'Wijzig de naam', zh: '修改名称' },
    'Type a label': { nl: 'Geef een naam', zh: '输入名称' },
    Save: { nl: 'Bewaar', zh: '保存' },
    'Add favorite': { nl: 'Zet bij de favorieten', zh: '添加收藏' },
    'Remove favorite': { nl: 'Haal uit de favorieten', zh: '取消收藏' },
    'Delete from history': { nl: 'Verwijder', zh: '从历史记录中删除' },
    // The documentation of the schema.
    'Documentation Explorer': { nl: 'Schema', zh: '模式文档' },
    Docs: { nl: 'Schema', zh: '模式文档' },
    'Root Types': { nl: 'Ingangen', zh: '根类型' },
    'All Schema Types': { nl: 'Alle typen', zh: '所有类型' },
    Fields: { nl: 'Velden', zh: '字段' },
    'Deprecated Fields': { nl: 'Verouderde velden', zh: '已弃用的字段' },
    'Show Deprecated Fields': { nl: 'Toon verouderde velden', zh: '显示已弃用的字段' },
    Type: { nl: 'Type', zh: '类型' },
    Arguments: { nl: 'Argumenten', zh: '参数' },
    'Deprecated Arguments': { nl: 'Verouderde argumenten', zh: '已弃用的参数' },
    'Show Deprecated Arguments': { nl: 'Toon verouderde argumenten', zh: '显示已弃用的参数' },
    Implements: { nl: 'Voldoet aan', zh: '实现接口' },
    Implementations: { nl: 'Typen die eraan voldoen', zh: '实现类型' },
    'Possible Types': { nl: 'Mogelijke typen', zh: '可能的类型' },
    'Enum Values': { nl: 'Waarden', zh: '枚举值' },
    'Deprecated Enum Values': { nl: 'Verouderde waarden', zh: '已弃用的枚举值' },
    'Show Deprecated Values': { nl: 'Toon verouderde waarden', zh: '显示已弃用的值' },
    Directives: { nl: 'Directives', zh: '指令' },
    Deprecated: { nl: 'Verouderd', zh: '已弃用' },
    'Error fetching schema': { nl: 'Het schema kon niet worden opgehaald', zh: '获取模式时出错' },
    'No GraphQL schema available': { nl: 'Er is geen schema', zh: '没有可用的模式' },
    'Other results': { nl: 'Andere resultaten', zh: '其他结果' },
    'No results found': { nl: 'Niets gevonden', zh: '未找到结果' },
  }),
);

/** Texts with a part that is not translated: a name, or a key. */
const PATTERNS: readonly (readonly [RegExp, Readonly<Record<'nl' | 'zh', (part: string) => string>>])[] = [
  [/^Go back to (.+)$/, { nl: name => `Terug naar ${name}`, zh: name => `返回 ${name}` }],
  [/^Search (.+)\.\.\.$/, { nl: name => `Zoek in ${name}`, zh: name => `在 ${name} 中搜索` }],
];

/** Returns a text of GraphiQL in the language of the reader; undefined for a text that GraphiQL does not have. */
export function translated(text: string, language: ReaderLanguage): string | undefined {
  if (language === 'en') return undefined;
  // JSX makes a line break a blank; the ends stay.
  const words = text.trim();
  const [start = '', end = ''] = words ? text.split(words, 2) : [];
  const exact = GRAPHIQL_TEXTS.get(words)?.[language];
  if (exact !== undefined) return `${start}${exact}${end}`;
  // The key of a button is behind its label: "Execute query (Ctrl-Enter)".
  const [, label = '', key = ''] = /^(.+) (\([^()]+\))$/.exec(words) ?? [];
  const ofLabel = GRAPHIQL_TEXTS.get(label)?.[language];
  if (ofLabel !== undefined) return `${start}${ofLabel} ${key}${end}`;
  for (const [pattern, { [language]: write }] of PATTERNS) {
    const [, part] = pattern.exec(words) ?? [];
    if (part !== undefined) return write(translated(part, language) ?? part);
  }
  return undefined;
}
