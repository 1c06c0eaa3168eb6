/** Rules of moments: instants and change cursors at which the register can be read. */
export const MOMENT_RULES = {
  MOMENT_UNREADABLE: {
    label: { en: 'Not a moment', nl: 'Geen moment', zh: '不是时刻' },
    text: {
      en: '{value} is not a moment: write an instant with its offset, such as 2026-11-24T14:00:00+01:00 or 2026-11-24T13:00:00Z, in a year from 0001 to 9999, or the cursor of a change.',
      nl: '{value} is geen moment: schrijf een tijdstip met het verschil met UTC, zoals 2026-11-24T14:00:00+01:00 of 2026-11-24T13:00:00Z, in een jaar van 0001 tot en met 9999, of de cursor van een wijziging.',
      zh: '{value} 不是时刻：请写成带时区偏移的时间，如 2026-11-24T14:00:00+01:00 或 2026-11-24T13:00:00Z，年份为 0001 至 9999，或写变更的游标。',
    },
  },
  MOMENT_WITHOUT_TIME: {
    label: { en: 'Day instead of a moment', nl: 'Dag in plaats van moment', zh: '日期而非时刻' },
    text: {
      en: '{value} is a day, not a moment. In Amsterdam it begins at {start} and ends at {end}: use one of these.',
      nl: '{value} is een dag en geen moment. In Amsterdam begint die op {start} en eindigt die op {end}: gebruik een van deze twee.',
      zh: '{value} 是日期，不是时刻。在阿姆斯特丹，该日始于 {start}，止于 {end}：请使用其中之一。',
    },
  },
  MOMENT_WITHOUT_OFFSET: {
    label: { en: 'Time without offset', nl: 'Tijd zonder verschil met UTC', zh: '时间缺少时区偏移' },
    text: {
      en: '{value} has no offset, so it is another moment in each time zone. For the time in Amsterdam write {example}.',
      nl: '{value} heeft geen verschil met UTC en is dus in elke tijdzone een ander moment. Schrijf voor de tijd in Amsterdam {example}.',
      zh: '{value} 没有时区偏移，在每个时区都是不同的时刻。若指阿姆斯特丹时间，请写 {example}。',
    },
  },
  MOMENT_IN_FUTURE: {
    label: { en: 'Moment in the future', nl: 'Moment in de toekomst', zh: '时刻在未来' },
    text: {
      en: '{value} is after {until}, the latest moment that this register can answer for; use an earlier one, or none to read the present.',
      nl: '{value} ligt na {until}, het laatste moment waarover dit register kan antwoorden; gebruik een eerder moment, of geen om het heden te lezen.',
      zh: '{value} 晚于 {until}，即本登记册所能回答的最晚时刻；请使用更早的时刻，或不指定时刻以读取当前内容。',
    },
  },
  MOMENT_BEFORE_REGISTER: {
    label: { en: 'Moment before the register', nl: 'Moment van vóór het register', zh: '时刻早于登记册' },
    text: {
      en: '{value} is before the first change of the register, which was recorded at {first}; use that moment or a later one.',
      nl: '{value} ligt vóór de eerste wijziging van het register, die op {first} is vastgelegd; gebruik dat moment of een later.',
      zh: '{value} 早于登记册的首个变更，该变更登记于 {first}；请使用该时刻或更晚的时刻。',
    },
  },
  MOMENT_OF_EMPTY_REGISTER: {
    label: { en: 'Register without changes', nl: 'Register zonder wijzigingen', zh: '登记册没有变更' },
    text: {
      en: 'The register has no changes yet, so it cannot be read at {value}; read the present.',
      nl: 'Het register heeft nog geen wijzigingen en kan dus niet op {value} worden gelezen; lees het heden.',
      zh: '登记册尚无变更，无法读取 {value} 时的内容；请读取当前内容。',
    },
  },
  MOMENT_CURSOR_OF_OTHER_REGISTER: {
    label: { en: 'Cursor of another register', nl: 'Cursor van een ander register', zh: '其他登记册的游标' },
    text: {
      en: '{value} is the cursor of a change that is not in the log: it is of another register, or of a change that was lost when the register was restored. Use a cursor of this register, or an instant.',
      nl: '{value} is de cursor van een wijziging die niet in het logboek staat: de cursor is van een ander register, of van een wijziging die bij het terugzetten van het register verloren ging. Gebruik een cursor van dit register, of een tijdstip.',
      zh: '{value} 是日志中不存在的变更的游标：该游标属于其他登记册，或该变更在恢复登记册时丢失。请使用本登记册的游标或时间。',
    },
  },
  MOMENT_CURSOR_TOO_NEW: {
    label: { en: 'Cursor after the newest change', nl: 'Cursor na de nieuwste wijziging', zh: '游标晚于最新变更' },
    text: {
      en: '{value} is the cursor of a change after the newest one that is known here: it is of another register, or this server has not read it yet. Try again, or use a cursor of this register.',
      nl: '{value} is de cursor van een wijziging na de nieuwste die hier bekend is: de cursor is van een ander register, of deze server heeft de wijziging nog niet gelezen. Probeer het opnieuw, of gebruik een cursor van dit register.',
      zh: '{value} 是晚于此处已知最新变更的游标：该游标属于其他登记册，或本服务器尚未读取该变更。请重试，或使用本登记册的游标。',
    },
  },
} as const;
