# The root tree of a throwaway machine, put together from the packages that are installed on this Debian: no network,
# three seconds. It has nothing but what a bare Debian has, so that a missing dependency shows. Sourced by fnf-machine.
# shellcheck shell=bash

# Every machine has these; the last line is what programs of fnf are linked against.
PACKAGES="systemd systemd-sysv dbus
libsystemd0 libsqlite3-0 libstdc++6 libgcc-s1"

# The installed packages that the given ones need, with all required ones.
closure() {
    dpkg-query -W -f='${binary:Package}\t${Essential}\t${Priority}\t${db:Status-Abbrev}\t${Pre-Depends},${Depends}\t${Provides}\n' |
        awk -F'\t' -v want="$*" '
            function bare(s) { gsub(/[ \t]/, "", s); sub(/[(:].*/, "", s); return s }
            $4 ~ /^ii/ {
                b = bare($1); full[b] = $1; needs[b] = $5
                if ($2 == "yes" || $3 == "required") queue[n++] = b
                k = split($6, p, ","); for (i = 1; i <= k; i++) if (bare(p[i]) != "") gives[bare(p[i])] = b
            }
            END {
                k = split(want, w, " ")
                for (i = 1; i <= k; i++) {
                    if (!(w[i] in full)) { print "not installed on this host: " w[i] > "/dev/stderr"; bad = 1 }
                    queue[n++] = w[i]
                }
                if (bad) exit 1
                for (i = 0; i < n; i++) {
                    b = queue[i]
                    if (!(b in full)) b = gives[b]
                    if (b == "" || (b in seen)) continue
                    seen[b] = 1; print full[b]
                    k = split(needs[b], c, ",")
                    for (j = 1; j <= k; j++) {
                        m = split(c[j], alt, "|")
                        for (a = 1; a <= m; a++) {
                            d = bare(alt[a])
                            if ((d in full) || (d in gives)) { queue[n++] = d; break }
                        }
                    }
                }
            }' | sort -u
}

copy_packages() { # DIR PACKAGE...: their files and their rows of the package database
    local tree=$1 package link path db=/var/lib/dpkg
    shift
    mkdir -p "$tree"
    for link in /bin /sbin /lib*; do # the merged-/usr links, before anything lands in them
        [ -L "$link" ] || continue
        mkdir -p "$tree/usr$link" && ln -s "usr$link" "$tree$link"
    done
    for package in "$@"; do
        cat "$db/info/$package.list" 2>/dev/null || cat "$db/info/${package%%:*}.list"
    done | sort -u |
        grep -vE '^/(\.|bin|sbin|lib|lib32|lib64|libx32)$|^/usr/share/(doc|man|info|locale|lintian|bug)/' |
        while IFS= read -r path; do
            if [ -e "$path" ] || [ -L "$path" ]; then printf '%s\n' "${path#/}"; fi
        done >"$tree/.files"
    tar -C / -c --no-recursion -T "$tree/.files" | tar -C "$tree" -x --keep-directory-symlink
    rm "$tree/.files"
    mkdir -p "$tree$db"/{info,updates,parts,triggers,alternatives}
    cp "$db/info/format" "$tree$db/info/"
    for package in "$@"; do
        cp -a "$db/info/$package".* "$tree$db/info/" 2>/dev/null || cp -a "$db/info/${package%%:*}".* "$tree$db/info/"
    done
    dpkg-query -s "$@" | sed -E 's/^(Status: install ok) triggers-.*/\1 installed/; /^Triggers-(Pending|Awaited):/d' >"$tree$db/status"
    cp "$db/diversions" "$tree$db/"
    : >"$tree$db/available"
    : >"$tree$db/statoverride"
}

settle() { # DIR: what the packages' own scripts would have made
    local tree=$1
    cp /usr/share/base-passwd/passwd.master "$tree/etc/passwd"
    cp /usr/share/base-passwd/group.master "$tree/etc/group"
    cp /usr/share/libc-bin/nsswitch.conf "$tree/etc/nsswitch.conf"
    systemd-sysusers --root="$tree" >/dev/null 2>&1 || true
    chroot "$tree" /bin/sh -c 'pwconv; grpconv; ldconfig
        [ -x /usr/bin/mawk ] && update-alternatives --quiet --install /usr/bin/awk awk /usr/bin/mawk 5
        export DEBIAN_FRONTEND=noninteractive
        pam-auth-update --package --force
        dpkg --triggers-only --pending' >/dev/null 2>&1 || true
    mkdir -p "$tree/var/log/journal" "$tree/root" "$tree/tmp" "$tree/var/tmp"
    chmod 1777 "$tree/tmp" "$tree/var/tmp"
    chmod 0700 "$tree/root"
    ln -sfn /usr/share/zoneinfo/Etc/UTC "$tree/etc/localtime"
    printf '127.0.0.1 localhost\n::1 localhost\n' >"$tree/etc/hosts"
    : >"$tree/etc/machine-id"
}

root_tree() { # PACKAGE... -> the folder of the tree, made where it is not there yet
    local all key tree
    # shellcheck disable=SC2086
    all=$(closure $PACKAGES "$@") || cannot "install those packages on this host first (apt-get install)"
    # shellcheck disable=SC2086,SC2016
    key=$({ cat "$SELF" "${BASH_SOURCE[0]}"; dpkg-query -W -f='${binary:Package} ${Version}\n' $all; } | sha256sum | cut -c1-12)
    tree=$CACHE/$key
    if [ ! -d "$tree" ]; then
        mkdir -p "$CACHE"
        (
            flock 8
            [ ! -d "$tree" ] || exit 0
            trap 'rm -rf --one-file-system "$tree.part"' EXIT
            rm -rf --one-file-system "$tree.part"
            # shellcheck disable=SC2086
            copy_packages "$tree.part" $all
            settle "$tree.part"
            mv "$tree.part" "$tree"
            # older trees that no machine uses any more
            find "$CACHE" -mindepth 1 -maxdepth 1 -type d ! -path "$tree" -mtime +7 -exec rm -rf --one-file-system {} +
        ) 8>"$CACHE/.lock" || die "could not make the root tree"
    fi
    printf '%s' "$tree"
}
