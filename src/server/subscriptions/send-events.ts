import type { MessageLanguage } from '../../messages/message.js';
import { localizeEvent } from '../http/localize.js';
import type { EventResult } from './event-results.js';
import type { SendEvent, SharedEvents } from './shared-events.js';
import { textFrame } from './text-frame.js';
import type { SocketState } from './websocket-state.js';

const MESSAGE_END = Buffer.from('}');

/**
 * Returns the function that sends the events of one operation. graphql-ws would serialise each of them for each subscriber; here
 * the bytes of the result, which all share, are put into a message of type `next`.
 */
export function eventSender({ sendFrame }: SocketState, id: string, language: MessageLanguage): SendEvent {
  const start = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`);
  return ({ json }: EventResult) => sendFrame(textFrame(start, localizeEvent(json, language), MESSAGE_END));
}

/** Returns an iterator for graphql-ws. It sends the events itself, so that it has no values and is done when they end. */
export function iterateOver(events: SharedEvents, send: SendEvent): AsyncGenerator<never> {
  const end = async () => {
    events.end();
    return { done: true as const, value: undefined };
  };
  return {
    next: () => events.sendTo(send).then(end),
    return: end,
    throw: async error => {
      await end();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]: async () => events.end(),
  };
}
