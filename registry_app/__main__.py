"""Arguments in, exit status out."""

import io
import os
import sys
from pathlib import Path

from registry_app.cli.main import main as command_line


def main() -> int:
    """The command ``registry-app``."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed, or a Windows program with no console
            nothing = open(os.devnull, mode, encoding="utf-8")  # noqa: SIM115
            setattr(sys, name, nothing)
    for stream in (sys.stdout, sys.stderr):
        # A pipe on Japanese Windows would be CP932: JSON is UTF-8 everywhere.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return command_line(sys.argv[1:], _window)


def _window(registry: Path | None) -> int:
    # Not before it is asked for: the other subcommands need no Qt.
    from registry_app.ui.app import run

    return run(registry)


if __name__ == "__main__":
    sys.exit(main())
