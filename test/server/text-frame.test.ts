import { expect, test } from 'vitest';
import * as ws from 'ws';
import { textFrame } from '../../src/server/subscriptions/text-frame.js';

/** The frames of the library, which its types do not name. */
const { Sender } = ws as unknown as {
  Sender: { frame(text: Buffer, options: Record<string, boolean | number>): Buffer[] };
};

test.each([0, 1, 125, 126, 65_535, 65_536])('a text of %i bytes has the frame that ws gives it', length => {
  const text = Buffer.alloc(length, '上海');
  const middle = Math.floor(length / 2);
  const frame = Sender.frame(text, { fin: true, rsv1: false, opcode: 1, mask: false, readOnly: true });
  expect(textFrame(text.subarray(0, middle), text.subarray(middle))).toEqual(Buffer.concat(frame));
});
