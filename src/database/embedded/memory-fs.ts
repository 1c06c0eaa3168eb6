import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MemoryFS, PGlite } from '@electric-sql/pglite';

/** An in-memory file system with the files of a data directory. */
export class CopyInMemory extends MemoryFS {
  constructor(private readonly directory: string) {
    super();
  }

  override async initialSyncFs(): Promise<void> {
    const { FS } = (this.pg as NonNullable<typeof this.pg>).Module;
    const { PGDATA } = PGlite.paths;
    FS.mkdirTree(PGDATA);
    for (const entry of readdirSync(this.directory, { recursive: true, withFileTypes: true })) {
      const from = join(entry.parentPath, entry.name);
      const to = PGDATA + from.slice(this.directory.length).replaceAll('\\', '/');
      if (entry.isDirectory()) FS.mkdirTree(to);
      // `canOwn` uses the buffer as the file: copying forty megabytes would take as long as reading them.
      else FS.writeFile(to, readFileSync(from), { canOwn: true });
    }
  }
}
