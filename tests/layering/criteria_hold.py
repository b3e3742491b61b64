#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""criteria_hold.py PAGE TESTS: whether the cases exist that PAGE says show what the editor does.

In the last column of its tables a suite stands between backquotes (`tst_x`); words in camelCase after it, up
to the next one, are its cases. Prints what is not there; exits 1 if there is any, or if nothing is named.
"""
import pathlib
import re
import sys

CASE = re.compile(r"\b[a-z]+(?:[A-Z][A-Za-z0-9]*)+\b")


def main(page, tests):
    sources = {file.stem: file for file in pathlib.Path(tests).rglob("tst_*.cpp")}
    missing = []
    named = 0
    for line in pathlib.Path(page).read_text(encoding="utf-8").splitlines():
        if not line.startswith("|"):
            continue
        parts = re.split(r"`(\w+)`", line.rstrip("| ").split("|")[-1])
        for suite, words in zip(parts[1::2], parts[2::2]):
            if not suite.startswith("tst_"):
                continue
            named += 1
            if suite not in sources:
                missing.append(suite)
                continue
            source = sources[suite].read_text(encoding="utf-8")
            cases = set(re.findall(r"^    void (\w+)\(", source, re.MULTILINE))
            missing += ["%s::%s" % (suite, case) for case in CASE.findall(words) if case not in cases]
    for name in missing:
        print("%s names %s, which does not exist" % (page, name))
    return 1 if missing or named == 0 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
