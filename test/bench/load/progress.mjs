const WIDTH = 30;

/** A progress bar on standard error; where that is no terminal, a line each quarter. */
export function progress(name, total) {
  let told = -1;
  const bar = done => `${'█'.repeat(Math.round((done / total) * WIDTH)).padEnd(WIDTH, '░')}`;
  return done => {
    const percent = Math.floor((done / total) * 100);
    const step = process.stderr.isTTY ? percent : percent - (percent % 25);
    if (step === told) return;
    told = step;
    const line = `${name.padEnd(21)} ${bar(done)} ${String(percent).padStart(3)} %`;
    if (process.stderr.isTTY) process.stderr.write(`\r${line}${done >= total ? '\n' : ''}`);
    else console.error(line);
  };
}
