#!/bin/sh
# Where flow-engine's processor time goes while a figure is measured: `make profile`, or
#   scripts/profile.sh [FIGURE] [PROGRAM]
# FIGURE   what fnf-bench measures meanwhile (default three_tasks_per_s)
# PROGRAM  the process that is looked at (default flow-engine)
# Needs perf and a build with symbols: swift build -c release --static-swift-stdlib (without `-Xlinker -s`).
set -eu

figure=${1:-three_tasks_per_s}
program=${2:-flow-engine}
folder=${FNF_BIN:-.build/release}
data=$(mktemp -t fnf-profile.XXXXXX)
trap 'rm -f "$data"' EXIT

command -v perf >/dev/null || { echo "profile: perf is missing: apt-get install linux-perf" >&2; exit 69; }
if ! readelf -S "$folder/$program" | grep -q '\.symtab'; then
    echo "profile: $folder/$program has no symbols: swift build -c release --static-swift-stdlib" >&2
    exit 78
fi

"$folder/fnf-bench" --figure "$figure" --json "$data.json" >&2 &
bench=$!
# The engine under the load: the youngest process of that name among the bench's children.
pid=
for turn in $(seq 100); do
    pid=$(pgrep -n -P "$bench" -x "$(printf %.15s "$program")" || true)
    [ -n "$pid" ] && break
    sleep 0.1
done
[ -n "$pid" ] || { wait "$bench"; echo "profile: $program did not run for $figure" >&2; exit 70; }
# Past the start and the figures of one flow alone.
sleep "${FNF_PROFILE_DELAY:-3}"
perf record -q -F 999 -g -p "$pid" -o "$data" -- sleep "${FNF_PROFILE_SECONDS:-5}" >/dev/null
wait "$bench"
rm -f "$data.json"

echo "own time of the functions of $program during $figure, % of its processor time"
perf report -i "$data" --no-children -g none --percent-limit 0.5 --stdio 2>/dev/null |
    grep -v '^#' | grep -v '^$' | awk '{ share = $1; $1 = $2 = $3 = $4 = ""; print share, $0 }' |
    swift demangle --simplified 2>/dev/null | cut -c1-140 | head -60
echo
echo "with what they call"
perf report -i "$data" --children -g none --percent-limit 3 --stdio 2>/dev/null |
    grep -v '^#' | grep -v '^$' | awk '{ share = $1; $1 = $2 = $3 = $4 = $5 = ""; print share, $0 }' |
    swift demangle --simplified 2>/dev/null | cut -c1-140 | head -60
