"""A screen, a keyboard and the program, each a process of its own.

There is no window manager: `at` does its work, and gives the keys to the window on top.
"""

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from threading import Event
from time import monotonic

import pytest

#: Between two looks at something awaited, and how long at most, in seconds.
TICK, PATIENCE = 0.05, 300
#: So many looks in a row make a second.
SETTLED = 20
NEEDED = ("Xvfb", "xdotool")


def until(seen, what):
    """Look again and again until it is seen, and give it; else `what` says it."""
    pause, end = Event(), monotonic() + PATIENCE
    while monotonic() < end:
        if found := seen():
            return found
        pause.wait(TICK)
    return pytest.fail(f"Not seen within {PATIENCE} s: {what()}")


class Desktop:
    """What somebody at a workstation sees (window titles) and does (keys)."""

    def __init__(self, display, home, language):
        self.home = home
        self.running = None
        self.environment = {
            **os.environ,
            "DISPLAY": display,
            "HOME": str(home),
            "LANG": f"{language}.UTF-8",
            "LC_ALL": f"{language}.UTF-8",
            "QT_QPA_PLATFORM": "xcb",
        }
        for name in ("WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "XMODIFIERS"):
            self.environment.pop(name, None)

    def xdotool(self, *arguments):
        """What xdotool says; the empty text where it finds nothing."""
        run = subprocess.run(
            ["xdotool", *map(str, arguments)],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        return run.stdout.strip()

    @contextmanager
    def program(self, *arguments):
        """The program as a process, ended at the latest when the block is left."""
        process = subprocess.Popen(
            [sys.executable, "-m", "registry_app", *map(str, arguments)],
            env=self.environment,
        )
        self.running = process
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()
            process.wait(PATIENCE)

    def command(self, *arguments):
        """The command line, as somebody else would use it."""
        return subprocess.run(
            [sys.executable, "-m", "registry_app", *map(str, arguments)],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )

    def top(self):
        """The window on top, and its title."""
        found = self.xdotool("search", "--onlyvisible", "--name", ".").split()
        return (found[-1], self.xdotool("getwindowname", found[-1])) if found else None

    def titles(self):
        """The titles of all windows that are seen."""
        found = self.xdotool("search", "--onlyvisible", "--name", ".").split()
        return [self.xdotool("getwindowname", window) for window in found]

    def at(self, beginning):
        """Wait until a window whose title begins so is on top; the keys go there."""

        def there():
            ended = self.running.poll()
            assert ended is None, f"The program ended ({ended}) before '{beginning}'"
            on_top = self.top()
            return on_top if on_top and on_top[1].startswith(beginning) else None

        window, title = until(there, lambda: f"'{beginning}', but {self.top()}")
        self.xdotool("windowfocus", "--sync", window)
        return title

    def settle(self):
        """Wait until one window has had the keys for a second: a new one takes them."""
        seen = []

        def same():
            seen.append(self.xdotool("getwindowfocus"))
            return len(seen) > SETTLED and len(set(seen[-SETTLED:])) == 1

        until(same, lambda: f"one window with the keys, but {seen[-SETTLED:]}")

    def press(self, *keys):
        """Press keys one after the other, each by its name: ``ctrl+n``, ``Tab``."""
        self.xdotool("key", "--delay", 5, *keys)

    def write(self, text):
        """Type a text, faster than anybody does."""
        self.xdotool("type", "--delay", 5, "--", text)


@contextmanager
def screen(size="1366x768x24"):
    """An X server of our own on a free display; its name.

    ``-noreset``: or it begins anew when the last window is gone, and a program that
    starts at that moment finds no server.
    """
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        pytest.fail(
            f"This test needs {' and '.join(missing)}: "
            "let root run packaging/system_packages.sh test."
        )
    read, write = os.pipe()
    server = subprocess.Popen(
        [
            *("Xvfb", "-displayfd", str(write), "-screen", "0", size),
            *("-nolisten", "tcp", "-noreset"),
        ],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as told:
            number = told.readline().strip()
        assert number, "Xvfb did not start"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(PATIENCE)
