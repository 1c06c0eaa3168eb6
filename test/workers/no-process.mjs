// Preloaded into a server: while the file in FAULT_FILE exists, its primary can create no process.
import { existsSync } from 'node:fs';

const { execPath } = process;
Object.defineProperty(process, 'execPath', {
  get: () => (existsSync(process.env.FAULT_FILE) ? '/no/such/program' : execPath),
});
