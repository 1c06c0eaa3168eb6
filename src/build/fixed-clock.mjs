// Imported before a program (`node --import`): its clock stands at SOURCE_DATE_EPOCH, and its random numbers are always the
// same. The initial database of a release is made so: then two builds of one commit are equal, byte by byte. It has no keys
// and no secrets.
import crypto, { createHash } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

const now = Number(process.env.SOURCE_DATE_EPOCH) * 1_000;

const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...values) {
    super(...(values.length ? values : [now]));
  }
  static now() {
    return now;
  }
};
performance.now = () => 0;

let blocks = 0;
function fill(view) {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  for (let at = 0; at < bytes.length; at += 32) {
    blocks += 1;
    const block = createHash('sha256').update(String(blocks)).digest();
    bytes.set(block.subarray(0, bytes.length - at), at);
  }
  return view;
}
Math.random = () => fill(new Uint32Array(1))[0] / 2 ** 32;
globalThis.crypto.getRandomValues = fill;
crypto.randomFillSync = fill;
crypto.randomBytes = size => fill(Buffer.alloc(size));
syncBuiltinESMExports();
