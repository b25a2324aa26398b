#!/usr/bin/env bash
# Puts mdboard on the PATH of the steps that follow: the one that is there already, a released one,
# or one built from the action's own source.
set -euo pipefail

version="${MDBOARD_VERSION:-}"
# For gh alone: nothing that is built or downloaded has any business with it.
token="${GH_TOKEN:-}"
unset GH_TOKEN
folder="${RUNNER_TEMP:?}/mdboard-bin"
mkdir -p "$folder"

if [ "$version" = path ]; then
    mdboard --version
    exit
fi
if [[ -n "$version" && ! "$version" =~ ^v[0-9A-Za-z.+-]+$ ]]; then
    echo "::error title=mdboard::The input version must look like v0.1.0, or be the word path."
    exit 2
fi

fail() {
    echo "::error title=mdboard::$1"
    exit 2
}

build() {
    command -v cargo >/dev/null ||
        fail "There is no Rust here to build mdboard with. Name a release in the input version."
    echo "Building mdboard from the action's source."
    (cd "$ACTION_PATH" && cargo build --locked --release --target-dir "$folder/target")
    cp "$folder/target/release/mdboard" "$folder/"
}

target() {
    case "$(uname -s)-$(uname -m)" in
        Linux-x86_64) echo x86_64-unknown-linux-musl ;;
        Linux-aarch64 | Linux-arm64) echo aarch64-unknown-linux-musl ;;
        Darwin-x86_64) echo x86_64-apple-darwin ;;
        Darwin-arm64) echo aarch64-apple-darwin ;;
        MINGW*-x86_64 | MSYS*-x86_64) echo x86_64-pc-windows-msvc ;;
        *) return 1 ;;
    esac
}

# GNU's and busybox's name for it first, then that of macOS. Busybox knows no long options.
sha256_check() {
    if command -v sha256sum >/dev/null; then
        sha256sum -c -
    else
        shasum -a 256 -c -
    fi
}

# Older ones know nothing of attestations.
attests() { command -v gh >/dev/null && gh attestation verify --help >/dev/null 2>&1; }

# Releases are those of github.com. Elsewhere the same name may be somebody else's there.
is_at_home() { [ "${GITHUB_SERVER_URL:-}" = https://github.com ]; }

# Fails if there is no such release. A release that is not what it should be ends everything.
download() {
    local version="$1" target name from file
    [ -n "${ACTION_REPOSITORY:-}" ] && is_at_home && target="$(target)" || return 1
    name="mdboard-$version-$target.tar.gz"
    from="https://github.com/$ACTION_REPOSITORY/releases/download/$version"
    for file in "$name" SHA256SUMS; do
        curl --proto '=https' --retry 3 --max-time 120 -fsSL -o "$folder/$file" "$from/$file" || return 1
    done
    cd "$folder"
    awk -v name="$name" '$2 == name' SHA256SUMS | sha256_check || fail "$name is not what was released."
    if attests && [ -n "$token" ]; then
        GH_TOKEN="$token" gh attestation verify "$name" --repo "$ACTION_REPOSITORY" \
            --signer-workflow "$ACTION_REPOSITORY/.github/workflows/release.yml" ||
            fail "$name is not attested by the workflow that releases mdboard."
    fi
    # By its name alone: a drive before it would be taken for a host.
    tar -xzf "$name" || fail "$name cannot be unpacked."
}

if [ -n "$version" ]; then
    # So it is with an action that is used by its path, and with older runners of other hosts.
    [ -n "${ACTION_REPOSITORY:-}" ] ||
        fail "The runner does not say which repository the action is from, so there are no releases to look for. Let the input version be the word path, or leave it out."
    is_at_home ||
        fail "Releases are downloaded on github.com only: elsewhere, its repository of the same name may be a stranger's. Let the input version be the word path, or leave it out."
    download "$version" || fail "mdboard $version cannot be downloaded for $(uname -sm)."
elif [[ "${ACTION_REF:-}" =~ ^v[0-9]+\.[0-9]+\.[0-9]+$ ]]; then
    # An action that is used by its tag has a release of the same name.
    download "$ACTION_REF" || build
else
    build
fi
echo "$folder" >>"$GITHUB_PATH"
"$folder/mdboard" --version
