#!/usr/bin/env bash
# Fails where the team wants it to, after everybody has been told.
set -euo pipefail

worst=0
for status in "${READ:-0}" "${FOUND:-0}" "${MET:-0}"; do
    if [ "$status" -gt "$worst" ]; then
        worst="$status"
    fi
done
if [ "${FOUND:-0}" = 1 ]; then
    echo "::error title=mdboard::The linter has findings. They stand on their lines, and all of them in the log of the step Read the board."
fi
if [ "${MET:-0}" = 1 ]; then
    echo "::error title=mdboard::The change does what this repository wants looked at (fail-on). What it is stands in the comment, and in the log of the step Read the board."
fi
exit "$worst"
