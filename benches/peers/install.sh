#!/usr/bin/env bash
# Installs what `make bench` compares latefile with into target/peers: a virtual environment of
# Python 3.11 or newer, of pinned versions. Nothing outside that folder is touched; `make clean` removes it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
peers=${CARGO_TARGET_DIR:-$here/../../target}/peers
python3 -m venv "$peers"
"$peers/bin/pip" install --quiet --require-hashes --only-binary :all: -r "$here/requirements.txt"
"$peers/bin/python" - <<'END'
try:
    from weasyprint.text.ffi import harfbuzz_subset
except OSError as error:
    print(f"WeasyPrint lacks a library; Debian: libpango-1.0-0, libpangoft2-1.0-0; Homebrew: pango ({error})")
else:
    if not harfbuzz_subset:
        print("WeasyPrint is three times as slow without HarfBuzz's subsetting, and is not measured so;")
        print("Debian: libharfbuzz-subset0, Homebrew: harfbuzz")
END
