#!/usr/bin/env bash
# Puts the cloud's own Python libraries into .build/cloud-sdk, for the tests that speak to fnf with them. Called by
# `make test`; does nothing when they are there. Needs the package index once.
set -euo pipefail
cd "$(dirname "$0")/.."

wanted=Tests/Integration/CloudTests/requirements.txt
venv=.build/cloud-sdk
stamp=$venv/installed.txt

say() { printf 'cloud-sdk: %s\n' "$*" >&2; }

cmp -s "$wanted" "$stamp" && "$venv/bin/python" -c 'import aliyunsdkfnf, alibabacloud_fnf20190315, mns' 2>/dev/null && exit 0

mkdir -p .build
rm -rf "$venv"
made=0
# The system's first: another one on the PATH may lack parts.
for python in "${PYTHON:-/usr/bin/python3}" python3; do
    if "$python" -m venv "$venv" >/dev/null 2>&1; then
        made=1
        break
    fi
    rm -rf "$venv"
done
if [ $made = 0 ]; then
    say "no Python 3 here can make an environment: install python3-venv (scripts/install-missing.sh does)"
    exit 1
fi
say "installing $(grep -c == "$wanted") packages into $venv"
pip() { "$venv/bin/python" -m pip --disable-pip-version-check -q "$@"; }
# Two of them come as sources; what builds them is pinned as well.
pip install setuptools==75.8.0 wheel==0.45.1
pip install --no-build-isolation --no-deps -r "$wanted"
"$venv/bin/python" -c 'import aliyunsdkfnf, alibabacloud_fnf20190315, mns'
cp "$wanted" "$stamp"
