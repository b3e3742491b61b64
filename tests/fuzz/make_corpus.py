#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""make_corpus.py OUT VECTORS…: seeds for the fuzz targets, from the conformance vectors.

Every byte string in the files (JSON, or JSON compressed with gzip or xz) goes into OUT/TARGET of the
targets that read such strings, one file each, named by its content. The same vectors give the same
seeds. At most MOST for a target, so that reading them takes seconds.
"""
import base64
import gzip
import hashlib
import json
import lzma
import os
import shutil
import sys

MOST = 1500
LONGEST = 4096

TARGETS = {}


def add(target, data):
    if data is not None and len(data) <= LONGEST:
        TARGETS.setdefault(target, {})[hashlib.sha1(data).hexdigest()] = data


def bytes_of(text):
    """What a base64 string stands for; None if it is no such string."""
    if not isinstance(text, str):
        return None
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return None


def var_uint(value):
    result = bytearray()
    while value > 0x7F:
        result.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(result + bytes([value]))


def rows(pieces):
    """Length-prefixed pieces, as many as fit, in one string."""
    result = b""
    for piece in pieces:
        if len(result) + len(piece) > LONGEST - 8:
            break
        result += var_uint(len(piece)) + piece
    return result


def plain(value):
    """A value of the vectors' grammar as plain JSON, where that is possible."""
    if isinstance(value, dict) and "$o" in value:
        return {str(key): plain(member) for key, member in value["$o"]}
    if isinstance(value, dict):
        return {key: plain(member) for key, member in value.items()}
    return [plain(member) for member in value] if isinstance(value, list) else value


def walk(value, found):
    """Calls found(key, value) for every member of every object, however deep."""
    if isinstance(value, dict):
        for key, member in value.items():
            found(key, member)
            walk(member, found)
    elif isinstance(value, list):
        for member in value:
            walk(member, found)


def v2_of(case):
    """The updates in format v2 of a case, each once."""
    result = {}

    def found(key, value):
        if key in ("v2", "mergedV2", "toV2") and bytes_of(value):
            result[bytes_of(value)] = None

    walk(case, found)
    return list(result)


def from_cases(kind, content):
    def found(key, value):
        many = value if isinstance(value, list) else [value]
        if key in ("v2", "mergedV2", "toV2", "docV2") and kind != "lib0":
            for text in many:
                add("apply_v2", bytes_of(text))
        if kind in ("sync", "awareness", "relpos", "snapshots"):
            return
        if key in ("updates", "u", "v1", "m", "diff", "merged"):
            for text in many:
                add("apply_v1", bytes_of(text))

    walk(content, found)
    for case in content.get("cases", []):
        updates = [data for data in map(bytes_of, case.get("updates", [])) if data]
        if not updates:
            continue
        add("merge_diff", rows(updates))
        add("merge_diff", rows(updates[-2:]))
        both = v2_of(case)
        for i in range(1, len(both)):
            add("merge_diff", rows(both[i - 1 : i + 1]))
        for text in [case.get("v2")] + [peer.get("v2") for peer in case.get("expect", [])]:
            add("session", rows([b"\x0b" + (bytes_of(text) or b""), b"\1\2\0A\0", b"\3"]))
        # an Apply of each, with an edit, an undo and an exchange here and there (fuzz_session.cpp)
        steps = []
        for i, update in enumerate(updates):
            steps.append(b"\0" + update)
            edit = hashlib.sha1(update).digest()
            if i % 3 == 0:
                steps.append(bytes([1, edit[0] % 20, 0, 0x41 + i % 26, 0, edit[1], edit[2]]))
                steps.append(bytes([3 + i % 2]))
            if i % 5 == 0:
                steps.append(bytes([2, edit[3] % 20, 0, edit[4] % 9]))
                steps.append(b"\x08")
            if i % 7 == 0:
                steps.append(bytes([9, edit[5] % 20, 0, 0x61 + i % 26, 0]))
        add("session", rows(steps))


