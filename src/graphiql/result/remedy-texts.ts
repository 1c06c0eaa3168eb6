import type { ReaderLanguage } from './format.js';

/** Sentences about what is wrong with a question, and the words of the buttons that put it right. */
export interface RemedyTexts {
  readonly noField: (field: string, type: string, line: number) => string;
  readonly noArgument: (name: string, line: number) => string;
  readonly noValue: (value: string, choices: string, line: number) => string;
  readonly needsOperator: (value: string, line: number) => string;
  readonly needsQuotes: (value: string, line: number) => string;
  readonly needsFields: (field: string, line: number) => string;
  readonly hasNoFields: (field: string, line: number) => string;
  readonly conflict: (field: string) => string;
  readonly required: (name: string, field: string, line: number) => string;
  readonly undeclared: (name: string, line: number) => string;
  readonly unused: (name: string) => string;
  readonly notGraphql: (line: number) => string;
  readonly unclosed: string;
  readonly other: (line: number) => string;
  readonly unknownRecord: (id: string) => string;
  readonly meant: (name: string) => string;
  readonly write: (text: string) => string;
  readonly removeFields: string;
  readonly removeVariable: (name: string) => string;
  readonly rename: (alias: string) => string;
  readonly close: string;
  readonly fewer: (count: number) => string;
  readonly quoteDates: string;
  readonly withoutCursor: string;
  readonly build: string;
  readonly choose: string;
  readonly find: string;
}

export const remedyTexts: Readonly<Record<ReaderLanguage, RemedyTexts>> = {
  en: {
    noField: (field, type, line) => `Line ${line}: ${type} has no field ${field}.`,
    noArgument: (name, line) => `Line ${line}: ${name} is not known here.`,
    noValue: (value, choices, line) => `Line ${line}: ${value} is no choice here. The choices are: ${choices}.`,
    needsOperator: (value, line) =>
      `Line ${line}: a condition says how to compare. To be equal to ${value} is written with eq.`,
    needsQuotes: (value, line) => `Line ${line}: ${value} is written in another way here.`,
    needsFields: (field, line) => `Line ${line}: say what you want to know of ${field}.`,
    hasNoFields: (field, line) => `Line ${line}: ${field} is a single value, of which nothing can be chosen.`,
    conflict: field => `The answer would have two different values called ${field}: give one of them another name.`,
    required: (name, field, line) => `Line ${line}: ${field} needs ${name}.`,
    undeclared: (name, line) => `Line ${line}: the variable $${name} is not declared at the top of the question.`,
    unused: name => `The variable $${name} is declared, but nothing uses it.`,
    notGraphql: line => `Line ${line} is not GraphQL, the language of questions here.`,
    unclosed: 'The question is not finished: a brace is not closed.',
    other: line => `Line ${line} does not fit the schema of the register:`,
    unknownRecord: id => `The register has no record with the id ${id}. Find it by its name.`,
    meant: name => `Did you mean ${name}?`,
    write: text => `Write ${text}`,
    removeFields: 'Remove the part between braces',
    removeVariable: name => `Remove $${name}`,
    rename: alias => `Call it ${alias}`,
    close: 'Close the braces',
    fewer: count => `Ask for ${count} at a time`,
    quoteDates: 'Put the dates between quotes',
    withoutCursor: 'Start at the first page',
    build: 'Build a question',
    choose: 'Choose a question',
    find: 'Find by name',
  },
  nl: {
    noField: (field, type, line) => `Regel ${line}: ${type} heeft geen veld ${field}.`,
    noArgument: (name, line) => `Regel ${line}: ${name} bestaat hier niet.`,
    noValue: (value, choices, line) => `Regel ${line}: ${value} is hier geen keuze. De keuzen zijn: ${choices}.`,
    needsOperator: (value, line) =>
      `Regel ${line}: een voorwaarde zegt hoe u vergelijkt. Gelijk aan ${value} schrijft u met eq.`,
    needsQuotes: (value, line) => `Regel ${line}: ${value} schrijft u hier anders.`,
    needsFields: (field, line) => `Regel ${line}: zeg wat u van ${field} wilt weten.`,
    hasNoFields: (field, line) => `Regel ${line}: ${field} is één waarde, waarvan niets te kiezen is.`,
    conflict: field =>
      `Het antwoord zou twee verschillende waarden met de naam ${field} hebben: geef er één een andere naam.`,
    required: (name, field, line) => `Regel ${line}: ${field} vraagt om ${name}.`,
    undeclared: (name, line) => `Regel ${line}: de variabele $${name} staat niet boven aan de vraag.`,
    unused: name => `De variabele $${name} staat boven aan de vraag, maar wordt niet gebruikt.`,
    notGraphql: line => `Regel ${line} is geen GraphQL, de taal van de vragen hier.`,
    unclosed: 'De vraag is niet af: een accolade is niet gesloten.',
    other: line => `Regel ${line} past niet bij het schema van het register:`,
    unknownRecord: id => `Het register heeft geen gegeven met het id ${id}. Zoek het op naam.`,
    meant: name => `Bedoelde u ${name}?`,
    write: text => `Schrijf ${text}`,
    removeFields: 'Verwijder het deel tussen accolades',
    removeVariable: name => `Verwijder $${name}`,
    rename: alias => `Noem het ${alias}`,
    close: 'Sluit de accolades',
    fewer: count => `Vraag ${count} per keer`,
    quoteDates: 'Zet de datums tussen aanhalingstekens',
    withoutCursor: 'Begin bij de eerste pagina',
    build: 'Stel een vraag samen',
    choose: 'Kies een vraag',
    find: 'Zoek op naam',
  },
  zh: {
    noField: (field, type, line) => `第 ${line} 行：${type} 没有字段 ${field}。`,
    noArgument: (name, line) => `第 ${line} 行：此处没有 ${name}。`,
    noValue: (value, choices, line) => `第 ${line} 行：${value} 不是可选值。可选值为：${choices}。`,
    needsOperator: (value, line) => `第 ${line} 行：条件须说明如何比较。等于 ${value} 用 eq 书写。`,
    needsQuotes: (value, line) => `第 ${line} 行：${value} 在此处须换一种写法。`,
    needsFields: (field, line) => `第 ${line} 行：请说明要查询 ${field} 的哪些内容。`,
    hasNoFields: (field, line) => `第 ${line} 行：${field} 是单个值，不能再选择其内容。`,
    conflict: field => `答案中会有两个名为 ${field} 的不同值：请给其中一个另取名称。`,
    required: (name, field, line) => `第 ${line} 行：${field} 需要 ${name}。`,
    undeclared: (name, line) => `第 ${line} 行：变量 $${name} 未在问题开头声明。`,
    unused: name => `变量 $${name} 已声明，但未被使用。`,
    notGraphql: line => `第 ${line} 行不是 GraphQL，即此处提问所用的语言。`,
    unclosed: '问题不完整：有花括号没有闭合。',
    other: line => `第 ${line} 行不符合登记册的模式：`,
    unknownRecord: id => `登记册中没有标识为 ${id} 的记录。请按名称查找。`,
    meant: name => `您是指 ${name} 吗？`,
    write: text => `写作 ${text}`,
    removeFields: '删除花括号中的部分',
    removeVariable: name => `删除 $${name}`,
    rename: alias => `命名为 ${alias}`,
    close: '闭合花括号',
    fewer: count => `每次查询 ${count} 条`,
    quoteDates: '为日期加上引号',
    withoutCursor: '从第一页开始',
    build: '组合一个问题',
    choose: '选择一个问题',
    find: '按名称查找',
  },
};
