# SPDX-License-Identifier: MIT
# Shared by the scripts in this folder, which source it; sets `here` (packaging) and `root` (the
# checkout). What it prints goes to standard error: the output of a command in the box stays clean.
# shellcheck shell=bash

set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
root=$(dirname -- "$here")
# shellcheck disable=SC2034 # for those who source this
cache=${XDG_CACHE_HOME:-$HOME/.cache}/tutti

say() { printf '%s\n' "$*" >&2; }

die() {
    say "${0##*/}: $*"
    exit 1
}

# as_root COMMAND…: as root, by sudo when we are not. Fails where there is neither.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        return 1
    fi
}

# step LOG LABEL COMMAND…: one line on the screen, the command's output in LOG. On failure the log's
# path and its end are shown and the command's status is returned. The command is a process group of
# its own, so that a signal to the script ends all of it, however deep.
step() {
    local log=$1 label=$2 status=0 start=$SECONDS child
    shift 2
    mkdir -p -- "$(dirname -- "$log")"
    printf '%s…  ' "$label" >&2
    set -m
    "$@" >"$log" 2>&1 </dev/null &
    child=$!
    set +m
    # shellcheck disable=SC2064 # this child, now
    trap "kill -TERM -- -$child 2>/dev/null; wait $child || true; say interrupted; exit 130" INT TERM HUP
    wait "$child" || status=$?
    trap - INT TERM HUP
    if [ "$status" = 0 ]; then
        say "ok ($((SECONDS - start)) s)"
    else
        say "failed ($((SECONDS - start)) s): $log"
        tail -n 30 -- "$log" | sed 's/^/    /' >&2
    fi
    return "$status"
}

# The packages a list names, its comments left out, on one line.
packages_of() { sed 's/#.*//' -- "$@" | tr -s '[:space:]' ' ' | sed 's/^ //; s/ $//'; }

# build PRESET TARGET…: configures where that was not done, then builds; both in the box, the log in
# build/log. A build folder that came along with a copied or moved checkout is configured afresh.
build() {
    local preset=$1 dir=$root/build/$1 configure=()
    shift
    if [ ! -e "$dir/build.ninja" ]; then
        configure=(cmake --preset "$preset")
    elif ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$dir/CMakeCache.txt"; then
        configure=(cmake --fresh --preset "$preset")
    fi
    if [ ${#configure[@]} -gt 0 ]; then
        step "$root/build/log/$preset-configure" "configuring $preset" \
            in_root "${configure[@]}" || return
    fi
    step "$root/build/log/$preset-build" "building $preset" \
        in_root cmake --build "$dir" --target "$@"
}

# in_root COMMAND…: in the box, with the options box_options has for it, from the checkout's top.
box_options=()
in_root() { (cd -- "$root" && "$here/box" "${box_options[@]}" "$@"); }
