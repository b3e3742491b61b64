# SPDX-License-Identifier: MIT
# Sourced by packaging/demo and tests/app/two_windows: Tutti windows on screens of their own, each
# with a keyboard of its own, so that two people can type at the same moment. Every process that is
# started here is ended by its id when the script ends.
# shellcheck shell=bash

# what every screen is like; a window without a window manager starts in the corner and fills it
screen_size=${screen_size:-1040x720}
windows_started=()

# windows_init FOLDER: where homes, logs and pictures go
windows_init() {
    mkdir -p -- "$1"
    windows_dir=$(cd -- "$1" && pwd -P)
    trap windows_end EXIT
}

windows_end() {
    local status=$? i
    # the last one first: windows before the screens they are on
    for ((i = ${#windows_started[@]} - 1; i >= 0; i--)); do
        kill "${windows_started[i]}" 2>/dev/null && wait "${windows_started[i]}" 2>/dev/null
    done
    windows_started=()
    return "$status"
}

# screen_start NAME: an X server without a screen; its display is then in screen[NAME]
declare -A screen=()
screen_start() {
    local name=$1 number=''
    : >"$windows_dir/$name.display"
    Xvfb -displayfd 3 -screen 0 "${screen_size}x24" -nolisten tcp -noreset \
        3>"$windows_dir/$name.display" 2>"$windows_dir/$name.xvfb.log" &
    windows_started+=($!)
    wait_until 20 test -s "$windows_dir/$name.display" || { echo "no X server could be started" >&2 && return 1; }
    read -r number <"$windows_dir/$name.display"
    screen[$name]=:$number
}

# window_start NAME TUTTI ARGUMENT…: Tutti on that screen, with a home of its own; ready for keys
declare -A window=()
window_start() {
    local name=$1 tutti=$2 home=$windows_dir/$1.home
    shift 2
    mkdir -p -- "$home"
    env -u WAYLAND_DISPLAY -u DBUS_SESSION_BUS_ADDRESS DISPLAY="${screen[$name]}" \
        QT_QPA_PLATFORM=xcb HOME="$home" XDG_CONFIG_HOME="$home/config" XDG_DATA_HOME="$home/data" \
        XDG_STATE_HOME="$home/state" XDG_CACHE_HOME="$home/cache" \
        "$tutti" "$@" >"$windows_dir/$name.out" 2>"$windows_dir/$name.log" &
    window[$name]=$!
    windows_started+=($!)
    wait_until 30 window_is_up_or_dead "$name"
    window_focus "$name" || {
        echo "no window of $name's showed up" >&2
        cat "$windows_dir/$name.log" >&2
        return 1
    }
}

# The newest window of NAME's: without a window manager somebody has to give it the keys.
window_focus() {
    local id
    kill -0 "${window[$1]}" 2>/dev/null || return 1
    id=$(DISPLAY=${screen[$1]} xdotool search --onlyvisible --class tutti 2>/dev/null | tail -n 1)
    [ -n "$id" ] && DISPLAY=${screen[$1]} xdotool windowfocus "$id" 2>/dev/null
}

# dialog_focus NAME TITLE: gives the keys to the dialog whose title begins so; fails while there is
# none.
dialog_focus() {
    local id
    id=$(DISPLAY=${screen[$1]} xdotool search --onlyvisible --name "^$2" 2>/dev/null | tail -n 1)
    [ -n "$id" ] && DISPLAY=${screen[$1]} xdotool windowfocus --sync "$id" 2>/dev/null
}

# question_focus NAME: gives the keys to a message box, which has no title of its own; fails while
# there is but one window.
question_focus() {
    local ids
    ids=$(DISPLAY=${screen[$1]} xdotool search --onlyvisible --class tutti 2>/dev/null) || return 1
    [ "$(wc -l <<<"$ids")" -gt 1 ] &&
        DISPLAY=${screen[$1]} xdotool windowfocus --sync "${ids##*$'\n'}" 2>/dev/null
}

window_is_up_or_dead() { window_focus "$1" || ! kill -0 "${window[$1]}" 2>/dev/null; }

# keys NAME KEY…: such as ctrl+s; to whatever has the focus on that screen
keys() {
    local name=$1
    shift
    DISPLAY=${screen[$name]} xdotool key --delay 40 "$@"
}

# type_text NAME TEXT [MILLISECONDS between keys]
type_text() {
    DISPLAY=${screen[$1]} xdotool type --delay "${3:-40}" -- "$2"
}

# click NAME X Y
click() {
    DISPLAY=${screen[$1]} xdotool mousemove "$2" "$3" click 1
}

# picture NAME FILE.png: what is on that screen
picture() {
    import -display "${screen[$1]}" -window root "$2"
}

# color_in NAME '#rrggbb' [WIDTHxHEIGHT+X+Y]: how many pixels of exactly that colour are on the screen
color_in() {
    import -display "${screen[$1]}" -window root -crop "${3:-$screen_size+0+0}" +repage png:- |
        convert png:- -fill black +opaque "$2" -fill white -opaque "$2" \
            -format '%[fx:round(mean*w*h)]' info:
}
shows_color() { [ "$(color_in "$@")" -gt 0 ]; }

# wait_until SECONDS COMMAND…: until it succeeds
wait_until() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        [ "$SECONDS" -lt "$end" ] || return 1
        sleep 0.1
    done
}
