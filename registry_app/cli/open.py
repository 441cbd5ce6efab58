"""``registry-app open``: the window, on that registry or the last one."""

import os
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any, Final

from registry_app.cli.desk import add_lang
from registry_app.domain.errors import Refused
from registry_app.words import Words

_DISPLAYS: Final = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def add_parser(subparsers: Any, words: Words) -> None:
    """Add the subcommand to the program's parser."""
    text = words("cli.open")
    parser = subparsers.add_parser("open", help=text, description=text)
    parser.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help=words("cli.file-or-last")
    )
    add_lang(parser, words)
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Show the window. Raises Refused where there is no screen to show it on."""
    if not has_display():
        raise Refused("cli.no-display")
    status: int = args.window(args.file)
    return status


def has_display() -> bool:
    """Whether a window can be shown: on Linux somebody must say on which screen."""
    return sys.platform != "linux" or any(os.environ.get(name) for name in _DISPLAYS)
