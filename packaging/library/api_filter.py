#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""api_filter.py HEADER: the header as Doxygen shall see it, line for line.

A comment above several declarations without an empty line between them is about all of them, up to the
next comment: each gets it. What the compiler writes (= default, = delete) needs no words, and what is
protected is no part of the API.
"""
import re
import sys

STARTS_A_TYPE = re.compile(r"\s*((struct|class|enum|union|friend|namespace)\b|\w+:$)")


def filtered(lines):
    text, indent, shared = [], None, False  # the comment, where it stands, whether a declaration had it
    ended = True  # whether the code before ends a declaration
    for line in lines:
        code = re.sub(r"//.*", "", line).rstrip()
        here = len(line) - len(line.lstrip())
        if re.match(r"\s*///(?!<)", line):
            if shared or here != indent:
                text, shared = [], False
            text.append(line.strip()[3:].strip())
            indent = here
            yield line
            continue
        if not line.strip():
            text, indent, shared = [], None, False
        elif re.search(r"= (default|delete);$", code) and not (text and not shared):
            line = ""
        elif STARTS_A_TYPE.match(line):
            text, indent, shared = [], None, False
            line = re.sub(r"^protected:", "private:", line)
        elif here == indent and ended and text and line.strip()[0] not in "{}:,)#":
            if shared and "///<" not in line:
                line = "%s/** %s */ %s" % (" " * here, " ".join(text), line.strip())
            shared = True
        if code.strip():
            ended = code.endswith((";", "}"))
        yield line


def main(path):
    with open(path, encoding="utf-8") as file:
        print("\n".join(filtered(file.read().split("\n"))), end="")


if __name__ == "__main__":
    main(sys.argv[1])
