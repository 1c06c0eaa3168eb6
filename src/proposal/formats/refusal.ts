import { type Message, renderMessage } from '../../messages/message.js';

/** Thrown for a file that cannot be read as a whole. The message names the place in it. */
export class FileRefusal extends Error {
  constructor(readonly problem: Message) {
    super(renderMessage(problem, 'en'));
  }
}
