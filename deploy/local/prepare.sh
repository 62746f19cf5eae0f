#!/bin/sh
# Finds a Python that is new enough and lets it prepare the rest.
for python in "${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11; do
  if command -v "$python" >/dev/null 2>&1 &&
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    exec "$python" "$(dirname "$0")/prepare.py"
  fi
done
echo "✗ Python 3.11 or newer is missing. Debian 12 and 13: sudo apt install python3 python3-venv; macOS: brew install python@3.12"
exit 1
