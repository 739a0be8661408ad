#!/usr/bin/env bash
# The simulation's own tests, then the whole system from 2,000 seeds, by the program that they were built with. Called by `make test`, after the build.
#
#   SEEDS, FROM   how many seeds, and the first one
set -euo pipefail
cd "$(dirname "$0")/.."

swift test --skip-build --filter '^SystemSimulationTests\.'
exec "$(swift build --show-bin-path)/fnf-simulate" system --seeds "${SEEDS:-2000}" --from "${FROM:-1}"
