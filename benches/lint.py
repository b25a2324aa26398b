#!/usr/bin/env python3
"""Measures `mdboard lint` against rumdl on the same markdown files and prints the ratio.

    cargo build --release
    pip install rumdl
    python3 benches/lint.py FOLDER [--copies 4] [--runs 11] [--rumdl rumdl]

The files of FOLDER are copied, as often as asked for, into the templates of a new repository, which is
removed in the end. Each round runs both programs once, in turn; medians are compared. Both lint
everything anew: neither keeps anything between runs.
"""

import argparse
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from speed import HERE, head, median, row, run


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--copies", type=int, default=4)
    parser.add_argument("--runs", type=int, default=11)
    parser.add_argument("--mdboard", default=str(HERE / "target/release/mdboard"))
    parser.add_argument("--rumdl", default="rumdl")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        board = Path(folder)
        for copy in range(arguments.copies):
            for file in sorted(arguments.folder.rglob("*.md")):
                target = board / "templates" / str(copy) / file.relative_to(arguments.folder)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)
        git = ["git", "-C", folder, "-c", "user.name=Ann", "-c", "user.email=ann@example.com"]
        subprocess.run([*git, "init", "-q"], check=True)
        # Files as old as the index look changed to git, and to everybody who asks it.
        time.sleep(1.1)
        subprocess.run([*git, "add", "-A"], check=True)
        subprocess.run([*git, "commit", "-qm", "Add"], check=True)
        measure(arguments, folder, len(list(board.rglob("*.md"))))


def measure(arguments, folder, files):
    ours = [arguments.mdboard, "-C", folder, "lint", "--exit-zero", "--format", "concise"]
    theirs = [arguments.rumdl, "check", "--no-cache", "--fail-on", "never", f"{folder}/templates"]
    rounds = [(run(ours), run(theirs)) for _ in range(arguments.runs + 1)][1:]
    ours, theirs = zip(*rounds)
    head(f"{files} files", "value", "goal")
    row("mdboard, ms", f"{median(ours) * 1000:.1f}")
    row("rumdl, ms", f"{median(theirs) * 1000:.1f}")
    row("rumdl ÷ mdboard, clock", f"{median(theirs) / median(ours):.1f}", "≥ 10")
    cores = median(theirs, "cores") / median(ours, "cores")
    row("rumdl ÷ mdboard, all cores", f"{cores:.1f}")


if __name__ == "__main__":
    main()
