/** The description of a code, and its labels in Dutch, English and Chinese. */
type CodeTexts = readonly [description: string, nl: string, en: string, zh: string];

/**
 * All error codes in `extensions.code`. Clients branch on them: a code never changes its meaning. This is the only list;
 * every error of ours takes its code from here.
 */
export const ERROR_CODES = {
  BAD_REQUEST: [
    'The request is no request of GraphQL over HTTP, or lacks something.',
    'Ongeldig verzoek',
    'Bad request',
    '请求无效',
  ],
  BAD_USER_INPUT: [
    'A value breaks a rule that the message names; the same request cannot succeed.',
    'Ongeldige invoer',
    'Invalid input',
    '输入无效',
  ],
  TOO_SLOW: [
    'The client of a subscription does not keep up: resume from the cursor.',
    'Client te traag',
    'Client too slow',
    '客户端过慢',
  ],
  EXPORT_TOO_SLOW: [
    'The database took too long to begin an export: filter more narrowly.',
    'Export te traag',
    'Export too slow',
    '导出过慢',
  ],
  FORBIDDEN: ['The key, the origin or the route does not permit this.', 'Niet toegestaan', 'Not permitted', '不允许'],
  GRAPHQL_PARSE_FAILED: ['The document is not GraphQL.', 'Niet te ontleden', 'Cannot be parsed', '无法解析'],
  GRAPHQL_VALIDATION_FAILED: [
    'The document does not fit the schema.',
    'Past niet bij het schema',
    'Does not fit the schema',
    '不符合模式',
  ],
  HISTORY_CHANGED: [
    'The log went back to an earlier state, as after a restore: load a copy again.',
    'Geschiedenis gewijzigd',
    'History changed',
    '历史已改变',
  ],
  INTERNAL_SERVER_ERROR: [
    'The server failed; the message has an id that is also in the log.',
    'Serverfout',
    'Server error',
    '服务器错误',
  ],
  INVALID_CURSOR: [
    'The cursor is damaged, or belongs to another list, order or filter: start again without it.',
    'Ongeldige cursor',
    'Invalid cursor',
    '游标无效',
  ],
  INVALID_MOMENT: [
    'The moment is not an instant with an offset, nor a change cursor; the message names the forms.',
    'Ongeldig moment',
    'Invalid moment',
    '时刻无效',
  ],
  MOMENT_BEFORE_REGISTER: [
    'The moment is before the first change of the register.',
    'Moment van vóór het register',
    'Moment before the register',
    '时刻早于登记册',
  ],
  MOMENT_IN_FUTURE: [
    'The moment is in the future, or later than a replica knows.',
    'Moment in de toekomst',
    'Moment in the future',
    '时刻在未来',
  ],
  NOT_CAUGHT_UP: [
    'The instance has not seen the change of `Register-Read-After` yet: try again after `Retry-After`.',
    'Nog niet bijgewerkt',
    'Not caught up',
    '尚未同步',
  ],
  NOT_FOUND: ['Nothing is at this path.', 'Niet gevonden', 'Not found', '未找到'],
  OPERATION_RESOLUTION_FAILURE: [
    '`operationName` names no operation of the document, or is missing where the document has several.',
    'Operatie onbekend',
    'Unknown operation',
    '未知的操作',
  ],
  PAST_READ_ONLY: [
    'The request is about a past moment, which no mutation can change and no subscription can follow.',
    'Verleden ligt vast',
    'The past is read only',
    '过去只读',
  ],
  PERSISTED_QUERY_NOT_FOUND: [
    'No document has this id or hash: send its text.',
    'Document niet bekend',
    'Document not known',
    '文档未知',
  ],
  QUERY_TOO_COMPLEX: [
    'The document exceeds a limit that `extensions.limit` names.',
    'Vraag te omvangrijk',
    'Query too complex',
    '查询过于复杂',
  ],
  RATE_LIMITED: [
    'The budget is spent, too many sockets are open, or other operations of the client use all database connections that it may use: try again after `Retry-After`.',
    'Limiet bereikt',
    'Limit reached',
    '已达限额',
  ],
  READ_ONLY: [
    'The database of this instance accepts no writes: a replica, or a role that may only read.',
    'Alleen lezen',
    'Read only',
    '只读',
  ],
  SERVICE_UNAVAILABLE: [
    'The database is unavailable: try again after `Retry-After`.',
    'Niet beschikbaar',
    'Unavailable',
    '服务不可用',
  ],
  TOO_MANY_EXPORTS: [
    'All places for exports are taken: try again after `Retry-After`.',
    'Te veel exports',
    'Too many exports',
    '导出过多',
  ],
  TOO_MANY_GROUPS: [
    'More groups than one response can hold: filter, or group by less.',
    'Te veel groepen',
    'Too many groups',
    '分组过多',
  ],
  TOO_MANY_RECORDS: [
    'More records than a file of this format can hold.',
    'Te veel records',
    'Too many records',
    '记录过多',
  ],
  TOO_MANY_SUBSCRIPTIONS: [
    'More operations on one socket than it may have.',
    'Te veel subscriptions',
    'Too many subscriptions',
    '订阅过多',
  ],
  UNAUTHENTICATED: ['The credential is missing or not valid.', 'Niet aangemeld', 'Not authenticated', '未通过身份验证'],
  UNTRUSTED_DOCUMENT: [
    'Only trusted documents may be executed.',
    'Document niet vertrouwd',
    'Document not trusted',
    '文档不受信任',
  ],
} satisfies Record<string, CodeTexts>;
