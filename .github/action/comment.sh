#!/usr/bin/env bash
# Comments on the pull request, from documents that an earlier step or another run has made.
set -euo pipefail
# shellcheck source=SCRIPTDIR/lib.sh
. "$ACTION_PATH/.github/action/lib.sh"

folder="${DOCUMENTS:-}"
if [ -z "$folder" ]; then
    folder="${REPORT_PATH:?}"
    if [ "${COMMENT:-true}" != true ] || [ ! -e "$folder/diff.json" ]; then
        exit
    fi
    # A push that is compared with the input base, or a merge queue.
    if [ -z "${PULL_REQUEST:-}" ]; then
        echo "This run is of no pull request, so there is nowhere to comment."
        echo "comment-action=skipped" >>"$GITHUB_OUTPUT"
        exit
    fi
fi
# They may be a stranger's: files, and not links to something else on this machine.
for name in diff.json lint.json; do
    if [ -L "$folder/$name" ] || { [ -e "$folder/$name" ] && [ ! -f "$folder/$name" ]; }; then
        echo "::error title=mdboard::$name is no regular file"
        exit 2
    fi
done
arguments=(--diff "$folder/diff.json")
if [ -f "$folder/lint.json" ]; then
    arguments+=(--lint "$folder/lint.json")
fi
if [ -n "${SITE_URL:-}" ]; then
    arguments+=(--board "$SITE_URL")
fi
quoted mdboard comment github "${arguments[@]}"
