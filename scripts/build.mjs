// Bundles src/cli/main.ts into dist/cli.js. Native addons of ssh2 are optional and stay outside: without them it falls back to JavaScript.
import { chmodSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

// Chunks of an earlier build have other names and would stay.
rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: ['src/cli/main.ts'],
  outdir: 'dist',
  entryNames: 'cli',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  minifyWhitespace: true,
  sourcemap: true,
  external: ['cpu-features', '*.node', 'esbuild'],
  banner: {
    // What CommonJS packages expect to be there.
    js: [
      '#!/usr/bin/env node',
      "import{createRequire as __cr}from'node:module';import{fileURLToPath as __fp}from'node:url';",
      "const require=__cr(import.meta.url),__filename=__fp(import.meta.url),__dirname=__fp(new URL('.',import.meta.url));",
    ].join('\n'),
  },
  logLevel: 'warning',
});
chmodSync('dist/cli.js', 0o755);
