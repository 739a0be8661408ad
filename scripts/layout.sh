# Where `make install` puts things; sourced by install.sh and uninstall.sh. Paths are those of the running system, without DESTDIR.
# shellcheck shell=bash disable=SC2034
export LC_ALL=C
PREFIX=${PREFIX:-/usr}
DESTDIR=${DESTDIR:-}
libexec=$PREFIX/libexec/fnf
runtime=$PREFIX/lib/fnf
units=$PREFIX/lib/systemd/system
share=$PREFIX/share/fnf
defaults=$share/defaults     # the configuration as it was installed, to tell what an administrator changed
manifest=$share/installed    # every file that install put but for /etc/fnf, and, ending in /, every folder it made
config=/etc/fnf
services=(flow-engine order-store payment-gateway supplier-rules flow-web http-egress)

say() { printf '%s\n' "$*"; }
die() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }
same() { cmp -s "$1" "$2"; }
# True when what is installed is meant for the system that runs here, so that systemd must be told.
live() { [ -z "$DESTDIR" ] && [ "$(id -u)" = 0 ] && [ -d /run/systemd/system ]; }
require_writable() {
    local folder=$DESTDIR$PREFIX
    while [ ! -e "$folder" ]; do folder=$(dirname "$folder"); done
    [ -w "$folder" ] || die "$folder cannot be written: use sudo, or DESTDIR=FOLDER"
}
