# What the steps of the action share. Sourced, not run.
# shellcheck shell=bash

# Runs a command whose output may hold somebody's text. A runner takes `::name::` at the start of a
# line and `##[name]` anywhere in one for a command to itself; in between these two lines it does not.
quoted() {
    local word status=0
    word="$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')"
    echo "::stop-commands::$word"
    "$@" 2>&1 || status=$?
    printf '\n::%s::\n' "$word"
    return "$status"
}

# Runs a command with its answer in a file.
into() {
    local file="$1"
    shift
    "$@" >"$file"
}

# A summary may have 1 MiB per step: whole lines up to there, and a word about the rest.
summary() {
    awk -v most=900000 '
        { size += length($0) * 4 + 1 }
        size <= most { print; next }
        { rest += 1 }
        END { if (rest) printf "\n%d lines left out: a job summary has its limits.\n", rest }
    ' >>"$GITHUB_STEP_SUMMARY"
}

# Ten annotations of a kind are shown per step, and they come worst first. The rest is counted.
annotate() {
    awk '
        /^::error/ { kind = "error" }
        /^::warning/ { kind = "warning" }
        /^::notice/ { kind = "notice" }
        !/^::(error|warning|notice) / { next }
        ++count[kind] <= 10 { print; next }
        { rest += 1 }
        END { if (rest) printf "and %d findings more: the list below has all\n", rest }
    '
}
