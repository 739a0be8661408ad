#!/usr/bin/env bash
# Puts pinned Python packages into .build/NAME, for the tests that need them: the cloud's own libraries, the driver of a
# browser. Called by `make test`; does nothing when they are there. Needs the package index once.
#
#   scripts/python-packages.sh cloud-sdk Tests/Integration/CloudTests/requirements.txt aliyunsdkfnf mns
#
# The names behind the file are modules that must be there afterwards.
set -euo pipefail
cd "$(dirname "$0")/.."

name=$1 wanted=$2
modules=$(IFS=,; echo "${*:3}")
venv=.build/$name
stamp=$venv/installed.txt

say() { printf '%s: %s\n' "$name" "$*" >&2; }

cmp -s "$wanted" "$stamp" && "$venv/bin/python" -c "import $modules" 2>/dev/null && exit 0

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
# Some of them come as sources; what builds them is pinned as well.
pip install setuptools==75.8.0 wheel==0.45.1
pip install --no-build-isolation --no-deps -r "$wanted"
"$venv/bin/python" -c "import $modules"
cp "$wanted" "$stamp"
