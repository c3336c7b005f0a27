#!/bin/sh
# Dovecot from the distribution where that can be had; the tests say which IMAP server they use.
command -v dovecot >/dev/null 2>&1 && exit 0
[ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || exit 0
echo "installing Dovecot for the tests ..."
export DEBIAN_FRONTEND=noninteractive
{ apt-get update && apt-get install -y --no-install-recommends dovecot-imapd dovecot-lmtpd; } >/dev/null 2>&1 ||
    echo "Dovecot could not be installed; the tests use pymap"
exit 0
