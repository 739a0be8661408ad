#!/usr/bin/env bash
# Takes away what `make install` put. Data, users and configuration that was changed stay.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/layout.sh

[ -f "$DESTDIR$manifest" ] || die "nothing is installed under ${DESTDIR}$PREFIX (no $DESTDIR$manifest)"
require_writable
! live || systemctl -q disable --now fnf.target fnf.slice 2>/dev/null || true

kept=0
if [ -d "$DESTDIR$defaults" ]; then
    while IFS= read -r file; do
        name=${file#"$DESTDIR$defaults/"}
        rm -f "$DESTDIR$config/$name.dist-new"
        if [ ! -e "$DESTDIR$config/$name" ]; then
            :
        elif same "$file" "$DESTDIR$config/$name"; then
            rm -f "$DESTDIR$config/$name"
        else
            say "$config/$name was changed and stays"
            kept=1
        fi
    done < <(find "$DESTDIR$defaults" -type f)
fi

listed=$(sort -r "$DESTDIR$manifest") # a folder comes after what is in it
rm -f "$DESTDIR$manifest"
while IFS= read -r path; do
    case $path in
    */) rmdir "$DESTDIR$path" 2>/dev/null || true ;; # what others put there stays
    *) rm -f "$DESTDIR$path" ;;
    esac
done <<<"$listed"

if live; then
    systemctl daemon-reload
    journalctl --update-catalog
fi
say "uninstalled; what stays: data in /var/lib/fnf, secrets in $config/credentials, the users and groups fnf*$([ $kept = 0 ] || printf ', changed files in %s' $config)"
