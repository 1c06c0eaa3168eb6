import { statSync } from 'node:fs';

/** Returns when a file was written, in milliseconds since 1970; 0 if there is none. */
export const modified = file => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
