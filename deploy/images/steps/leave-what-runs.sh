#!/bin/sh
# Take out of this file system whatever installs, compiles or explains, and check that it is gone.
# What is left is copied into an image from nothing, so that no layer below keeps it.
#   leave-what-runs.sh python|node|neither      the language that stays
set -eu
stays=$1

python_packages() { # of Debian; the official image has its own under /usr/local
  case $stays in
    python) echo 'python3-pip' 'python3-pip-whl' 'python3-setuptools*' 'python3-wheel' 'python3*-venv' 'python3-distutils' 'python3-lib2to3' ;;
    *) echo 'python3*' 'libpython3*' ;;
  esac
}

installed() { dpkg-query -W -f '${db:Status-Abbrev} ${binary:Package}\n' "$@" 2>/dev/null | awk '/^ii/ {print $2}'; }

# Patterns are for dpkg-query, not for the shell.
set -f
unwanted=$(installed apt 'libapt-pkg*' debian-archive-keyring gpgv 'gcc-[0-9]*' 'cpp*' 'g++*' binutils make patch $(python_packages))
[ -z "$unwanted" ] || dpkg --purge --force-all $unwanted >/dev/null 2>&1
# Last: the others' scripts may want them.
dpkg --purge --force-all debconf perl-base $(installed 'libperl*' 'perl-modules*') >/dev/null 2>&1
set +f

# Of the official images.
rm -rf /usr/local/lib/python3*/ensurepip /usr/local/lib/python3*/idlelib /usr/local/lib/python3*/lib2to3 /usr/local/lib/python3*/tkinter \
  /usr/local/lib/python3*/site-packages/* /usr/local/bin/pip* /usr/local/bin/wheel /usr/local/bin/idle* /usr/local/bin/2to3* \
  /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /usr/local/bin/yarn* /opt/yarn* /usr/local/include
[ "$stays" = python ] || rm -rf /usr/local/lib/python3* /usr/local/bin/python* /usr/local/bin/pydoc*
[ "$stays" = node ] || rm -f /usr/local/bin/node /usr/local/bin/nodejs
rm -rf /etc/apt /etc/pip.conf /usr/local/etc/npmrc /root/.npmrc /root/.cache /tmp/* /var/cache/* /var/lib/apt /var/log/* /usr/share/doc \
  /usr/share/info /usr/share/man /usr/share/locale /usr/share/lintian /usr/share/python-wheels /usr/share/perl* /usr/lib/*/perl*
# dpkg's list of what is installed stays, for scanners; dpkg does not.
rm -rf /usr/bin/dpkg* /usr/sbin/dpkg* /usr/share/dpkg /var/lib/dpkg/info /var/lib/dpkg/*-old

# The shell remembers where it has found things.
hash -r
for client in apt apt-get dpkg pip pip3 npm npx corepack yarn gcc cc g++ c++ ld make perl; do
  if command -v "$client" >/dev/null; then echo "$client is still there" >&2; exit 1; fi
done

# One account, without a shell; its number is what Kubernetes asks for.
echo 'linli:x:10001:10001::/tmp:/usr/sbin/nologin' >>/etc/passwd
echo 'linli:x:10001:' >>/etc/group
mkdir -p /var/lib/linli /data
chown 10001:10001 /var/lib/linli /data
