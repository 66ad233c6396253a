# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=bash
# The demo's data: the fictional region, made once for each version of generator and tables.
# Sourced after say.sh, in the project's root.

DEMO=build/demo
BIN=build/release/bin

# What the data depend on; a change makes them anew.
demo_version() {
    cat data/region/*.tsv data/territory_*.tsv tools/region/*.[ch] matcher/catalogue/*.[ch] | cksum
}

# make_demo_region: build/demo/region.jsonl. An old catalogue goes with an old region.
make_demo_region() {
    local version
    version=$(demo_version)
    if [ -e "$DEMO/region.jsonl" ] && [ "$(cat "$DEMO/version" 2>/dev/null)" = "$version" ]; then
        return
    fi
    rm -rf "$DEMO"
    mkdir -p "$DEMO/data"
    say 'Tworzę fikcyjny region' 'making the fictional region'
    "$BIN/spoina-region" >"$DEMO/region.jsonl.part"
    mv "$DEMO/region.jsonl.part" "$DEMO/region.jsonl"
    printf '%s\n' "$version" >"$DEMO/version"
}

# import_demo_region SERVER: once; importing again would change nothing, but take its time.
import_demo_region() {
    if [ -e "$DEMO/imported" ]; then
        return
    fi
    watched 'Wczytuję region do katalogu' 'importing the region' \
        "$BIN/spoina" import "$DEMO/region.jsonl" --server "$1"
    : >"$DEMO/imported"
}
