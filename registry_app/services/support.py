"""A support bundle: what somebody needs who is to help, and nothing of any patient.

Version, environment, settings of the look, how many records there are of each kind,
the self-check, and the log with every identifier and folder taken out of it.
"""

import io
import json
import platform
import re
import sys
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from registry_app.domain.checkup import CheckItem
from registry_app.domain.rights import Deed
from registry_app.paths import log_folder, settings_file
from registry_app.services.desk import Desk
from registry_app.services.program import code_hash, program
from registry_app.services.rights import needs
from registry_app.services.self_check import no_going, self_check
from registry_app.storage import migrate
from registry_app.storage.backup import counts
from registry_app.words import Language, Words

#: Whatever looks like a case, a safety case, a kit, a user's folder or a file there.
_CASE: Final = re.compile(r"\b[A-Z][A-Z0-9]{1,7}-[A-Z]?\d{3,6}(-[0-9A-Z]+)?\b")
_LONG: Final = re.compile(r"\b[0-9a-f]{32}\b")
#: In quotes it may hold blanks.
_QUOTED: Final = re.compile(r"""(?<=['"「])(?:~|[A-Za-z]:)?[\\/][^'"」\n]*(?=['"」])""")
_PATH: Final = re.compile(r"""(?:~|[A-Za-z]:)?[\\/][^\s"'「」]*""")
#: Python's own words, the program's own names and keys: a line of the log is made of
#: ASCII, and what is not was typed by somebody.
_FOREIGN: Final = re.compile(r"[^\x00-\x7f]+")
_MOST_LOG: Final = 256 * 1024
#: The settings that say nothing of anybody.
_SETTINGS: Final = ("language", "theme", "text_size")
#: Every file of it has this time: nothing is told by it.
_THEN: Final = (1980, 1, 1, 0, 0, 0)


@needs(Deed.LOOK)
def support_bundle(desk: Desk, going: Callable[[float], None] = no_going) -> bytes:
    """The bundle as a ZIP. `going`: told how far it is, from 0 to 1."""
    items = self_check(desk, going)
    files = {
        "environment.json": _json(_environment()),
        "settings.json": _json(_settings()),
        "registry.json": _json(_registry(desk)),
        "log.txt": without_identifiers(_log()),
        **{f"self-check-{each}.txt": _said(items, each) for each in Language},
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, text in files.items():
            bundle.writestr(zipfile.ZipInfo(name, _THEN), text)
    return made.getvalue()


def without_identifiers(text: str) -> str:
    """A log without what could name a patient, a user or a folder of theirs."""
    home = str(Path.home())
    text = text.replace(home, "~")
    for pattern, instead in (
        (_CASE, "<id>"),
        (_LONG, "<id>"),
        (_QUOTED, _end_of_path),
        (_PATH, _end_of_path),
        (_FOREIGN, "<text>"),
    ):
        text = pattern.sub(instead, text)
    return text


def _end_of_path(found: re.Match[str]) -> str:
    """A module of the program may be named; any other file not."""
    name = re.split(r"[\\/]", found[0])[-1]
    return f"<path>:{name}" if name.endswith(".py") else "<path>"


def _environment() -> dict[str, Any]:
    return {
        "program": program(),
        "sha256": code_hash(),
        "python": sys.version.split()[0],
        "system": platform.system(),
        "release": platform.release(),
        "machine": platform.machine(),
        "frozen": bool(getattr(sys, "frozen", False)),
    }


def _settings() -> dict[str, Any]:
    try:
        written = tomllib.loads(settings_file().read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {name: written.get(name) for name in _SETTINGS}


def _registry(desk: Desk) -> dict[str, Any]:
    with desk.read() as reading:
        rows = counts(reading.connection)
    return {
        "revision": migrate.HEAD,
        "pack": desk.registry.pack,
        "training": desk.registry.training,
        "bytes": desk.path.stat().st_size if desk.path.exists() else None,
        "rows": {name: number for name, (number, _) in sorted(rows.items())},
        "role": desk.person.role,
        "read_only": desk.store.shown is not None,
    }


def _log() -> str:
    try:
        whole = (log_folder() / "registry-app.log").read_bytes()
    except OSError:
        return ""
    return whole[-_MOST_LOG:].decode("utf-8", "replace")


def _said(items: tuple[CheckItem, ...], language: Language) -> str:
    words = Words(language)
    lines = []
    for item in items:
        lines.append(f"{words.say(item.title)}: {words.say(item.health.told)}")
        lines += [f"    {words.say(one)}" for one in item.said]
    return without_paths("\n".join(lines) + "\n")


def without_paths(text: str) -> str:
    """Folders, as a place of backups is, may have the name of somebody."""
    return _PATH.sub("<path>", _QUOTED.sub("<path>", text))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
