// Leaves each file of the built page beside itself, compressed, so that no server does it.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const files = globSync('dist/graphiql/**/*.*', { exclude: ['**/*.gz'] });
for (const file of files) writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
