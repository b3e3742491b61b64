#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""suites_listed.py CTEST BUILD README: whether the page says of every test what it covers.

A test is listed when its name stands between backquotes in a table's first column; … stands for
anything. Prints the names that are not; exits 1 if there are any.
"""
import re
import subprocess
import sys


def main(ctest, build, readme):
    listing = subprocess.run(
        [ctest, "--test-dir", build, "-N"], check=True, capture_output=True, text=True
    ).stdout
    names = re.findall(r"^ *Test +#\d+: (\S+)", listing, re.MULTILINE)
    with open(readme, encoding="utf-8") as file:
        cells = [line.split("|")[1] for line in file if line.startswith("|")]
    patterns = [
        re.escape(name).replace("…", ".+") for cell in cells for name in re.findall("`([^`]+)`", cell)
    ]
    missing = [n for n in names if not any(re.fullmatch(p, n) for p in patterns)]
    for name in missing:
        print("%s does not say what %s covers" % (readme, name))
    return 1 if missing or not names else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
