#!/bin/sh
# The system libraries that the program needs on Debian: installed with apt by root,
# named in a sentence for anybody else. Arguments: run | test | bench.
set -eu

qt="libegl1 libgl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libxkbcommon0 libfreetype6 libx11-6 libbrotli1"
screen="libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxcb-image0 libxcb-render-util0 libxcb-randr0 libxcb-sync1 libxcb-xfixes0 libxcb-shm0 libxcb-util1 libxkbcommon-x11-0 libx11-xcb1"
needed="$qt $screen"
python=${PYTHON:-python3}
"$python" -c 'import ensurepip, venv' 2>/dev/null ||
    needed="$needed python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
case "${1:-run}" in
    test)
        needed="$needed xvfb xauth xdotool"
        # Those who read the reports: other makers' validators of PDF.
        needed="$needed qpdf poppler-utils libpdfbox2-java libactivation-java libjaxb-api-java default-jre-headless"
        # What lets system calls go wrong is compiled (tests/faults/preload.c).
        needed="$needed gcc libc6-dev"
        ;;
    bench) command -v npm >/dev/null || needed="$needed nodejs npm" ;;
esac

command -v dpkg-query >/dev/null || exit 0
missing=""
for package in $needed; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' ||
        missing="$missing $package"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" != 0 ]; then
    echo "These system packages are missing; ask an administrator for: apt-get install$missing" >&2
    exit 1
fi
echo "Installing system packages:$missing" >&2
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086
apt-get install -y -qq --no-install-recommends $missing >&2
