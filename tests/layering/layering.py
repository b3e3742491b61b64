#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds the one-way arrows between the folders: layering.py ROOT [QT_INCLUDE_DIR].

Reads every #include under crdt, net, ui, app and tests against the table below, and counts lines.
Prints one line for each violation; exits 1 if there is any. `layering.py --self-check DIR` writes a
small tree full of violations into DIR and fails unless each of them, and nothing else, is found.
"""
import os
import re
import shutil
import sys

# What a folder may include: patterns of our own headers, Qt modules, other headers. The standard
# library is open to all of them.
TABLE = {
    "crdt": {"own": [r"crdt/.+"], "qt": [], "other": []},
    "net": {
        "own": [r"net/.+", r"crdt/[^/]+"],
        "qt": ["QtCore", "QtNetwork", "QtSql", "QtWebSockets"],
        "other": [r"zlib\.h", r"(fcntl|unistd)\.h", r"(sys|netinet)/.+"],  # the server's sockets
    },
    "ui": {
        "own": [r"ui/.+", r"net/[^/]+", r"crdt/[^/]+"],
        "qt": ["QtCore", "QtGui", "QtPrintSupport", "QtWidgets"],
        "other": [r"KSyntaxHighlighting/.+", r"KEncodingProber", r"Sonnet/.+", r"editorconfig/.+", r"qrencode\.h"],
    },
    "app": {
        "own": [r"app/.+", r"ui/.+", r"net/.+", r"crdt/[^/]+"],
        "qt": ["QtCore", "QtDBus", "QtGui", "QtNetwork", "QtSvg", "QtWebSockets", "QtWidgets"],
        "other": [r".+"],
    },
}
# Tests include what they like but for what is one folder's own business.
PRIVATE = {
    r"crdt/detail/.+": ("tests/crdt", "tests/fuzz", "tests/conformance"),
    r"app/.+": ("tests/app", "tests/interop/keychain"),
}
MAX_LINES = {"crdt": 800, "net": 800, "ui": 800, "app": 800, "tests": 1000}

SOURCE = re.compile(r".*\.(h|hpp|cpp|cc|c)$")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
STANDARD = re.compile(r"^[a-z0-9_]+$")  # <vector>; C's own <stdint.h> has a form without .h
GENERATED = re.compile(r"^(.*\.moc|moc_.*\.cpp|ui_.*\.h)$")


def qt_module(header, qt_dir):
    """The Qt module of <QString>, <QtCore/qstring.h> or <QtCore>; None if it is no Qt header."""
    head = header.split("/")[0]
    if re.match(r"^Qt[A-Z]\w*$", head):
        return head
    if not re.match(r"^(Q[A-Z]\w*|q\w+\.h)$", header):
        return None
    for module in sorted(os.listdir(qt_dir)) if qt_dir else []:
        if os.path.exists(os.path.join(qt_dir, module, header)):
            return module
    if header.islower():
        return None  # <qrencode.h> and its like; Qt's own were found
    return "Qt" if qt_dir is None else "an unknown Qt module"


def fits(patterns, header):
    return any(re.fullmatch(pattern, header) for pattern in patterns)


def judge(folder, path, quote, header, qt_dir):
    """Why the file at `path` may not include `header`, or None."""
    if folder == "tests":
        for pattern, owners in PRIVATE.items():
            inside = any(path.startswith(owner + "/") for owner in owners)
            if re.fullmatch(pattern, header) and not inside:
                return "only %s may include it" % " and ".join(owners)
        return None
    rule = TABLE[folder]
    if header.split("/")[0] in ("tests", *TABLE):
        return None if fits(rule["own"], header) else "not below %s" % folder
    if quote == '"':
        if GENERATED.match(header):
            return None
        return "our own headers are included from the root, others in <>"
    module = qt_module(header, qt_dir)
    if module == "Qt":  # no Qt here to ask: only whether any is allowed
        return None if rule["qt"] else "%s includes no Qt" % folder
    if module:
        return None if module in rule["qt"] else "%s is not for %s" % (module, folder)
    if STANDARD.match(header) or fits(rule["other"], header):
        return None
    return "not for %s" % folder


def violations(root, qt_dir):
    for folder in (*TABLE, "tests"):
        for where, folders, names in os.walk(os.path.join(root, folder)):
            folders.sort()
            for name in sorted(filter(SOURCE.match, names)):
                full = os.path.join(where, name)
                path = os.path.relpath(full, root)
                with open(full, encoding="utf-8") as file:
                    lines = file.read().split("\n")
                if lines[-1] == "":
                    lines.pop()
                if len(lines) > MAX_LINES[folder]:
                    yield "%s: %d lines, more than %d" % (path, len(lines), MAX_LINES[folder])
                for number, line in enumerate(lines, 1):
                    found = INCLUDE.match(line)
                    if found:
                        why = judge(folder, path, found[1], found[2], qt_dir)
                        if why:
                            yield "%s:%d: includes %s: %s" % (path, number, found[2], why)


def self_check(scratch):
    good = {
        "crdt/doc.cpp": '#include "crdt/detail/item.h"\n#include <vector>\n// #include <QString>\n',
        "net/a.cpp": '#include "net/server/b.h"\n#include "crdt/doc.h"\n#include <QString>\n'
        '#include "a.moc"\n',
        "ui/a.cpp": '#include "net/a.h"\n#include <KSyntaxHighlighting/Theme>\n'
        "#include <QtWidgets/QMenu>\n",
        "app/a.cpp": '#include "net/server/b.h"\n#include <csignal>\n#include <unistd.h>\n',
        "tests/crdt/a.cpp": '#include "crdt/detail/item.h"\n',
        "ui/long.h": "\n" * 800,
    }
    bad = {
        "crdt/qt.cpp": "#include <QString>\n",
        "crdt/up.cpp": '#include "net/a.h"\n',
        "crdt/posix.cpp": "#include <unistd.h>\n",
        "net/detail.cpp": '#include "crdt/detail/item.h"\n',
        "net/up.cpp": '  #  include "ui/a.h"\n',
        "net/widgets.cpp": "#include <QtWidgets/QMenu>\n",
        "ui/up.cpp": '#include "app/a.h"\n',
        "ui/server.cpp": '#include "net/server/b.h"\n',
        "ui/relative.cpp": '#include "a.h"\n',
        "app/detail.cpp": '#include "crdt/detail/item.h"\n',
        "app/tests.cpp": '#include "tests/support/a.h"\n',
        "tests/ui/detail.cpp": '#include "crdt/detail/item.h"\n',
        "tests/ui/app.cpp": '#include "app/a.h"\n',
        "ui/too_long.h": "\n" * 801,
    }
    shutil.rmtree(scratch, ignore_errors=True)
    for path, text in {**good, **bad}.items():
        full = os.path.join(scratch, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as file:
            file.write(text)
    found = {line.split(":")[0] for line in violations(scratch, None)}
    for path in sorted(set(bad) - found):
        print("self-check: not caught: %s" % path)
    for path in sorted(found - set(bad)):
        print("self-check: caught without reason: %s" % path)
    return found == set(bad)


def main(arguments):
    if len(arguments) == 2 and arguments[0] == "--self-check":
        return 0 if self_check(arguments[1]) else 1
    if len(arguments) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 2
    found = list(violations(arguments[0], arguments[1] if len(arguments) == 2 else None))
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
