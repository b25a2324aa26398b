# What the steps of the action share. Sourced, not run.
# shellcheck shell=bash

# The folder that the steps hand on to each other.
report="${RUNNER_TEMP:?}/mdboard"
mkdir -p "$report"

# A summary may have 1 MiB per step: whole lines up to there, and a word about the rest.
summary() {
    awk -v most=900000 '
        { size += length($0) * 4 + 1 }
        size <= most { print; next }
        { rest += 1 }
        END { if (rest) printf "\n%d lines left out: a job summary has its limits.\n", rest }
    ' >>"$GITHUB_STEP_SUMMARY"
}

# Ten annotations of a kind are shown per step. The worst come first; the rest is counted.
annotate() {
    awk '
        /^::error/ { kind = "error" }
        /^::warning/ { kind = "warning" }
        /^::notice/ { kind = "notice" }
        !/^::(error|warning|notice)/ { print; next }
        ++count[kind] <= 10 { print; next }
        { rest += 1 }
        END { if (rest) printf "and %d findings more; `mdboard lint` tells all\n", rest }
    '
}
