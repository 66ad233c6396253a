# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=bash
# Installing what is missing: Debian packages of script/packages.txt, npm packages of
# package-lock.json. Nothing is touched when all is there. Sourced after say.sh, in the project's root.

NODE_LEAST=18

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

is_installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# Print the packages that are neither installed nor made up for by a command.
missing_packages() {
    local package command
    while IFS='|' read -r package command _; do
        read -r package <<<"$package"
        read -r command <<<"$command"
        case $package in
        '' | '#'*) continue ;;
        esac
        if [ "$command" != - ] && command -v "$command" >/dev/null; then
            continue
        fi
        if ! is_installed "$package"; then
            printf '%s\n' "$package"
        fi
    done <script/packages.txt
}

install_packages() {
    local missing
    mapfile -t missing < <(missing_packages)
    if [ "${#missing[@]}" -eq 0 ]; then
        return
    fi
    if ! command -v apt-get >/dev/null; then
        fail "brakuje: ${missing[*]}; ten skrypt umie je zainstalować tylko w Debianie (apt-get)" \
            "missing: ${missing[*]}; this script can install them on Debian only (apt-get)"
    fi
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
        fail "uruchom jako root: apt-get install ${missing[*]}" \
            "run as root: apt-get install ${missing[*]}"
    fi
    say "Instaluję pakiety Debiana: ${missing[*]}" "installing Debian packages"
    if ! apt-get -s install "${missing[@]}" >/dev/null 2>&1; then # the lists are old or absent
        watched 'Odświeżam listę pakietów' 'apt-get update' as_root apt-get update
    fi
    watched 'Pobieram i rozpakowuję' 'downloading and unpacking' \
        as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends "${missing[@]}"
}

# The lock file's checksum is kept beside what was installed from it.
install_node_modules() {
    local stamp=node_modules/.spoina-lock wanted version
    version=$(node -p 'parseInt(process.versions.node)')
    if [ "$version" -lt "$NODE_LEAST" ]; then
        fail "Node.js ma wersję $version, potrzeba co najmniej $NODE_LEAST" \
            "Node.js is version $version, at least $NODE_LEAST is needed"
    fi
    wanted=$(cksum <package-lock.json)
    if [ -e "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
        return
    fi
    watched 'Instaluję pakiety npm' 'npm ci' npm ci --no-audit --no-fund
    printf '%s\n' "$wanted" >"$stamp"
}
