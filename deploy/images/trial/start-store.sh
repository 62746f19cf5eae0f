#!/bin/sh
# Starts whichever build of SecantusDB the image has.
set -eu
# Without --sync-on-commit a kill loses acknowledged writes.
set -- --config /etc/linli/secantusd.toml --host 0.0.0.0 --port 27017 --storage-path /data/store \
  --sync-on-commit --cache-size "${STORE_CACHE_SIZE:-256M}" --log-level WARNING
if command -v secantusd-rs >/dev/null; then
  # A log file is allocated in full: this is the size of an empty store.
  exec secantusd-rs "$@" --log-file-max 32MB
fi
exec secantusd-py "$@"
