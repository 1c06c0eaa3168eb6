// Writes a gzip copy of each file of the built page, so that the server never compresses.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const files = globSync('dist/graphiql/**/*.*', { exclude: ['**/*.gz'] });
for (const file of files) writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
