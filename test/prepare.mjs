// Prepares the tests of npm test: the checks run beside the build, since each of their programs uses one core.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const SIDE_BY_SIDE = [['lint', 'typecheck', 'suites'], ['build']];

const children = new Set();
process.once('exit', () => {
  for (const child of children) child.kill();
});

async function runScripts(names) {
  for (const name of names) {
    const child = spawn('npm', ['run', '--silent', name], { stdio: 'inherit' });
    children.add(child);
    const [code] = await once(child, 'exit');
    children.delete(child);
    if (code !== 0) process.exit(code ?? 1);
  }
}

await Promise.all(SIDE_BY_SIDE.map(runScripts));
