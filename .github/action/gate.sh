#!/usr/bin/env bash
# Fails where the team wants it to, after everybody has been told. Judged by the base's rules.
set -euo pipefail

# Of a board that cannot be read has been told already.
status="${BOARD_STATUS:-0}"
if [ -n "${FAIL_ON:-}" ] && [ -n "${BASE:-}" ]; then
    met=0
    mdboard -q diff "$BASE" HEAD --fail-on "$FAIL_ON" --format table || met=$?
    if [ "$met" = 1 ]; then
        echo "::error title=mdboard::The change does what this repository wants looked at."
    fi
    if [ "$met" -gt "$status" ]; then
        status="$met"
    fi
fi
if [ "${LINT:-true}" = true ]; then
    scope=()
    if [ -n "${BASE:-}" ]; then
        scope=(--since "$BASE" --config-from "$BASE")
    fi
    found=0
    mdboard -q lint --format concise "${scope[@]}" || found=$?
    if [ "$found" -gt "$status" ]; then
        status="$found"
    fi
fi
exit "$status"
