import { codeList } from '../graph/types/code-list.js';
import { describedEnum } from '../graph/types/enum.js';

export enum WebhookForm {
  THIN = 'THIN',
  FULL = 'FULL',
}
describedEnum('WebhookForm', WebhookForm, 'What a delivery says of each change.', {
  THIN: 'Kind, record and version: the receiver reads the record itself.',
  FULL: 'Also each field before and after, the time, the author and the reason.',
});

export enum WebhookStatus {
  UNCONFIRMED = 'UNCONFIRMED',
  ACTIVE = 'ACTIVE',
  PAUSED = 'PAUSED',
  FAILED = 'FAILED',
  GONE = 'GONE',
}
codeList('WebhookStatus', WebhookStatus, 'State of a webhook.', {
  UNCONFIRMED: [
    'The receiver was not asked yet, or has not agreed yet. Nothing is delivered until it does.',
    'Nog niet bevestigd',
    'Not confirmed yet',
    '尚未确认',
  ],
  ACTIVE: [
    'Changes are delivered. After a failure `problem` says why, and `nextAttemptAt` when.',
    'Actief',
    'Active',
    '启用',
  ],
  PAUSED: [
    'Its owner paused it. `resumeWebhook` continues where it stopped: nothing is lost.',
    'Gepauzeerd',
    'Paused',
    '已暂停',
  ],
  FAILED: [
    'Paused by the register, because a delivery failed for three days. `resumeWebhook` continues where it stopped: nothing is lost.',
    'Gepauzeerd na drie dagen storing',
    'Paused after failing for three days',
    '连续三天失败后已暂停',
  ],
  GONE: [
    'The receiver answered 410: it wants no more deliveries. Give it another `url`, or delete it.',
    'Opgeheven door de ontvanger',
    'Retired by the receiver',
    '接收方已停用',
  ],
});

export enum WebhookResult {
  ACCEPTED = 'ACCEPTED',
  REFUSED = 'REFUSED',
  THROTTLED = 'THROTTLED',
  REDIRECTED = 'REDIRECTED',
  GONE = 'GONE',
  NOT_ALLOWED = 'NOT_ALLOWED',
  TIMED_OUT = 'TIMED_OUT',
  UNREACHABLE = 'UNREACHABLE',
  FORBIDDEN_ADDRESS = 'FORBIDDEN_ADDRESS',
}
codeList('WebhookResult', WebhookResult, 'What came of one request to a receiver.', {
  ACCEPTED: ['The receiver answered with a status from 200 to 299.', 'Aangenomen', 'Accepted', '已接收'],
  REFUSED: ['The receiver answered with another status.', 'Geweigerd', 'Refused', '被拒绝'],
  THROTTLED: ['The receiver answered 429: it gets too many requests.', 'Te veel verzoeken', 'Throttled', '请求过多'],
  REDIRECTED: [
    'The receiver answered with a redirect, which is not followed.',
    'Doorverwezen',
    'Redirected',
    '被重定向',
  ],
  GONE: ['The receiver answered 410: it wants no more deliveries.', 'Opgeheven', 'Gone', '已停用'],
  NOT_ALLOWED: [
    'The answer to OPTIONS has no header `WebHook-Allowed-Origin` with the origin of the register or `*`.',
    'Geen toestemming van de ontvanger',
    'No permission of the receiver',
    '接收方未许可',
  ],
  TIMED_OUT: ['No complete answer came within 15 seconds.', 'Geen antwoord op tijd', 'Timed out', '超时'],
  UNREACHABLE: [
    'No connection could be made, it broke, or its certificate is not valid.',
    'Onbereikbaar',
    'Unreachable',
    '无法连接',
  ],
  FORBIDDEN_ADDRESS: [
    'The name leads to an address that is not public. No connection was made.',
    'Adres niet toegestaan',
    'Address not allowed',
    '地址不被允许',
  ],
});

export enum WebhookDeliveryKind {
  HANDSHAKE = 'HANDSHAKE',
  PING = 'PING',
  CHANGES = 'CHANGES',
  REDELIVERY = 'REDELIVERY',
  HISTORY_CHANGED = 'HISTORY_CHANGED',
}
codeList('WebhookDeliveryKind', WebhookDeliveryKind, 'What a request to a receiver was for.', {
  HANDSHAKE: [
    'Asked the receiver whether it wants deliveries, by OPTIONS.',
    'Verzoek om toestemming',
    'Handshake',
    '握手',
  ],
  PING: ['An event to test the receiver, without changes.', 'Proefbericht', 'Ping', '测试'],
  CHANGES: ['One change, or the changes of one set.', 'Wijzigingen', 'Changes', '变更'],
  REDELIVERY: ['Changes that were asked for again by `redeliverWebhook`.', 'Opnieuw bezorgd', 'Redelivery', '重新投递'],
  HISTORY_CHANGED: [
    'The log lost changes, as after a restore: load a copy again.',
    'Logboek teruggezet',
    'History changed',
    '日志历史已更改',
  ],
});
