import { ACCESS_RULES } from './access.rules.js';
import { AUTHORITY_RULES } from './authority.rules.js';
import { DATE_RULES } from './date.rules.js';
import { DOCUMENT_RULES } from './document.rules.js';
import { ENCODING_RULES } from './encoding.rules.js';
import { EXCHANGE_RULES } from './exchange.rules.js';
import { EXPORT_RULES } from './export.rules.js';
import { FEDERATION_RULES } from './federation.rules.js';
import { FEED_RULES } from './feed.rules.js';
import { FILE_RULES } from './file.rules.js';
import { FILTER_RULES } from './filter.rules.js';
import { GROUP_RULES } from './group.rules.js';
import { HTML_PAGE_RULES } from './html-page.rules.js';
import { HTTP_RULES } from './http.rules.js';
import { JSON_RULES } from './json.rules.js';
import { LIMIT_RULES } from './limit.rules.js';
import { LOCATION_RULES } from './location.rules.js';
import { MOMENT_RULES } from './moment.rules.js';
import { PAGE_RULES } from './page.rules.js';
import { PARTNERSHIP_RULES } from './partnership.rules.js';
import { PAST_REQUEST_RULES } from './past-request.rules.js';
import { PROPOSAL_RULES } from './proposal.rules.js';
import { PUBLISHER_RULES } from './publisher.rules.js';
import { RECONCILE_RULES } from './reconcile.rules.js';
import { RECORD_RULES } from './record.rules.js';
import { REDACTION_RULES } from './redaction.rules.js';
import { REPORT_RULES } from './report.rules.js';
import { REQUEST_RULES } from './request.rules.js';
import { ROW_RULES } from './row.rules.js';
import { SHORT_LINK_RULES } from './short-link.rules.js';
import { TEXT_RULES } from './text.rules.js';
import { VALUE_RULES } from './value.rules.js';
import { VARIABLE_RULES } from './variable.rules.js';
import { WEBHOOK_RULES } from './webhook.rules.js';

/** A text per language of our own messages. */
export interface Translations {
  readonly en: string;
  readonly nl: string;
  readonly zh: string;
}

/** The definition of a rule: its name in a form, and the message when a value breaks it, with `{parameters}`. */
export interface RuleDefinition {
  readonly label: Translations;
  readonly text: Translations;
}

/** All rules that a message names. One file per kind of value: each spreads into this table. */
export const RULES = {
  ...ACCESS_RULES,
  ...DATE_RULES,
  ...DOCUMENT_RULES,
  ...EXPORT_RULES,
  ...FEDERATION_RULES,
  ...FEED_RULES,
  ...FILTER_RULES,
  ...HTML_PAGE_RULES,
  ...HTTP_RULES,
  ...JSON_RULES,
  ...LIMIT_RULES,
  ...MOMENT_RULES,
  ...PAGE_RULES,
  ...PAST_REQUEST_RULES,
  ...RECONCILE_RULES,
  ...REQUEST_RULES,
  ...ENCODING_RULES,
  ...LOCATION_RULES,
  ...TEXT_RULES,
  ...GROUP_RULES,
  ...VALUE_RULES,
  ...VARIABLE_RULES,
  ...RECORD_RULES,
  ...REDACTION_RULES,
  ...AUTHORITY_RULES,
  ...PARTNERSHIP_RULES,
  ...EXCHANGE_RULES,
  ...PROPOSAL_RULES,
  ...ROW_RULES,
  ...SHORT_LINK_RULES,
  ...FILE_RULES,
  ...PUBLISHER_RULES,
  ...REPORT_RULES,
  ...WEBHOOK_RULES,
} satisfies Record<string, RuleDefinition>;

export type Rule = keyof typeof RULES;

type Placeholders<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** The names of the parameters in the English text of a rule. */
export type ParamsOf<R extends Rule> = Placeholders<(typeof RULES)[R]['text']['en']>;
