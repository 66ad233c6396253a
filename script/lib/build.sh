# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=bash
# Building one preset. Sourced after say.sh, in the project's root.

# build PRESET [TARGET...]: configure (quick when nothing changed) and build; Ninja shows the progress.
build() {
    local preset=$1
    shift
    watched "Przygotowuję budowanie ($preset)" "configuring" cmake --preset "$preset"
    say "Buduję ($preset)" "building"
    if [ "$#" -eq 0 ]; then
        cmake --build --preset "$preset"
    else
        cmake --build --preset "$preset" --target "$@"
    fi
}
