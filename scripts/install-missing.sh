#!/usr/bin/env bash
# Installs what building and testing fnf need and this Debian lacks; says what it does, does nothing when all is there.
set -euo pipefail

packages=(libsystemd-dev libsqlite3-dev pkg-config sqlite3 systemd systemd-container strace python3 python3-venv openssl
    chromium chromium-driver fonts-noto-cjk
    procps)

say() { printf 'install-missing: %s\n' "$*" >&2; }

if ! command -v swift >/dev/null; then
    say "there is no Swift here: install 6.3 or later (https://www.swift.org/install/linux) and put it on the PATH"
    exit 1
fi

if ! command -v dpkg-query >/dev/null; then
    say "this is no Debian: bring along what these packages hold, nothing is installed here: ${packages[*]}"
    exit 0
fi

missing=()
for package in "${packages[@]}"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
done
[ ${#missing[@]} != 0 ] || exit 0

as_root=()
if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null; then
        say "missing: ${missing[*]}; there is no sudo, so run as root: apt-get install ${missing[*]}"
        exit 1
    fi
    as_root=(sudo)
fi

apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 "$@"; }
known() { [[ $(apt-cache policy "$1" 2>/dev/null) == *"Candidate: "[!\(]* ]]; }
refresh() { say "apt-get update"; apt update || say "apt-get update failed, going on with what is known"; refreshed=1; }

refreshed=0
for package in "${missing[@]}"; do
    known "$package" || { refresh; break; }
done
say "apt-get install ${missing[*]}"
if ! apt install --yes --no-install-recommends "${missing[@]}" >/dev/null; then
    [ $refreshed = 0 ] || exit 1
    refresh # the known versions may be gone from the mirror
    apt install --yes --no-install-recommends "${missing[@]}" >/dev/null
fi
