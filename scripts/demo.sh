#!/bin/bash
# From a bare clone to a played install.yaml: dependencies, the bundle, Docker, images, the laboratory.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -d node_modules/tsx ] || { echo 'demo: installing dependencies (npm ci)' >&2; npm ci --ignore-scripts --no-audit --no-fund; }
echo 'demo: building dist/cli.js' >&2
npm run --silent build
exec node_modules/.bin/tsx scripts/lab/demo.ts "$@"