def from_messages(kind, content):
    def found(key, value):
        data = bytes_of(value)
        if kind == "awareness" and key in ("m", "r") and data is not None:
            add("awareness", data)
            add("sync_message", b"\1" + var_uint(len(data)) + data)
        if kind == "sync":
            for text in value if isinstance(value, list) else [value]:
                add("sync_message", bytes_of(text[-1] if isinstance(text, list) and text else text))
        if kind == "relpos" and key == "bin":
            add("sticky_index", bytes_of(value))
        if kind == "relpos" and key == "json":
            add("sticky_index", json.dumps(plain(value), separators=(",", ":")).encode())
        if kind in ("snapshots", "id_map") and key in ("v1", "v2"):
            add("id_set", bytes_of(value))  # a delete set comes first in a snapshot
            add("snapshot", bytes_of(value))

    walk(content, found)
    for case in content["cases"] if kind == "snapshots" else []:
        moments = case["snapshots"]
        for i, moment in enumerate(moments):
            add(
                "snapshot",
                rows(
                    [
                        bytes_of(case["expect"][i % len(case["expect"])]["v1"]),
                        bytes_of(moment["v1"]),
                        bytes_of(moments[i // 2]["v2"]),
                    ]
                ),
            )


def from_lib0(content):
    for case in content["any"]:
        add("any", bytes.fromhex(case["h"]))
        try:
            add("any", json.dumps(plain(case["v"]), ensure_ascii=False).encode())
        except UnicodeEncodeError:
            pass
    for case in content["v2json"]:
        add("any", case["json"].encode("utf-8", "surrogatepass"))


def by_hand():
    """Some of each form, so that no target starts with nothing."""
    for state in (b"null", b'{"user":{"name":"Ada","color":"#0675e0"},"cursor":{"anchor":1}}'):
        add("awareness", b"\1\7\3" + var_uint(len(state)) + state)
        add("awareness", b"\2\1\1\4null\7\2" + var_uint(len(state)) + state)
    add("sticky_index", b'{"type":null,"tname":"t","item":null,"assoc":0}')
    add("sticky_index", b'{"type":{"client":1,"clock":0},"item":{"client":24301,"clock":3},"assoc":-1}')
    add("sticky_index", b"\0\xed\xbd\1\3\0")
    add("sticky_index", b"\1\1t\x7f")
    add("sticky_index", b"\2\xed\xbd\1\1\0")
    # two honest peers alone: what they insert and erase, undo, redo and exchange
    for seed in range(40):
        steps = []
        for i in range(30):
            dice = hashlib.sha1(b"%d %d" % (seed, i)).digest()
            kind = (1, 1, 2, 3, 4, 5, 8, 9, 9, 10)[dice[0] % 10]
            units = b"".join(bytes([0x41 + unit % 26, 0]) for unit in dice[4 : 5 + dice[3] % 6])
            steps.append(bytes([kind, dice[1] % 40, 0]) + (units if kind in (1, 9) else dice[2:3]))
        add("session", rows(steps))
    # moments of the document of fuzz_snapshot.cpp: clients 7 and 24301, with and without deletions
    for i in range(60):
        state = b"\2\xed\xbd\1" + bytes([i % 30]) + b"\7" + bytes([i % 23])
        deletes = (b"\0", b"\1\xed\xbd\1\1\2\2", b"\1\7\1" + bytes([i % 11, 3]))[i % 3]
        add("snapshot", rows([b"\0\0", deletes + state, b"\0" + state]))
    for update in list(TARGETS.get("apply_v1", {}).values()):
        if update[:1] == b"\0":  # no structs: what follows is a delete set
            add("id_set", update[1:])
        add("sync_message", b"\0\2" + var_uint(len(update)) + update)
    # a room: an editor's updates, a reader's, a frame, presences, who leaves and comes back
    for i, update in enumerate(list(TARGETS.get("apply_v1", {}).values())[:300]):
        message = b"\0" + bytes([1 + i % 2]) + var_uint(len(update)) + update
        steps = [bytes([i % 2]) + message, b"\5\3"]
        if len(message) < 126:
            masked = bytes([0x82, 0x80 | len(message)]) + b"\0\0\0\0" + message
            steps += [b"\2" + masked[: i % 40], b"\2" + masked[i % 40 :], b"\3"]
        state = b'{"user":{"name":"Ada"}}'
        presence = b"\1" + bytes([1 + i % 100, 1 + i % 3]) + var_uint(len(state)) + state
        steps += [bytes([i % 2]) + b"\1" + var_uint(len(presence)) + presence, b"\0\0\0\1\0", b"\4"]
        add("server_room", rows(steps))
    for vector in (b"\0", b"\1\xed\xbd\1\3", b"\2\x03\x07\1\5"):
        add("sync_message", b"\0\0" + var_uint(len(vector)) + vector)


def main(out, files):
    for path in sorted(files):
        opened = gzip.open if path.endswith(".gz") else lzma.open if path.endswith(".xz") else open
        with opened(path, "rt", encoding="utf-8") as file:
            content = json.load(file)
        kind = content["kind"]
        if kind == "lib0":
            from_lib0(content)
        elif kind in ("sync", "awareness", "relpos", "snapshots", "id_map"):
            from_messages(kind, content)
        if kind != "id_map":
            from_cases(kind, content)
        if kind == "malformed":
            for case in content["cases"]:
                add("apply_v%d" % case["v"], bytes_of(case["u"]))
    by_hand()
    for target, seeds in sorted(TARGETS.items()):
        folder = os.path.join(out, target)
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        for name in sorted(seeds)[:MOST]:
            with open(os.path.join(folder, name), "wb") as file:
                file.write(seeds[name])
        print("%s: %d seeds of %d" % (target, min(len(seeds), MOST), len(seeds)))


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2:])
