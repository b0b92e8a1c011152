#!/bin/sh
# The browser of the journeys: Debian's chromium, put in place when we may.
set -eu
command -v chromium >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Debian's chromium for the browser journeys..."
  { apt-get -qq update && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium; } \
    >/tmp/motcua-chromium.log 2>&1 || { tail -n 5 /tmp/motcua-chromium.log; exit 1; }
  exit 0
fi
echo "The browser journeys need chromium. Install it and start again: sudo apt-get install chromium"
exit 1
