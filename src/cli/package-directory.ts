import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The package's own folder, with `playbooks/` and `roles/`: from dist/ (or a chunk in it) and from src/ alike. */
export function findPackage(from: string = import.meta.url): { readonly directory: string; readonly version: string } {
  for (let folder = dirname(fileURLToPath(from)); ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file)) {
      const { name, version }: { name?: string; version?: string } = JSON.parse(readFileSync(file, 'utf8'));
      if (name === 'chatsctl') return { directory: folder, version: version ?? '?' };
    }
    if (dirname(folder) === folder) throw new Error(`no package.json of chatsctl above ${from}`);
  }
}
