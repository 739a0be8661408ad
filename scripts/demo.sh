#!/usr/bin/env bash
# The whole system in a temporary folder, one order for each payment method and one that nobody pays. Called by `make demo`.
set -euo pipefail
cd "$(dirname "$0")/.."

flow=OrderDemo-Jiyuan
definition=docs/examples/order-demo.yaml
shortSeconds=3

title() { printf '\n==> %s\n' "$*"; }
show() { printf '\n$ %s\n' "$*"; "$@"; }
fnfctl() { "$bin/fnfctl" "$@"; }

scripts/install-missing.sh
title "building (the first time takes some minutes)"
swift build
bin=$(swift build --show-bin-path)

work=$(mktemp -d "${TMPDIR:-/tmp}/fnf-demo.XXXXXX")
up=
finish() {
    local status=$?
    trap - EXIT INT TERM
    if [ -n "$up" ]; then
        kill -TERM "$up" 2>/dev/null || true
        wait "$up" 2>/dev/null || true
    fi
    if [ $status != 0 ]; then
        printf '\nthe demo failed (%d); the last lines of the services:\n' $status >&2
        tail -n 40 "$work/up.log" >&2 2>/dev/null || true
    fi
    rm -rf "$work"
    exit $status
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

title "starting: fnfctl up --dir $work/run --config etc"
mkfifo "$work/stdout"
"$bin/fnfctl" up --dir "$work/run" --config etc >"$work/stdout" 2>"$work/up.log" &
up=$!
exec 3<"$work/stdout"
line=
until [ "$line" = ready ]; do
    IFS= read -r -t 60 line <&3 || { echo "fnfctl up did not get ready" >&2; exit 1; }
    printf '%s\n' "$line" >>"$work/up.log"
done
cat <&3 >>"$work/up.log" &
FNF_RUNTIME_DIR=$(dirname "$(find "$work/run" -name flow-engine.sock)")
export FNF_RUNTIME_DIR

show fnfctl flow apply -f "$definition" --name "$flow"

story() { # FLOW ORDER
    fnfctl execution describe "$1" "$2" --wait >/dev/null
    show fnfctl order show "$2"
    show fnfctl execution history "$1" "$2"
}
paid_order() { # SUPPLIER METHOD
    title "an order from $1, paid by $2"
    local order
    order=$(fnfctl order submit --supplier "$1" --products "beef,lotus root" --address "West Lake 1")
    show fnfctl order pay "$order" --method "$2" --price 100
    story "$flow" "$order"
}
paid_order haidilao zhifubao
paid_order haidilao weixin
paid_order xibei unionpay

title "an order that nobody pays: $flow-short is a copy of the flow whose steps time out after $shortSeconds s instead of 300 s"
sed "s/^\( *timeoutSeconds: \)300$/\1$shortSeconds/" "$definition" >"$work/short.yaml"
show fnfctl flow apply -f "$work/short.yaml" --name "$flow-short"
order=$(fnfctl order submit --flow "$flow-short" --supplier xibei --products noodles --address "West Lake 2")
printf '\norder %s waits for a payment that does not come ...\n' "$order"
story "$flow-short" "$order"

title "stopping; nothing is left behind"
