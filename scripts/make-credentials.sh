#!/bin/sh
# Makes the secrets that units are handed by LoadCredential=, each when it is missing and never over one that is there: what
# was sealed under a key is lost with it. `make install` runs it as root; a package runs it after its files are in place.
set -eu
umask 077
folder=${1:-/etc/fnf/credentials}
mkdir -p "$folder"
for name in flow-web-key; do
    [ ! -e "$folder/$name" ] || continue
    dd if=/dev/urandom of="$folder/.$name.$$" bs=32 count=1 2>/dev/null
    sync "$folder/.$name.$$" 2>/dev/null || true
    # ln, not mv: it does not replace a key that another run has made meanwhile
    ln "$folder/.$name.$$" "$folder/$name" 2>/dev/null || true
    rm -f "$folder/.$name.$$"
done
