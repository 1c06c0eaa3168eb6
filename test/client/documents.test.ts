import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

test('the documents of the package are those of the schema and the questions', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stedenband-documents-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { stderr, status } = spawnSync(process.execPath, ['src/build/client-documents.mjs', folder], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  for (const name of ['operations.ts', 'questions.ts']) {
    const committed = await readFile(join(root, 'src/client/generated', name), 'utf8');
    expect(committed, 'run npm run schema').toBe(await readFile(join(folder, name), 'utf8'));
  }
});
