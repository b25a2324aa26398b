#!/usr/bin/env python3
"""Measures mdboard against git on one repository and prints ratios.

    cargo build --release
    python3 benches/speed.py REPOSITORY [--runs 7] [-- MDBOARD-OPTIONS]
    python3 benches/speed.py --growth

Each round runs every command once, in turn, so that what slows the machine down slows all of them
down; medians of the rounds are compared. Nothing but git and Python's own library is needed. The
repository is only read, but for mdboard's cache in its git directory, which is made anew.

`--growth` makes a board, adds many commits that touch no checklist, and compares the memory that it
takes before and after.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent


class Run:
    """What one command took: seconds of the clock and of all cores, peak memory in MiB."""

    def __init__(self, clock, cores, peak):
        self.clock, self.cores, self.peak = clock, cores, peak


def run(command, stdin=None, stdout=None, cores=None):
    """Runs a command to its end and measures it alone."""
    pin = (lambda: os.sched_setaffinity(0, cores)) if cores else None
    with open(stdin or os.devnull, "rb") as source, open(stdout or os.devnull, "wb") as target:
        begin = time.perf_counter()
        child = subprocess.Popen(
            command, stdin=source, stdout=target, stderr=subprocess.DEVNULL, preexec_fn=pin
        )
        _, status, usage = os.wait4(child.pid, 0)
        clock = time.perf_counter() - begin
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"exit code {child.returncode} of: {' '.join(map(str, command))}")
    return Run(clock, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def log_command(repository, revision="HEAD"):
    return ["git", "-C", repository, "log", "--first-parent", "-m", "--raw", "--no-renames",
            "--no-abbrev", "--format=", revision, "--", "*.md"]


def versions(repository, revision="HEAD"):
    """The versions that git names, each once, in git's order."""
    raw = subprocess.run(log_command(repository, revision), check=True, capture_output=True).stdout
    ids = (line.split()[3] for line in raw.splitlines() if line.startswith(b":"))
    return list(dict.fromkeys(blob for blob in ids if blob.strip(b"0")))


def median(runs, what="clock"):
    return statistics.median(getattr(one, what) for one in runs)


def row(name, value, goal=""):
    print(f"| {name} | {value} | {goal} |")


def head(*columns):
    print()
    print("| " + " | ".join(columns) + " |")
    print("| --- | ---: | --- |")


