# SPDX-License-Identifier: MIT
# Sourced by packaging/box: is this system's own Qt new enough, and installing what it lacks.
# shellcheck shell=bash disable=SC2154 # lib.sh and box set here, root, cache, binds

# The candidate that apt would install of package $1 is at least version $2.
apt_offers() {
    local version
    version=$(apt-cache policy "$1" 2>/dev/null | sed -n 's/^ *Candidate: //p')
    [ -n "$version" ] && [ "$version" != '(none)' ] && dpkg --compare-versions "$version" ge "$2"
}

# Debian says so by its release; of others the packages are asked, since names and numbers vary.
system_will_do() {
    case ${TUTTI_BOX:-} in
    system) return 0 ;;
    root) return 1 ;;
    esac
    local ID='' VERSION_ID=''
    # shellcheck source=/dev/null
    [ ! -r /etc/os-release ] || . /etc/os-release
    if [ "$ID" = debian ]; then
        [ -z "$VERSION_ID" ] || [ "${VERSION_ID%%.*}" -ge 13 ] # testing and unstable have no number
    elif command -v apt-cache >/dev/null; then
        apt_offers qt6-base-dev 6.8 && apt_offers libkf6syntaxhighlighting-dev 6.13 &&
            apt_offers g++ 4:14
    else
        return 0 # no apt to make a root with: use what there is, and let cmake say what lacks
    fi
}

# system_install LIST…: installs the packages of the lists that are missing.
system_install() {
    local missing=() package list log=$cache/log/install
    if command -v dpkg-query >/dev/null; then
        for package in $(packages_of "$@"); do
            dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' ||
                missing+=("$package")
        done
        [ ${#missing[@]} -gt 0 ] || return 0
        may_install "${missing[@]}"
        step "$log" "installing ${#missing[@]} packages" \
            apt_install "${missing[@]}" || exit 1
    elif command -v rpm >/dev/null && command -v dnf >/dev/null; then
        list=$here/packages.fedora
        for package in $(packages_of "$list"); do
            rpm -q --whatprovides "$package" >/dev/null 2>&1 || missing+=("$package")
        done
        [ ${#missing[@]} -gt 0 ] || return 0
        may_install "${missing[@]}"
        step "$log" "installing ${#missing[@]} packages" \
            as_root dnf install -y "${missing[@]}" || exit 1
    fi
}

# apt_install PACKAGE…: an update that fails for one odd source does not stop the install, and another
# apt at work is waited for.
apt_install() {
    as_root apt-get -q update || true
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 \
        --no-install-recommends install "$@"
}

# may_install PACKAGE…: root or sudo, or a plain word about what to ask of whoever has them.
may_install() {
    if [ "$(id -u)" = 0 ]; then return; fi
    if command -v sudo >/dev/null; then
        sudo -n true 2>/dev/null || { [ -t 0 ] && sudo -v; } ||
            die "needs root once; please have these packages installed: $*"
    else
        die "needs root once and there is no sudo; please have these packages installed: $*"
    fi
}
