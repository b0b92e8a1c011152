#!/bin/sh
# The browser of the journeys and what its driver is linked against: Debian's packages, put in place when we may.
set -eu
missing=""
command -v chromium >/dev/null || missing="chromium"
ldconfig=$(command -v ldconfig || echo /sbin/ldconfig)
"$ldconfig" -p 2>/dev/null | grep -q 'libatomic\.so\.1' || missing="$missing libatomic1"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing for the browser journeys:" $missing
  { apt-get -qq update && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $missing; } \
    >/tmp/motcua-chromium.log 2>&1 || { tail -n 5 /tmp/motcua-chromium.log; exit 1; }
  exit 0
fi
echo "The browser journeys need more of Debian. Install it and start again: sudo apt-get install" $missing
exit 1
