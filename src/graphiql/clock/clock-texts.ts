import type { ReaderLanguage } from '../result/format.js';

/** Texts of the clock, its dialog and its banner. */
interface ClockTexts {
  readonly locale: string;
  readonly clock: string;
  readonly now: string;
  readonly asking: string;
  readonly lastChange: string;
  readonly changesSince: (count: number) => string;
  readonly moreRecords: (count: number) => string;
  readonly freeze: string;
  readonly freezeHint: string;
  readonly readOnly: string;
  readonly refused: string;
  readonly set: string;
  readonly explanation: string;
  readonly day: string;
  readonly time: string;
  readonly timeHint: string;
  readonly show: string;
  readonly afterChange: string;
  readonly noChanges: string;
  readonly earlier: string;
  readonly back: string;
  readonly copy: string;
  readonly copied: string;
  readonly notCopied: string;
  readonly close: string;
  readonly instead: string;
  readonly noDay: string;
  readonly repeatedHour: string;
  readonly skippedHour: string;
  readonly moved: string;
}

export const clockTexts: Readonly<Record<ReaderLanguage, ClockTexts>> = {
  en: {
    locale: 'en',
    clock: 'Clock',
    now: 'Now',
    asking: 'Asking the register about this moment …',
    lastChange: 'Last change by then:',
    changesSince: count =>
      count === 0 ? 'No changes since.' : count === 1 ? '1 change since' : `${count} changes since`,
    moreRecords: count => `and ${count} more records`,
    freeze: 'Freeze',
    freezeHint: 'Keeps the page, its link and its files at this moment, whatever changes later.',
    readOnly: 'Mutations and subscriptions are off: the past can be read, not changed or followed.',
    refused: 'The register does not know this moment.',
    set: 'Set the clock',
    explanation: 'See what the register said at an earlier moment. All questions, panels and exports follow the clock.',
    day: 'Day',
    time: 'Time in the Netherlands',
    timeHint: 'Hours and minutes; seconds may follow.',
    show: 'Show this moment',
    afterChange: 'Or right after a change',
    noChanges: 'The register has no changes yet, so it has no earlier moments.',
    earlier: 'Show earlier changes',
    back: 'Back to now',
    copy: 'Copy link',
    copied: 'Copied',
    notCopied: 'Not copied: the browser does not allow it.',
    close: 'Close',
    instead: 'Choose instead:',
    noDay: 'Choose a day.',
    repeatedHour: 'On this day the clock in the Netherlands shows this time twice.',
    skippedHour: 'On this day the clock in the Netherlands skips this time.',
    moved:
      'The clock was moved before this answer came, so it is not shown. A query can be asked again; a mutation was carried out in the present.',
  },
  nl: {
    locale: 'nl',
    clock: 'Klok',
    now: 'Nu',
    asking: 'Dit moment wordt bij het register nagevraagd …',
    lastChange: 'Laatste wijziging tot dan:',
    changesSince: count =>
      count === 0
        ? 'Geen wijzigingen sindsdien.'
        : count === 1
          ? '1 wijziging sindsdien'
          : `${count} wijzigingen sindsdien`,
    moreRecords: count => `en nog ${count} gegevens`,
    freeze: 'Bevries',
    freezeHint: 'Houdt de pagina, de link en de bestanden op dit moment, wat er later ook wijzigt.',
    readOnly: 'Mutaties en subscriptions staan uit: het verleden is te lezen, niet te wijzigen of te volgen.',
    refused: 'Het register kent dit moment niet.',
    set: 'De klok zetten',
    explanation: 'Zie wat het register op een eerder moment zei. Alle vragen, panelen en exports volgen de klok.',
    day: 'Dag',
    time: 'Tijd in Nederland',
    timeHint: 'Uren en minuten; seconden mogen erachter.',
    show: 'Toon dit moment',
    afterChange: 'Of vlak na een wijziging',
    noChanges: 'Het register heeft nog geen wijzigingen, en dus geen eerdere momenten.',
    earlier: 'Toon eerdere wijzigingen',
    back: 'Terug naar nu',
    copy: 'Kopieer de link',
    copied: 'Gekopieerd',
    notCopied: 'Niet gekopieerd: de browser staat het niet toe.',
    close: 'Sluit',
    instead: 'Kies in plaats daarvan:',
    noDay: 'Kies een dag.',
    repeatedHour: 'Op deze dag wijst de klok in Nederland deze tijd twee keer aan.',
    skippedHour: 'Op deze dag slaat de klok in Nederland deze tijd over.',
    moved:
      'De klok is verzet voordat dit antwoord kwam, en daarom wordt het niet getoond. Een vraag kan opnieuw; een mutatie is in het heden uitgevoerd.',
  },
  zh: {
    locale: 'zh-Hans',
    clock: '时钟',
    now: '现在',
    asking: '正在向登记册查询这一时刻……',
    lastChange: '截至该时刻的最后一次变更：',
    changesSince: count => (count === 0 ? '此后没有变更。' : `此后有 ${count} 次变更`),
    moreRecords: count => `另有 ${count} 条记录`,
    freeze: '冻结',
    freezeHint: '使页面、链接和文件固定在这一时刻，不受以后变更的影响。',
    readOnly: '变更操作和订阅已停用：过去只能查阅，不能修改，也不能跟踪。',
    refused: '登记册没有这一时刻的记录。',
    set: '设置时钟',
    explanation: '查看登记册在较早时刻的内容。所有问题、面板和导出都以时钟为准。',
    day: '日期',
    time: '荷兰时间',
    timeHint: '时和分，也可以加上秒。',
    show: '显示这一时刻',
    afterChange: '或者某次变更之后',
    noChanges: '登记册尚无变更，因此没有更早的时刻。',
    earlier: '显示更早的变更',
    back: '回到现在',
    copy: '复制链接',
    copied: '已复制',
    notCopied: '未复制：浏览器不允许。',
    close: '关闭',
    instead: '请改选：',
    noDay: '请选择日期。',
    repeatedHour: '这一天荷兰的时钟会两次显示这一时间。',
    skippedHour: '这一天荷兰的时钟会跳过这一时间。',
    moved: '在此回答到达之前时钟已被调整，因此不予显示。查询可以重新提出；变更操作已在当前登记册中执行。',
  },
};
