#!/usr/bin/env bash
# Reads the board, lints it, and on a pull request compares it with the base. Fails for nothing that
# a change has broken: first everybody is told, and gate.sh judges last.
set -euo pipefail
# shellcheck source=SCRIPTDIR/lib.sh
. "$ACTION_PATH/.github/action/lib.sh"

# A folder that the steps hand on to each other, of this use of the action alone.
report="$(mktemp -d "${RUNNER_TEMP:?}/mdboard-XXXXXXXX")"

# The id of a commit. Older git knows no sign for the end of options, and no revision begins like one.
commit() { [[ "$1" != -* ]] && git rev-parse --quiet --verify "$1^{commit}"; }

# The commit that the change is to go into.
base_of_change() {
    if [ -n "${BASE:-}" ]; then
        # A branch has no name of its own in a checkout of another one, and comes before a tag.
        commit "refs/remotes/origin/$BASE" || fetched "refs/heads/$BASE" 2>/dev/null || present "$BASE"
    elif [ -n "${PULL_REQUEST_BASE:-}" ]; then
        base_of_request
    elif [ -n "${MERGE_GROUP_BASE:-}" ]; then
        present "$MERGE_GROUP_BASE"
    fi
}

# Whether what is checked out is the merge of the request into its base. In a shallow clone only the
# object itself still says of what it is one.
is_merge() { [[ "$parents" = ?*" ${PULL_REQUEST_HEAD:-none} " ]]; }

# Whether what is checked out is the base alone: on pull_request_target, unless told otherwise, and
# where a request has been squashed into it. Nothing of the request could be told from that.
is_base_alone() {
    local head
    head="$(commit HEAD)"
    [ -n "${PULL_REQUEST_BASE:-}" ] && [ "$head" != "${PULL_REQUEST_HEAD:-}" ] && ! is_merge &&
        { [ "$head" = "$PULL_REQUEST_BASE" ] || is_in_base "$head"; }
}

is_in_base() { git merge-base --is-ancestor "$1" "refs/remotes/origin/${GITHUB_BASE_REF:-}" 2>/dev/null; }

# The event names the base of some time ago. What others have merged since is not the request's
# doing, whether it has come in by what is checked out or by a merge on the branch itself.
base_of_request() {
    if is_merge; then
        present "${parents%% *}"
    elif is_in_base "$PULL_REQUEST_BASE"; then
        commit "refs/remotes/origin/$GITHUB_BASE_REF"
    else
        present "$PULL_REQUEST_BASE"
    fi
}

present() { commit "$1" || fetched "$1"; }

fetched() {
    local depth=()
    # In a whole clone, a depth would make it a shallow one.
    if [ "$shallow" = true ]; then
        depth=(--depth=1)
    fi
    # Where somebody sits at the machine, git would ask for a password, and wait.
    GIT_TERMINAL_PROMPT=0 GCM_INTERACTIVE=never \
        git fetch --quiet --no-tags ${depth[@]+"${depth[@]}"} -- origin "$1" >&2 && commit FETCH_HEAD
}

if ! shallow="$(git rev-parse --is-shallow-repository)"; then
    echo "::error title=mdboard::git cannot read the checkout, the log says why. It takes git, and actions/checkout in a step before; in a container, where the checkout is another user's, also a step in between: git config --global --add safe.directory \"\$GITHUB_WORKSPACE\""
    exit 2
fi
if [ "$shallow" = true ]; then
    echo "::warning title=mdboard::This is a shallow clone, so dates and authors from before it are not known. Give actions/checkout the option fetch-depth: 0."
fi
parents="$(git cat-file commit HEAD | sed -n '/^$/q; s/^parent //p' | tr '\n' ' ')" || true
if is_base_alone; then
    echo "::error title=mdboard::What is checked out is the base, and not the pull request. Run on pull_request, not on pull_request_target; docs/ci.md has a pair of workflows for forks."
    exit 2
fi
if ! base="$(base_of_change)"; then
    echo "::error title=mdboard::The base of the change is neither here nor can it be fetched. Is the input base right, and does actions/checkout have fetch-depth: 0?"
    exit 2
fi

# An address that no markdown is made of.
board="${SITE_URL:-}"
if [ -n "$board" ] && [[ ! "$board" =~ ^https?://[A-Za-z0-9._~:/?#@%=\&+,\;-]+$ ]]; then
    echo "::error title=mdboard::The input site-url is no address."
    exit 2
fi

status=0
quoted into "$report/board.json" mdboard status --format json --github-output || status=$?
if [ "$status" != 0 ]; then
    echo "::error title=mdboard::The board cannot be read, see the log."
    rm -f "$report/board.json"
elif [ "${SUMMARY:-true}" = true ]; then
    {
        mdboard -q status --format markdown 2>/dev/null
        if [ -n "$board" ]; then
            printf '\n[The board](%s)\n' "$board"
        fi
    } | summary
fi

site=""
if [ "$status" = 0 ] && [ "${SITE:-false}" = true ]; then
    site="$report-site"
    quoted mdboard report --out "$site" || { status=$? && site=""; }
fi

found=0
if [ "${LINT:-true}" = true ]; then
    scope=()
    if [ -n "$base" ]; then
        scope=(--since "$base" --config-from "$base")
    fi
    lint() { mdboard -q lint --format "$1" ${scope[@]+"${scope[@]}"}; }
    quoted into "$report/lint.json" lint json || found=$?
    if [ "$found" -gt 1 ]; then
        echo "::error title=mdboard::The board cannot be linted, see the log."
        rm -f "$report/lint.json"
    else
        { lint github 2>/dev/null || true; } | annotate
        quoted lint concise || true
    fi
fi

met=0
if [ -n "$base" ]; then
    # By the base's rules, so that a change cannot hide what it does.
    change() { mdboard diff "$base" HEAD --config-from "$base" "$@"; }
    gate=()
    if [ -n "${FAIL_ON:-}" ]; then
        gate=(--fail-on "$FAIL_ON")
    fi
    quoted into "$report/diff.json" change --format json ${gate[@]+"${gate[@]}"} || met=$?
    if [ "$met" -gt 1 ]; then
        echo "::error title=mdboard::The change cannot be told, see the log."
        rm -f "$report/diff.json"
    else
        quoted change -q
        change -q --format markdown >"$report/diff.md" 2>/dev/null
        if [ "${SUMMARY:-true}" = true ]; then
            { printf '\n## What this change does\n\n'; cat "$report/diff.md"; } | summary
        fi
    fi
fi

{
    echo "report-path=$report"
    echo "site-path=$site"
    echo "read=$status"
    echo "found=$found"
    echo "met=$met"
} >>"$GITHUB_OUTPUT"
