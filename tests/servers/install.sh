#!/bin/sh
# What the tests can do without, from the distribution where that can be had: Dovecot (else they use pymap, and say so) and
# a Chromium that shows letters (else those tests are skipped, and say so). 15 seconds of CPU, once.
missing="" browser=""
command -v dovecot >/dev/null 2>&1 || missing="dovecot-imapd dovecot-lmtpd"
for each in chromium-headless-shell chromium chromium-browser google-chrome; do
    command -v $each >/dev/null 2>&1 && browser=$each
done
[ -z "$missing" ] && [ -n "$browser" ] && exit 0
[ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || exit 0
export DEBIAN_FRONTEND=noninteractive
apt-get update >/dev/null 2>&1
get() { apt-get install -y --no-install-recommends "$@" >/dev/null 2>&1; }
if [ -n "$missing" ]; then
    echo "installing Dovecot for the tests ..."
    get $missing || echo "Dovecot could not be installed; the tests use pymap"
fi
if [ -z "$browser" ]; then
    echo "installing Chromium for the tests ..."
    get chromium-headless-shell fonts-dejavu-core || get chromium fonts-dejavu-core ||
        echo "Chromium could not be installed; letters are not looked at"
fi
exit 0
