# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=bash
# How the scripts speak: Polish first, English second. Sourced.

# say POLISH ENGLISH: one line about what happens now.
say() {
    printf '==> %s / %s\n' "$1" "$2"
}

# fail POLISH ENGLISH: tell what is wrong and stop.
fail() {
    printf '\nBłąd: %s\nError: %s\n' "$1" "$2" >&2
    exit 1
}

# watched POLISH ENGLISH COMMAND...: run a silent command with a dot every two seconds; its output is
# shown only if it fails.
watched() {
    local log pid result=0
    printf '==> %s / %s ' "$1" "$2"
    shift 2
    log=$(mktemp)
    "$@" >"$log" 2>&1 &
    pid=$!
    while sleep 0.2 && kill -0 "$pid" 2>/dev/null; do
        dot_every_two_seconds
    done
    wait "$pid" || result=$?
    printf '\n'
    if [ "$result" -ne 0 ]; then
        cat "$log" >&2
    fi
    rm -f "$log"
    return "$result"
}

dot_every_two_seconds() {
    ticks=$((${ticks:-0} + 1))
    if [ $((ticks % 10)) -eq 0 ]; then
        printf '.'
    fi
}