class Bench:
    def __init__(self, arguments):
        self.repository = str(arguments.repository)
        self.mdboard = str(arguments.mdboard)
        self.rounds = arguments.runs
        self.options = arguments.options
        self.folder = tempfile.TemporaryDirectory()

    def board(self, *more):
        return [self.mdboard, "-C", self.repository, *self.options, "status", *more]

    def cold(self, *more):
        return self.board("--no-cache", "--format", "json", *more)

    def measure(self):
        """Every command once a round, each round beginning with another one."""
        ids = Path(self.folder.name, "ids")
        ids.write_bytes(b"\n".join(versions(self.repository)) + b"\n")
        git = ["git", "-C", self.repository]
        one_core = {min(os.sched_getaffinity(0))}
        # The second run keeps short answers, the third long ones.
        for _ in range(3):
            run(self.board())
            run(self.board("--format", "json"))
        tasks = {
            "cold": lambda: run(self.cold()),
            "cold on one core": lambda: run(self.cold(), cores=one_core),
            "log": lambda: run(log_command(self.repository)),
            "cat-file": lambda: run([*git, "cat-file", "--batch"], stdin=ids),
            "warm": lambda: run(self.board()),
            "warm json": lambda: run(self.board("--format", "json")),
            # Who asks how an answer came about gets a new one.
            "anew": lambda: run(self.board("-v")),
            "anew json": lambda: run(self.board("-v", "--format", "json")),
            "git status": lambda: run([*git, "status"]),
        }
        for task in tasks.values():
            task()
        found = {name: [] for name in tasks}
        names = list(tasks)
        for number in range(self.rounds):
            first = number % len(names)
            for name in names[first:] + names[:first]:
                found[name].append(tasks[name]())
        return found

    def ratios(self, found):
        reading = [log.clock + cat.clock for log, cat in zip(found["log"], found["cat-file"])]
        pairs = [cold.clock / git for cold, git in zip(found["cold"], reading)]
        cold = median(found["cold"])
        head("ratio", "figure", "goal")
        row("cold ÷ (`git log` + `git cat-file`)", f"{statistics.median(pairs):.2f}", "1.0, at most 1.5")
        blame = self.blame()
        row("`git blame` of every checklist ÷ cold", f"{blame / cold:.0f}", "at least 30")
        status = median(found["git status"])
        row("warm `status` ÷ `git status`", f"{median(found['warm']) / status:.2f}", "at most 3")
        row("warm `status --format json` ÷ `git status`",
            f"{median(found['warm json']) / status:.2f}", "at most 3")
        row("`status`, answered anew ÷ `git status`", f"{median(found['anew']) / status:.2f}")
        row("`status --format json`, answered anew ÷ `git status`",
            f"{median(found['anew json']) / status:.2f}")
        row("cold on one core ÷ cold on all", f"{median(found['cold on one core']) / cold:.2f}")
        row("peak memory, MiB", f"{median(found['cold'], 'peak'):.0f}", "at most 300")
        head("what", "seconds", "of which on any core")
        for name, runs in found.items():
            row(name, f"{median(runs):.3f}", f"{median(runs, 'cores'):.3f}")
        row("blame", f"{blame:.1f}")

    def blame(self):
        """One `git blame` for each checklist of the board."""
        answer = subprocess.run(self.cold(), check=True, capture_output=True).stdout
        partners = json.loads(answer)["partners"]
        paths = [checklist["path"] for partner in partners for checklist in partner["checklists"]]
        tracked = subprocess.run(["git", "-C", self.repository, "ls-files", "-z"], check=True,
                                 capture_output=True).stdout.decode().split("\0")
        blame = ["git", "-C", self.repository, "blame", "--porcelain", "HEAD", "--"]
        return sum(run([*blame, path]).clock for path in sorted(set(paths) & set(tracked)))

    def growth_with_versions(self):
        """Cold runs of older and older revisions, and the line that fits them."""
        chain = subprocess.run(["git", "-C", self.repository, "rev-list", "--first-parent", "HEAD"],
                               check=True, capture_output=True, text=True).stdout.split()
        points = []
        for part in range(1, 9):
            commit = chain[-(len(chain) * part // 8)]
            count = len(versions(self.repository, commit))
            command = [self.mdboard, "-C", self.repository, *self.options, "status", "--no-cache",
                       "--format", "json", "--rev", commit]
            runs = [run(command) for _ in range(max(3, self.rounds // 2))]
            points.append((count, median(runs)))
        line = statistics.linear_regression(*zip(*points))
        fit = statistics.correlation(*zip(*points)) ** 2
        head("versions", "cold, seconds", "by the fitted line")
        for count, seconds in points:
            row(count, f"{seconds:.3f}", f"{line.intercept + line.slope * count:.3f}")
        print(f"\nA line fits with R² = {fit:.4f}: {1e6 * line.slope:.0f} µs a version.")


def unrelated_commits(count):
    """A stream for `git fast-import`: commits on top of main that touch no checklist."""
    yield b"feature done\n"
    for number in range(count):
        parent = b"from refs/heads/main^0\n" if number == 0 else b""
        content = b"step %d\n" % number
        yield (b"commit refs/heads/main\nmark :%d\n" % (number + 1)
               + b"committer Nobody <nobody@example.com> %d +0000\n" % (1_800_000_000 + number)
               + b"data 4\nwork" + b"\n" + parent
               + b"M 100644 inline code/%d.txt\ndata %d\n" % (number % 500, len(content))
               + content + b"\n")
    yield b"done\n"


def growth_with_commits(mdboard):
    """Peak memory of one board before and after many commits that touch no checklist."""
    head("unrelated commits", "peak memory, MiB", "cold, seconds")
    peaks = []
    with tempfile.TemporaryDirectory() as folder:
        git = ["git", "-C", folder]
        subprocess.run(["git", "init", "-q", "-b", "main", folder], check=True)
        demo = [mdboard, "demo", "--fast-import", "--partners", "100", "--commits", "2000",
                "--unrelated", "10000"]
        with subprocess.Popen(demo, stdout=subprocess.PIPE) as stream:
            subprocess.run([*git, "fast-import", "--quiet"], stdin=stream.stdout, check=True)
        for more, unrelated in ((0, 10_000), (90_000, 100_000)):
            stream = b"".join(unrelated_commits(more))
            if more:
                subprocess.run([*git, "fast-import", "--quiet"], input=stream, check=True)
            subprocess.run([*git, "repack", "-adq"], check=True)
            subprocess.run([*git, "reset", "-q", "--hard"], check=True)
            runs = [run([mdboard, "-C", folder, "status", "--no-cache"]) for _ in range(5)]
            peaks.append(median(runs, "peak"))
            row(unrelated, f"{peaks[-1]:.1f}", f"{median(runs):.2f}")
    print(f"\nTen times the commits take {100 * (peaks[1] / peaks[0] - 1):+.0f} % of memory.")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("repository", nargs="?", type=Path)
    parser.add_argument("--mdboard", type=Path, default=HERE / "target/release/mdboard")
    parser.add_argument("--runs", type=int, default=7, help="rounds (7)")
    parser.add_argument("--growth", action="store_true", help="memory against commits")
    parser.add_argument("options", nargs="*", help="options of mdboard, behind --")
    arguments = parser.parse_args()
    if arguments.growth:
        growth_with_commits(str(arguments.mdboard))
    elif arguments.repository:
        bench = Bench(arguments)
        bench.ratios(bench.measure())
        bench.growth_with_versions()
    else:
        parser.error("name a repository, or say --growth")


if __name__ == "__main__":
    main()
