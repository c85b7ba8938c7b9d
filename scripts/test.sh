#!/usr/bin/env bash
# `npm test` from a bare clone: dependencies, Docker, unit and integration tests; closes with "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")/.."
[ -d node_modules ] || npm ci --ignore-scripts --no-audit --no-fund || exit 1
bash scripts/bootstrap.sh || exit 1
export TESTCONTAINERS_RYUK_DISABLED=true
mkdir -p .cache
report=.cache/test-report.json
rm -f "$report"
npx vitest run --reporter=default --reporter=json --outputFile.json="$report" "$@"
status=$?
[ -f "$report" ] && node -e '
  const report = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
  console.log(`${report.numPassedTests} passed, ${report.numFailedTests} failed`);
' "$report"
exit "$status"
