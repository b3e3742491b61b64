#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""netns.py TUTTICTL DRIVER: a server and two editors, each in a network of its own.

The kernel's network namespaces stand for three computers. While both editors type, the cable of one is
pulled and put back, with nobody told, and the other's line delays and loses packets where the kernel
can do that. In the end both have every keystroke exactly once, and say that all is synced. Exits with
77, and says why, where such networks cannot be made.
"""
import contextlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

SKIP = 77
INSIDE = "TUTTI_NETNS_INSIDE"
SERVER = "10.77.{}.1"  # one address for each cable
EDITOR = "10.77.{}.2"


def skip(why):
    print(f"skipped: {why}", flush=True)
    sys.exit(SKIP)


def ip(*words, check=True):
    return subprocess.run(["ip", *words], check=check, capture_output=True, text=True)


class Computer:
    """A network namespace that lives as long as a process in it, with a cable to ours."""

    def __init__(self, number):
        self.number = number
        self.cable = f"tutti{number}"
        self.process = subprocess.Popen(["unshare", "-n", "cat"], stdin=subprocess.PIPE)
        # The namespace is there when it differs from ours.
        ours = os.readlink("/proc/self/ns/net")
        wait(lambda: os.readlink(f"/proc/{self.process.pid}/ns/net") != ours, "a namespace")
        ip("link", "add", self.cable, "type", "veth", "peer", "name", "eth0",
           "netns", str(self.process.pid))
        ip("addr", "add", f"{SERVER.format(number)}/24", "dev", self.cable)
        ip("link", "set", self.cable, "up")
        self.run("ip", "addr", "add", f"{EDITOR.format(number)}/24", "dev", "eth0")
        self.run("ip", "link", "set", "eth0", "up")

    def command(self, *words):
        return ["nsenter", "-n", f"--target={self.process.pid}", *words]

    def run(self, *words, check=True):
        return subprocess.run(self.command(*words), check=check, capture_output=True, text=True)

    def plug(self, isIn):
        ip("link", "set", self.cable, "up" if isIn else "down")

    def end(self):
        self.process.stdin.close()
        self.process.wait()


class Editor:
    """interop_driver on that computer."""

    def __init__(self, computer, driver, port):
        url = f"ws://{SERVER.format(computer.number)}:{port}/netns"
        self.letters = []
        self.name = "ab"[computer.number - 1]
        self.process = subprocess.Popen(computer.command(driver, url), stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)

    def ask(self, action, **details):
        self.process.stdin.write(json.dumps({"do": action, **details}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def type(self):
        letter = f"<{self.name}{len(self.letters)}>"
        self.letters.append(letter)
        self.ask("append", text=letter)

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def wait(condition, what, seconds=30):
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            sys.exit(f"failed: {what} did not come in {seconds} s")
        time.sleep(0.02)


def main(tuttictl, driver):
    with contextlib.ExitStack() as stack:
        try:
            ip("link", "set", "lo", "up")
            computers = []
            for number in (1, 2):
                computers.append(Computer(number))
                stack.callback(computers[-1].end)
        except (subprocess.CalledProcessError, OSError) as error:
            skip(f"no cables can be made here: {getattr(error, 'stderr', '') or error}")
        server = subprocess.Popen([tuttictl, "serve", "--listen", "0.0.0.0:0", "--open"],
                                  stdout=subprocess.PIPE, text=True)
        stack.callback(server.wait)
        stack.callback(server.terminate)
        port = server.stdout.readline().strip().rsplit(":", 1)[1]
        editors = [Editor(computer, driver, port) for computer in computers]
        for editor in editors:
            stack.callback(editor.end)
        state = lambda editor: editor.ask("look")["state"]
        wait(lambda: all(state(editor) == "synced" for editor in editors), "a synced room")

        bad = computers[1].run("tc", "qdisc", "add", "dev", "eth0", "root", "netem",
                               "delay", "30ms", "20ms", "loss", "10%", check=False)
        print("the second line delays and loses packets" if bad.returncode == 0
              else f"no packets are lost: {bad.stderr.strip()}", flush=True)
        unplugged = time.monotonic()
        computers[0].plug(False)
        # Nobody is told that the cable is out: the editor has to find it by itself.
        while state(editors[0]) in ("synced", "pending"):
            for editor in editors:
                editor.type()
            time.sleep(0.05)
            if time.monotonic() > unplugged + 15:
                sys.exit("failed: the lost line was not noticed")
        noticed = time.monotonic() - unplugged
        for _ in range(20):
            for editor in editors:
                editor.type()
        computers[0].plug(True)
        wanted = [letter for editor in editors for letter in editor.letters]

        def whole():
            looks = [editor.ask("look") for editor in editors]
            return (all(look["state"] == "synced" for look in looks)
                    and looks[0]["text"] == looks[1]["text"]
                    and all(looks[0]["text"].count(letter) == 1 for letter in wanted))

        wait(whole, "the same text with every keystroke once", 60)
        print(f"noticed after {noticed:.1f} s; {len(wanted)} keystrokes, each once in both")
        # Pings go out after 2 s of silence and may take 3 s.
        if noticed > 6.5:
            sys.exit("failed: a lost line has to be noticed 5 s after the first ping")


if __name__ == "__main__":
    os.environ["PATH"] += ":/usr/sbin:/sbin"  # where users' paths do not look
    for needed in ("ip", "unshare", "nsenter"):
        if shutil.which(needed) is None:
            skip(f"there is no program {needed}")
    if INSIDE not in os.environ:
        # A network of our own, as root of a user namespace of our own.
        wrapped = ["unshare", "--user", "--map-root-user", "--net"]
        if subprocess.run([*wrapped, "true"], capture_output=True, check=False).returncode != 0:
            skip("this machine lets nobody make networks")
        os.environ[INSIDE] = "1"
        os.execvp(wrapped[0], [*wrapped, sys.executable, str(pathlib.Path(__file__).resolve()),
                               *sys.argv[1:]])
    main(*sys.argv[1:])
