#!/usr/bin/env bash
# Takes away what `make install` put. Data, users and configuration that was changed stay.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/layout.sh

[ -f "$DESTDIR$manifest" ] || die "nothing is installed under ${DESTDIR}$PREFIX (no $DESTDIR$manifest)"
require_writable
! live || systemctl -q disable --now fnf.target fnf.slice 2>/dev/null || true

drop_empty() { # FOLDER...: and what is above it, as long as it is empty
    local folder
    for folder in "$@"; do
        while [ "$folder" != "$DESTDIR" ] && [ "$folder" != / ] && rmdir "$folder" 2>/dev/null; do folder=$(dirname "$folder"); done
    done
}

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
    if [ -d "$DESTDIR$config" ]; then find "$DESTDIR$config" -depth -type d -empty -delete; fi
fi

while IFS= read -r path; do
    rm -f "$DESTDIR$path"
    drop_empty "$(dirname "$DESTDIR$path")"
done <"$DESTDIR$manifest"
rm -f "$DESTDIR$manifest"
drop_empty "$DESTDIR$share"

if live; then
    systemctl daemon-reload
    journalctl --update-catalog
fi
say "uninstalled; what stays: data in /var/lib/fnf, the users and groups fnf*$([ $kept = 0 ] || printf ', changed files in %s' $config)"
