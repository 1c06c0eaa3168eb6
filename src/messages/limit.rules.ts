/** Limits of the cost of an operation, and of the budget of a client. */
export const LIMIT_RULES = {
  COST_TOO_HIGH: {
    label: { en: 'Cost too high', nl: 'Kosten te hoog', zh: '开销过高' },
    text: {
      en: 'The operation can cost {value} points; the maximum is {maximum}. Most of it: {costliest}. Ask for smaller pages with first, for fewer lists inside lists, or in several requests.',
      nl: "De operatie kan {value} punten kosten; het maximum is {maximum}. Het meeste: {costliest}. Vraag kleinere pagina's op met first, minder lijsten in lijsten, of stuur meerdere verzoeken.",
      zh: '该操作可能花费 {value} 点；上限为 {maximum}。主要来自：{costliest}。请用 first 缩小每页数量，减少列表中的列表，或分多次请求发送。',
    },
  },
  BUDGET_SPENT: {
    label: { en: 'Budget spent', nl: 'Budget verbruikt', zh: '额度已用完' },
    text: {
      en: 'This costs {cost} points, and {remaining} of the {limit} a minute are left; try again in {seconds} s.',
      nl: 'Dit kost {cost} punten, en van de {limit} per minuut zijn er nog {remaining} over; probeer het over {seconds} s opnieuw.',
      zh: '此请求花费 {cost} 点，而每分钟 {limit} 点的额度还剩 {remaining} 点；请在 {seconds} 秒后重试。',
    },
  },
  CONNECTIONS_IN_USE: {
    label: { en: 'Connections in use', nl: 'Verbindingen in gebruik', zh: '连接已占用' },
    text: {
      en: 'Your other operations use all {limit} database connections that one client may use at a time; wait for them, and try again.',
      nl: 'Uw andere operaties gebruiken alle {limit} databaseverbindingen die één client tegelijk mag gebruiken; wacht daarop, en probeer het opnieuw.',
      zh: '您的其他操作占用了单个客户端可同时使用的全部 {limit} 个数据库连接；请等待其完成后重试。',
    },
  },
} as const;
