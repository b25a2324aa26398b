#!/usr/bin/env bash
# Puts mdboard on the PATH of the steps that follow: the one that is there already, a released one,
# or one built from the action's own source.
set -euo pipefail

version="${MDBOARD_VERSION:-}"
folder="${RUNNER_TEMP:?}/mdboard-bin"
mkdir -p "$folder"

if [ "$version" = path ]; then
    mdboard --version
    exit
fi
# An action that is used by its tag has a release of the same name.
if [ -z "$version" ] && [[ "${ACTION_REF:-}" =~ ^v[0-9]+\.[0-9]+\.[0-9]+$ ]]; then
    version="$ACTION_REF"
fi

build() {
    echo "Building mdboard from the action's source."
    (cd "$ACTION_PATH" && cargo build --locked --release --target-dir "$folder/target")
    cp "$folder/target/release/mdboard" "$folder/"
}

download() {
    local target
    case "$(uname -s)-$(uname -m)" in
        Linux-x86_64) target=x86_64-unknown-linux-musl ;;
        Linux-aarch64 | Linux-arm64) target=aarch64-unknown-linux-musl ;;
        Darwin-x86_64) target=x86_64-apple-darwin ;;
        Darwin-arm64) target=aarch64-apple-darwin ;;
        MINGW*-x86_64 | MSYS*-x86_64) target=x86_64-pc-windows-msvc ;;
        *) echo "There is no released mdboard for this machine."; return 1 ;;
    esac
    local name="mdboard-$version-$target.tar.gz"
    local from="https://github.com/${ACTION_REPOSITORY:?}/releases/download/$version"
    local file
    for file in "$name" SHA256SUMS; do
        curl --proto '=https' --retry 3 --max-time 120 -fsSL -o "$folder/$file" "$from/$file" || return 1
    done
    # What was downloaded must be what was released: from here on, a mistake is an error.
    (cd "$folder" && grep -F "  $name" SHA256SUMS | sha256sum --check --strict -) || exit 1
    if command -v gh >/dev/null && [ -n "${GH_TOKEN:-}" ]; then
        gh attestation verify "$folder/$name" --repo "$ACTION_REPOSITORY" || exit 1
    fi
    tar -xzf "$folder/$name" -C "$folder"
}

if [[ -n "$version" && ! "$version" =~ ^v[0-9A-Za-z.+-]+$ ]]; then
    echo "::error title=mdboard::the input version must look like v0.1.0, or be the word path"
    exit 2
fi
if [ -z "$version" ] || ! download; then
    build
fi
echo "$folder" >>"$GITHUB_PATH"
"$folder/mdboard" --version
