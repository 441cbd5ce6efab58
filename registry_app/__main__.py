"""Arguments in, exit status out."""

import io
import sys
from pathlib import Path

from registry_app.cli.main import main as command_line


def main() -> int:
    """The command ``registry-app``."""
    for stream in (sys.stdout, sys.stderr):
        # A pipe on Japanese Windows would be CP932: JSON is UTF-8 everywhere.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return command_line(sys.argv[1:], _window)


def _window(registry: Path | None) -> int:
    # Not before it is asked for: the other subcommands need no Qt.
    from registry_app.ui.app import run

    return run(registry, demo=False)


if __name__ == "__main__":
    sys.exit(main())
