#!/usr/bin/env python3
"""Measures `mdboard diff` against `git diff --stat` of the same range and prints ratios.

    cargo build --release
    python3 benches/diff.py [--partners 1000] [--commits 0] [--runs 31]

Makes a board of so many partners and a branch on which one file changes, once in a way that needs
no history (ids and the start date stand in the files) and once in one that does. `--commits` puts
so many commits that change some checklist each in front of it. Both programs run in turn, without a
cache, and medians of the rounds are compared.
"""

import argparse
import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
ITEMS = 17


def checklist(partner, ticked=(), dated=True, ids=True):
    """A checklist of a partner, with some items ticked."""
    lines = ["---"] + (["start_date: 2026-10-01"] if dated else []) + ["owner: ann", "---"]
    lines += [f"# Onboarding of {partner}", "", "## Legal (Day 1-30)", ""]
    for item in range(ITEMS):
        mark = "x" if item in ticked else " "
        own = f" id:p{partner}-{item}" if ids else ""
        lines.append(f"- [{mark}] Settle matter {item} with partner {partner}{own}")
        if item == ITEMS // 2:
            lines += ["", "## Build (Day 31-90)", ""]
    return "\n".join(lines) + "\n"


def stream(partners, commits, **kind):
    """The board as a stream for `git fast-import`: `main`, and `work` with one change more."""
    clock = 1_790_000_000
    who = "Ann Lee <ann@example.com>"

    def data(text):
        raw = text.encode()
        return f"data {len(raw)}\n".encode() + raw + b"\n"

    def commit(branch, message, files, parent=None):
        nonlocal clock
        clock += 60
        yield f"commit refs/heads/{branch}\ncommitter {who} {clock} +0000\n".encode()
        yield data(message)
        if parent:
            yield f"from {parent}\n".encode()
        for path, text in files:
            yield f"M 100644 inline {path}\n".encode()
            yield data(text)

    def path(partner):
        return f"partners/p{partner:05}/onboarding.md"

    done = {partner: [] for partner in range(partners)}
    first = [(path(partner), checklist(partner, **kind)) for partner in range(partners)]
    yield from commit("main", "Begin", first)
    for number in range(commits):
        partner = number * 7919 % partners
        done[partner].append(number % ITEMS)
        yield from commit("main", "Tick", [(path(partner), checklist(partner, done[partner], **kind))])
    ticked = checklist(0, done[0] + [ITEMS - 1, ITEMS - 2], **kind)
    yield from commit("work", "Tick", [(path(0), ticked)], "refs/heads/main")


def make(folder, arguments, **kind):
    git = ["git", "-C", folder]
    subprocess.run(["git", "init", "-q", "-b", "main", folder], check=True)
    imported = subprocess.Popen([*git, "fast-import", "--quiet"], stdin=subprocess.PIPE)
    for piece in stream(arguments.partners, arguments.commits, **kind):
        imported.stdin.write(piece)
    imported.stdin.close()
    assert imported.wait() == 0
    subprocess.run([*git, "repack", "-adq"], check=True)
    subprocess.run([*git, "checkout", "-q", "work"], check=True)


def seconds(command):
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begin


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--partners", type=int, default=1000)
    parser.add_argument("--commits", type=int, default=0)
    parser.add_argument("--runs", type=int, default=31)
    parser.add_argument("--mdboard", default=str(HERE / "target/release/mdboard"))
    arguments = parser.parse_args()
    os.environ["GIT_CONFIG_NOSYSTEM"] = "1"
    print("| change | `git diff --stat` | `mdboard diff` | ratio | goal |")
    print("| --- | ---: | ---: | ---: | ---: |")
    kinds = [
        ("needs no history", {"dated": True, "ids": True}, "5"),
        ("needs history", {"dated": False, "ids": False}, ""),
    ]
    for name, kind, goal in kinds:
        with tempfile.TemporaryDirectory() as folder:
            make(folder, arguments, **kind)
            ours = [arguments.mdboard, "-C", folder, "--no-cache", "diff", "main", "work",
                    "--format", "json"]
            theirs = ["git", "-C", folder, "diff", "--stat", "main...work"]
            rounds = [(seconds(theirs), seconds(ours)) for _ in range(arguments.runs + 2)][2:]
            git, board = (statistics.median(side) for side in zip(*rounds))
            ratio = statistics.median(board / git for git, board in rounds)
            print(f"| {name} | {git * 1000:.1f} ms | {board * 1000:.1f} ms | {ratio:.2f} | {goal} |")


if __name__ == "__main__":
    main()
