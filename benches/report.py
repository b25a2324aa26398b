#!/usr/bin/env python3
"""Measures `mdboard report` against `mdboard status --format json` on the same warm board.

    cargo build --release
    python3 benches/report.py [--partners 1000] [--items 31] [--commits 4000] [--runs 15]

Makes a board, lets one run fill the cache, and has both run in turn. Medians of the rounds are
compared; what the site weighs is told as well.
"""

import argparse
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
PROGRAM = HERE / "target/release/mdboard"


def board(folder, partners, items, commits):
    """A made-up board, with everything checked out and packed."""
    subprocess.run(["git", "init", "-q", "-b", "main", folder], check=True)
    demo = [PROGRAM, "demo", "--fast-import", "--partners", str(partners)]
    demo += ["--items", str(items), "--commits", str(commits)]
    stream = subprocess.run(demo, check=True, capture_output=True).stdout
    subprocess.run(["git", "-C", folder, "fast-import", "--quiet"], check=True, input=stream)
    subprocess.run(["git", "-C", folder, "repack", "-adq"], check=True)
    subprocess.run(["git", "-C", folder, "reset", "-q", "--hard", "main"], check=True)


def seconds(command):
    """How long a command takes, its answer thrown away."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--partners", type=int, default=1000)
    parser.add_argument("--items", type=int, default=31)
    parser.add_argument("--commits", type=int, default=4000)
    parser.add_argument("--runs", type=int, default=15)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as around:
        folder, site = Path(around) / "board", Path(around) / "site"
        board(folder, arguments.partners, arguments.items, arguments.commits)
        status = [PROGRAM, "-C", folder, "status", "--format", "json"]
        report = [PROGRAM, "-C", folder, "report", "--out", site]
        seconds(status)
        seconds(report)
        rounds = [(seconds(status), seconds(report)) for _ in range(arguments.runs)]
        whole = subprocess.run(status, check=True, capture_output=True).stdout
        items = whole.count(b'"raw":')
        files = [path for path in site.rglob("*") if path.is_file()]
        weight = sum(path.stat().st_size for path in files)
        first = (site / "index.html").stat().st_size
    status, report = (statistics.median(times) for times in zip(*rounds))
    ratio = statistics.median(report / status for status, report in rounds)
    print(f"{arguments.partners} partners, {items} items, {arguments.commits} commits")
    print(f"status --format json  {1000 * status:7.0f} ms")
    print(f"report                {1000 * report:7.0f} ms, {len(files)} files, {weight / 2**20:.0f} MiB")
    print(f"report ÷ status       {ratio:7.1f} (goal 4, at most 8)")
    print(f"index.html            {first / 1024:7.0f} KiB")


if __name__ == "__main__":
    main()
