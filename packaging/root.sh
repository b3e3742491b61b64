# SPDX-License-Identifier: MIT
# Sourced by packaging/box: a Debian 13 root, made with mmdebstrap, entered with bubblewrap.
# shellcheck shell=bash disable=SC2154 # lib.sh and box set here, root, cache, binds

suite=trixie

# root_make LIST…: sets `box` to a complete root of the lists' packages, made now if there is none.
# The folder is named by a hash of what goes into it, so a changed list makes a new root. Whoever
# uses a root holds a shared lock on it, whoever makes or removes one an exclusive lock: two at once
# wait for each other, and a root in use stays. File descriptor 9 keeps the lock till the end.
root_make() {
    local packages key
    packages=$(packages_of "$@")
    key=$(printf '%s\n' "$suite" "$packages" root-3 | sha256sum | cut -c 1-12)
    box=$cache/box/$suite-$key
    mkdir -p -- "$cache/box"
    find "$cache/box" -maxdepth 1 -name '.info.*' -mmin +600 -delete # of runs that were killed
    command -v bwrap >/dev/null || root_tools
    exec 9>"$box.lock"
    flock -s 9
    while [ ! -d "$box" ]; do
        root_tools
        flock -u 9
        flock -n 9 || { say 'waiting for another run that makes the root' && flock 9; }
        if [ ! -d "$box" ]; then
            step "$cache/log/root" "making a Debian 13 root, once, about 1.5 GB" \
                root_build "$box.part" "$packages" || exit 1
            mv -T -- "$box.part" "$box" # in place only when complete
            printf '%s\n' "$@" >"$box.lists"
            root_prune
        fi
        flock -s 9
    done
    printf '%s\n' "$@" >"$box.lists" # who used it last
}

