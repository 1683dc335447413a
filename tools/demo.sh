#!/usr/bin/env bash
# Builds the shipped graph, makes its page, and opens it; without a desktop it says where the page lies.
set -euo pipefail

page=build/kazakhstan.html
kzgraph build
kzgraph view --out "$page"
echo
echo "One question of many (kzgraph queries):"
kzgraph query 'SELECT ?document (COUNT(?claim) AS ?claims) WHERE { ?claim kz:reportedIn ?document } GROUP BY ?document ORDER BY ?document'
echo
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && command -v xdg-open >/dev/null; then
  xdg-open "$page"
elif [ "$(uname)" = Darwin ]; then
  open "$page"
fi
echo "The page: $PWD/$page"
echo "The command: .venv/bin/kzgraph"
