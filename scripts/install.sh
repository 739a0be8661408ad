#!/usr/bin/env bash
# Puts the built programs and what goes with them in place. Called by `make install` with PREFIX, DESTDIR and BIN.
# It builds nothing: it may run as root, where there is no Swift.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/layout.sh
umask 022

bin=${BIN:-}
if [ -z "$bin" ]; then
    for bin in .build/release .build/debug ''; do
        for program in "${services[@]}" fnfctl; do [ -x "$bin/$program" ] || continue 2; done
        break
    done
fi
for program in "${services[@]}" fnfctl; do [ -x "$bin/$program" ] || die "nothing is built${bin:+ in $bin}: run make first"; done
require_writable

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
: >"$work/installed"

folder_for() { # PATH: makes the folders above it and notes which ones were not there
    local folder=${1%/*} made=()
    while [ -n "$folder" ] && [ ! -d "$DESTDIR$folder" ]; do made+=("$folder/") folder=${folder%/*}; done
    [ ${#made[@]} = 0 ] || printf '%s\n' "${made[@]}" >>"$work/installed"
    mkdir -p "$DESTDIR${1%/*}"
}
put() { # MODE SOURCE PATH
    folder_for "$3"
    install -m "$1" "$2" "$DESTDIR$3"
    printf '%s\n' "$3" >>"$work/installed"
}
put_text() { # MODE PATH: a unit or a script from standard input, with the paths of this PREFIX
    sed "s|/usr/libexec/fnf|$libexec|g; s|/usr/lib/fnf|$runtime|g" >"$work/text"
    put "$1" "$work/text" "$2"
}

put_programs() {
    local program library
    for program in "${services[@]}"; do put 0755 "$bin/$program" "$libexec/$program"; done
    # Not linked statically (a debug build): its Swift runtime libraries come along, and everybody is told where they are.
    for program in "${services[@]}" fnfctl; do ldd "$bin/$program" 2>/dev/null || true; done |
        awk '$1 ~ /^lib(swift|_?Foundation|dispatch|BlocksRuntime|_InternalSwift)/ { print $1, ($2 == "=>" ? $3 : $1) }' |
        sort -u >"$work/runtime"
    if [ ! -s "$work/runtime" ]; then
        put 0755 "$bin/fnfctl" "$PREFIX/bin/fnfctl"
        return
    fi
    while read -r library path; do
        [ -f "$path" ] || die "$bin needs $library, which is not found here: build with \`make\`, which links it in"
        put 0644 "$path" "$runtime/${library##*/}"
    done <"$work/runtime"
    put 0755 "$bin/fnfctl" "$libexec/fnfctl"
    put_text 0755 "$PREFIX/bin/fnfctl" <<'EOF'
#!/bin/sh
# This fnfctl is not linked statically: its Swift runtime is in a folder of its own.
LD_LIBRARY_PATH=/usr/lib/fnf${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
export LD_LIBRARY_PATH
exec /usr/libexec/fnf/fnfctl "$@"
EOF
    put_text 0644 "$units/fnf-.service.d/20-swift-runtime.conf" <<'EOF'
# These programs are not linked statically: their Swift runtime is in a folder of its own.
[Service]
Environment=LD_LIBRARY_PATH=/usr/lib/fnf
EOF
}

put_units() {
    local file
    put 0755 scripts/make-credentials.sh "$libexec/make-credentials"
    for file in units/*.target units/*.slice units/*.socket units/*.service units/*.{service,socket}.d/*.conf; do
        put_text 0644 "$units/${file#units/}" <"$file"
    done
    put 0644 units/sysusers.d/fnf.conf "$PREFIX/lib/sysusers.d/fnf.conf"
    put 0644 units/tmpfiles.d/fnf.conf "$PREFIX/lib/tmpfiles.d/fnf.conf"
    if [ -f units/fnf.catalog ]; then put 0644 units/fnf.catalog "$PREFIX/lib/systemd/catalog/fnf.catalog"; fi
}

put_config() { # never over a file that was changed, never back what was deleted
    local file name here
    while IFS= read -r file; do
        name=${file#etc/} here=$DESTDIR$config/${file#etc/}
        if [ ! -e "$here" ] && [ ! -e "$DESTDIR$defaults/$name" ]; then
            folder_for "$config/$name"
            install -m 0644 "$file" "$here"
        elif [ ! -e "$here" ]; then
            say "$config/$name was deleted and stays so (its default: $defaults/$name)"
        elif same "$file" "$here"; then
            rm -f "$here.dist-new"
        elif same "$here" "$DESTDIR$defaults/$name"; then
            install -m 0644 "$file" "$here"
        elif same "$file" "$DESTDIR$defaults/$name"; then
            say "$config/$name was changed and stays as it is"
        else
            install -m 0644 "$file" "$here.dist-new"
            say "$config/$name was changed and stays as it is; the new default is beside it: $config/$name.dist-new"
        fi
        put 0644 "$file" "$defaults/$name"
    done < <(find etc -type f -name '*.yaml' | sort)
}

put_texts() { # man pages, and completions, which fnfctl writes itself
    local page shell path zsh=$PREFIX/share/zsh/site-functions
    while IFS= read -r page; do
        put 0644 "$page" "$PREFIX/share/doc/fnf/${page#docs/}"
    done < <(find README.md docs/*.md docs/examples -type f ! -path '*/__pycache__/*' | sort)
    for page in docs/man/*.1; do
        [ ! -f "$page" ] || put 0644 "$page" "$PREFIX/share/man/man1/${page##*/}"
    done
    [ "$PREFIX" != /usr ] || zsh=/usr/share/zsh/vendor-completions # as Debian has it
    for shell in bash zsh fish; do
        case $shell in
        bash) path=$PREFIX/share/bash-completion/completions/fnfctl ;;
        zsh) path=$zsh/_fnfctl ;;
        fish) path=$PREFIX/share/fish/vendor_completions.d/fnfctl.fish ;;
        esac
        if timeout 20 "$bin/fnfctl" --generate-completion-script $shell >"$work/completion" 2>/dev/null </dev/null &&
            [ -s "$work/completion" ]; then
            put 0644 "$work/completion" "$path"
        else
            say "no $shell completion: $bin/fnfctl --generate-completion-script $shell gives none"
        fi
    done
}

put_programs
put_units
put_config
put_texts

# what an earlier install put and this one does not
folder_for "$manifest"
if [ -f "$DESTDIR$manifest" ]; then
    grep '/$' "$DESTDIR$manifest" >>"$work/installed" || true # the folders it made are ours to take away, too
    sort -u "$DESTDIR$manifest" >"$work/then"
    sort -u "$work/installed" | comm -13 - "$work/then" | while IFS= read -r path; do rm -f "$DESTDIR$path"; done
fi
sort -u "$work/installed" >"$DESTDIR$manifest"

if live; then
    "$libexec/make-credentials" "$config/credentials"
    systemd-sysusers
    systemd-tmpfiles --create "$PREFIX/lib/tmpfiles.d/fnf.conf"
    journalctl --update-catalog
    systemctl daemon-reload
    if systemctl -q is-active fnf.target; then
        say "installed; the running services are still the old ones: systemctl restart 'fnf-*.service' (no connection is lost)"
    else
        say "installed from $bin; next: systemctl enable --now fnf.target"
    fi
else
    say "installed from $bin${DESTDIR:+ under $DESTDIR}; on the machine itself, run $libexec/make-credentials as root"
fi
