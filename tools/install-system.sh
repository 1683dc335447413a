#!/usr/bin/env bash
# Installs with apt-get what the tests need and this machine lacks; silent when nothing is missing.
set -euo pipefail

missing=()
need() {  # package, then a command that succeeds when it is there
  local package=$1
  shift
  "$@" >/dev/null 2>&1 || missing+=("$package")
}

need chromium command -v chromium  # the page, in a real browser
need fonts-noto-core test -e /usr/share/fonts/truetype/noto/NotoSans-Regular.ttf  # its letters: Kazakh, Russian
need raptor2-utils command -v rapper  # Turtle and N-Quads, read by others
need serdi command -v serdi
need virtuoso-opensource-7 command -v virtuoso-t  # the queries, in another engine
need virtuoso-opensource-7 command -v isql-vt
need default-jre-headless command -v java  # HermiT
need nodejs command -v node  # npm's RDF parsers
need npm command -v npm
need python3-venv "${PYTHON:-python3}" -c 'import ensurepip, venv'

[ ${#missing[@]} -eq 0 ] && exit 0

mapfile -t missing < <(printf '%s\n' "${missing[@]}" | sort -u)
if ! command -v apt-get >/dev/null; then
  echo "The tests need: ${missing[*]} (names of Debian's packages). Install them with this system's installer." >&2
  exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
  echo "The tests need: ${missing[*]}. Run once: sudo apt-get install --no-install-recommends ${missing[*]}" >&2
  exit 1
fi
echo "Installing: ${missing[*]}" >&2
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt=(apt-get --quiet --yes -o DPkg::Lock::Timeout=300)
if ! { "${apt[@]}" update && "${apt[@]}" install --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
  tail -n 30 "$log" >&2
  exit 1
fi
