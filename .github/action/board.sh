#!/usr/bin/env bash
# Reads the board, lints it, and on a pull request compares it with the base.
set -euo pipefail
# shellcheck source=SCRIPTDIR/lib.sh
. "$ACTION_PATH/.github/action/lib.sh"

base="${BASE:-}"
if [ -z "$base" ]; then
    base="${PULL_REQUEST_BASE:-}"
fi

if [ "$(git rev-parse --is-shallow-repository)" = true ]; then
    echo "::warning title=mdboard::This is a shallow clone, so dates and authors from before it are not known. Give actions/checkout the option fetch-depth: 0."
fi
if [ -n "$base" ] && ! git rev-parse --quiet --verify --end-of-options "$base^{commit}" >/dev/null; then
    git fetch --quiet --no-tags --depth=1 origin "$base" || true
    # A branch that was fetched has no name of its own here.
    if ! git rev-parse --quiet --verify --end-of-options "$base^{commit}" >/dev/null; then
        base="$(git rev-parse --verify FETCH_HEAD)"
    fi
fi

status=0
mdboard status --format json --github-output >"$report/board.json" || status=$?
if [ "$status" != 0 ]; then
    # What a change breaks must not keep its reviewers from being told.
    echo "::error title=mdboard::The board cannot be read, see the log."
    rm -f "$report/board.json"
elif [ "${SUMMARY:-true}" = true ]; then
    mdboard -q status --format markdown | summary
fi

if [ "${LINT:-true}" = true ]; then
    if [ -n "$base" ]; then
        scope=(--since "$base" --config-from "$base")
    else
        scope=()
    fi
    mdboard -q lint --exit-zero --format json "${scope[@]}" >"$report/lint.json"
    mdboard -q lint --exit-zero --format github "${scope[@]}" | annotate
fi

if [ -n "$base" ]; then
    # By the base's rules, so that a change cannot hide what it does.
    mdboard diff "$base" HEAD --config-from "$base" --format json >"$report/diff.json"
    mdboard -q diff "$base" HEAD --config-from "$base" --format markdown >"$report/diff.md"
    if [ "${SUMMARY:-true}" = true ]; then
        { printf '\n## What this change does\n\n'; cat "$report/diff.md"; } | summary
    fi
fi
{
    echo "report-path=$report"
    echo "status=$status"
    echo "base=$(if [ -n "$base" ]; then git rev-parse --verify --end-of-options "$base^{commit}"; fi)"
} >>"$GITHUB_OUTPUT"