# mmdebstrap, bubblewrap and the keys Debian's archive is signed with.
root_tools() {
    local missing=()
    command -v bwrap >/dev/null || missing+=(bubblewrap)
    command -v mmdebstrap >/dev/null || missing+=(mmdebstrap)
    [ -e /usr/share/keyrings/debian-archive-keyring.gpg ] || missing+=(debian-archive-keyring)
    # an ordinary user's mmdebstrap works in a user namespace, which newuidmap sets up
    [ "$(id -u)" = 0 ] || command -v newuidmap >/dev/null || missing+=(uidmap)
    if [ ${#missing[@]} -gt 0 ]; then
        command -v apt-get >/dev/null || die "please install ${missing[*]}"
        may_install "${missing[@]}"
        step "$cache/log/tools" "installing ${missing[*]}" apt_install "${missing[@]}" || exit 1
    fi
    if [ "$(id -u)" != 0 ] && ! grep -q "^$(id -un):" /etc/subuid; then
        die "needs ids to map for $(id -un): as root, usermod --add-subuids 100000-165535" \
            "--add-subgids 100000-165535 $(id -un)"
    fi
}

# root_build DIR PACKAGES. Left-overs of a run that was interrupted go first. Documentation is left
# out; copyright files stay. An ordinary user gets the root through tar, so that every file is theirs:
# they can remove it, and no folder on the way to it must be open to the mapped ids. (Called where a
# failing line does not end the script, hence the returns.)
root_build() {
    local dir=$1 packages=$2 options mirror=()
    [ -z "${TUTTI_MIRROR:-}" ] || mirror=("$TUTTI_MIRROR")
    options=(--variant=apt "--include=${packages// /,}"
        --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright'
        --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/info/*')
    rm -rf --one-file-system -- "$dir"
    cd / # a package's own script may make the folder it finds itself started from
    if [ "$(id -u)" = 0 ]; then
        # what it mounts and starts in there ends with it, however it ends
        unshare --mount --pid --fork --kill-child --mount-proc \
            mmdebstrap "${options[@]}" "$suite" "$dir" "${mirror[@]}" || return
    else
        mkdir -- "$dir"
        TMPDIR=/var/tmp mmdebstrap --mode=unshare "${options[@]}" "$suite" - "${mirror[@]}" |
            tar -x -C "$dir" --no-same-owner --exclude='./dev/*' || return
    fi
    # places the host's own files are bound over; absent or links in a fresh root
    local file
    for file in resolv.conf hosts passwd group machine-id localtime; do
        rm -f -- "$dir/etc/$file"
        : >"$dir/etc/$file"
    done
}

# Removes roots that were last used with an older version of the same lists, or by a checkout that is
# gone; not one that somebody is in.
root_prune() {
    local lists old
    for lists in "$cache/box"/*.lists; do
        old=${lists%.lists}
        [ "$old" != "$box" ] || continue
        cmp -s -- "$lists" "$box.lists" || [ ! -e "$(head -n 1 -- "$lists")" ] || continue
        (
            flock -n 8 || exit 0
            rm -rf --one-file-system -- "$old" "$lists"
        ) 8>"$old.lock"
    done
}

# Variables of the host that mean something in the root; everything else stays outside.
root_env() {
    local name
    for name in HOME USER LOGNAME TERM COLORTERM LANG LANGUAGE TZ NO_COLOR CI \
        DISPLAY XAUTHORITY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS XDG_RUNTIME_DIR \
        XDG_SESSION_TYPE XDG_CURRENT_DESKTOP XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME \
        XDG_CACHE_HOME NINJA_STATUS CMAKE_BUILD_PARALLEL_LEVEL CTEST_PARALLEL_LEVEL \
        ASAN_OPTIONS UBSAN_OPTIONS TSAN_OPTIONS LSAN_OPTIONS \
        "${!QT_@}" "${!QTEST_@}" "${!TUTTI_@}"; do
        case $name in
        QT_PLUGIN_PATH | QT_QPA_PLATFORM_PLUGIN_PATH | TUTTI_BOX) continue ;; # the host's Qt, not ours
        esac
        [ -z "${!name+set}" ] || options+=(--setenv "$name" "${!name}")
    done
    options+=(--setenv PATH /usr/local/bin:/usr/bin:/bin --setenv LC_CTYPE C.UTF-8
        --setenv CCACHE_DIR "$CCACHE_DIR" --setenv CCACHE_BASEDIR "$CCACHE_BASEDIR"
        --setenv CCACHE_NOHASHDIR "$CCACHE_NOHASHDIR" --setenv TUTTI_BOX inside)
}

# root_mount_point DIR: whether the host's folder is to be seen in the root, and a place for it there.
# A folder that the root came with (/, /usr, /etc) stays the root's, but for root's own home.
root_mount_point() {
    local place=$box$1/.mount-point
    case $1 in
    '' | / | /tmp | /run | /var/tmp) return 1 ;;
    /root | /tmp/* | /run/* | /var/tmp/*) [ -d "$1" ] && return ;; # the last three: empty in there
    esac
    [ -d "$1" ] || return 1
    if [ ! -d "$box$1" ]; then
        mkdir -p -- "$box$1" 2>/dev/null && : >"$place"
    fi
    [ -e "$place" ]
}

# root_run COMMAND…
root_run() {
    local options=() dir file
    options=(--die-with-parent --unshare-pid --ro-bind "$box" / --dev-bind /dev /dev --proc /proc
        --ro-bind-try /sys /sys --perms 1777 --tmpfs /tmp --perms 1777 --tmpfs /var/tmp --tmpfs /run)
    for file in resolv.conf hosts passwd group machine-id localtime; do
        [ ! -e "/etc/$file" ] || options+=(--ro-bind "$(readlink -f "/etc/$file")" "/etc/$file")
    done
    # X servers on either side are seen by the other
    [ -d /tmp/.X11-unix ] || mkdir -m 1777 /tmp/.X11-unix 2>/dev/null || true
    options+=(--bind-try /tmp/.X11-unix /tmp/.X11-unix)
    mkdir -p -- "$CCACHE_DIR"
    for dir in "${XDG_RUNTIME_DIR:-}" "$HOME" "$cache" "$root" "$PWD" "${binds[@]}"; do
        ! root_mount_point "$dir" || options+=(--bind "$dir" "$dir")
    done
    case ${XAUTHORITY:-} in # elsewhere than in the home folder
    /tmp/* | /run/*) options+=(--ro-bind-try "$XAUTHORITY" "$XAUTHORITY") ;;
    esac
    options+=(--chdir "$PWD" --clearenv)
    root_env

    # bwrap forwards no signals: it ignores them, and they are sent on to the command, process 2 in
    # there. Ctrl-C on a terminal has reached the whole group already. <&0: a shell's background jobs
    # have no input else.
    local info=$cache/box/.info.$$ status=0 woken=true running
    trap 'woken=true; root_signal TERM' TERM
    trap 'woken=true; root_signal HUP' HUP
    trap 'woken=true; [ -t 0 ] || root_signal INT' INT
    trap 'rm -f -- "$info"' EXIT
    env --ignore-signal=INT,QUIT,TERM,HUP bwrap --info-fd 7 "${options[@]}" -- \
        env --default-signal=INT,QUIT,TERM,HUP "$@" 7>"$info" <&0 &
    running=$!
    while $woken; do # a signal ends the wait; asked again, the shell still knows the status
        woken=false
        status=0
        wait "$running" || status=$?
    done
    exit "$status"
}

# root_signal NAME: to the command, which is process 2 of the namespace whose process 1 bwrap names.
root_signal() {
    local init child
    init=$(sed -n 's/.*"child-pid": *\([0-9]*\).*/\1/p' "$info")
    [ -n "$init" ] || return 0
    # shellcheck disable=SC2013 # one line of numbers
    for child in $(cat "/proc/$init/task/$init/children" 2>/dev/null); do
        if grep -q '^NSpid:.*[[:space:]]2$' "/proc/$child/status" 2>/dev/null; then
            kill -s "$1" "$child" || true
        fi
    done
}
