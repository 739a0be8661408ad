#!/usr/bin/env bash
# Every test, with the time of each phase. Called by `make test`.
set -euo pipefail
cd "$(dirname "$0")/.."

times=()
phase() { # NAME COMMAND...
    local name=$1 begun=$SECONDS status=0
    shift
    printf '\n==> %s: %s\n' "$name" "$*"
    "$@" || status=$?
    times+=("$(printf '%-12s %5d s  %s' "$name" $((SECONDS - begun)) "$([ $status = 0 ] && echo ok || echo "failed ($status)")")")
    [ $status = 0 ] || exit $status
}
report() {
    printf '\n==> phases\n'
    printf '    %s\n' "${times[@]}"
    printf '    %-12s %5d s\n' all "$SECONDS"
}
trap report EXIT

phase install scripts/install-missing.sh
phase build swift build --build-tests
phase cloud-sdk scripts/python-packages.sh cloud-sdk Tests/Integration/CloudTests/requirements.txt \
    aliyunsdkfnf alibabacloud_fnf20190315 mns
phase browser-sdk scripts/python-packages.sh browser-sdk Tests/Integration/BrowserTests/requirements.txt \
    selenium axe_core_python
phase unit scripts/unit.sh
phase cloud swift test --skip-build --filter '^CloudTests\.'
phase browser swift test --skip-build --filter '^BrowserTests\.'
phase integration swift test --skip-build --filter '^IntegrationTests\.'
phase crashpoints swift test --skip-build --filter '^CrashPointTests\.'
phase crash swift test --skip-build --filter '^CrashTests\.'
phase machine swift test --skip-build --filter '^MachineTests\.'
