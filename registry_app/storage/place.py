"""The place where a file lies: who else writes there, how far it is, how much room.

A registry is one SQLite file with a log beside it. Whatever copies or replaces one of
the two behind the program's back damages it, and a write-ahead log needs memory that
only programs of one computer share (docs/decisions/0016-where-the-file-lies.md).
Nothing here writes, and what cannot be found out counts as harmless.
"""

import contextlib
import json
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from registry_app.words import Language, Words

#: Variables that the OneDrive client sets to the folders it synchronises.
_ONEDRIVE: Final = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
_GOOGLE: Final = "Google Drive"
#: What a client leaves in each folder that it synchronises.
_MARKS: Final = (
    (".dropbox.cache", "Dropbox"),
    (".tmp.drivedownload", _GOOGLE),
    (".tmp.driveupload", _GOOGLE),
    (".sync_*.db", "Nextcloud"),
    ("._sync_*.db", "Nextcloud"),
    (".nextcloudsync.log", "Nextcloud"),
    (".owncloudsync.log", "ownCloud"),
    (".stfolder", "Syncthing"),
)
#: The names that such folders have unless somebody chose another one.
_NAMES: Final = (
    (r"onedrive( - .+)?", "OneDrive"),
    (r"dropbox( \(.+\))?", "Dropbox"),
    (r"google ?drive|googledrive-.+", _GOOGLE),
    (r"iclouddrive|icloud drive|mobile documents", "iCloud Drive"),
    (r"box|box sync|box-box", "Box"),
    (r"nextcloud\d*", "Nextcloud"),
    (r"owncloud\d*", "ownCloud"),
)
#: Windows: the file is fetched when it is read; the tags of files of a cloud client.
_RECALLED: Final = 0x00040000 | 0x00400000
_CLOUD_TAG, _CLOUD_MASK = 0x9000001A, 0xFFFF0FFF
#: File systems whose disk is in another computer.
_FAR: Final = re.compile(
    r"nfs\d?|cifs|smb\d?|smbfs|ncpfs?|afs|ceph|lustre|beegfs|gfs2|ocfs2|davfs|vboxsf"
    r"|fuse\.(sshfs|glusterfs|gvfsd-fuse|davfs|rclone|smbnetfs|curlftpfs|ceph|vmhgfs.*)"
)
#: What reading somebody else's file may come to, where it says something else.
_NOT_TOLD: Final = (AttributeError, LookupError, TypeError)
_MOUNTS: Final = Path("/proc/self/mounts")
_DRIVE_REMOTE: Final = 4


def cloud(path: Path, environ: Mapping[str, str] = os.environ) -> str:
    """The service that synchronises the folder of a file; "" where none is known."""
    folder = path.parent.absolute()
    with contextlib.suppress(OSError, RuntimeError):
        folder = folder.resolve()
    above = (folder, *folder.parents)
    for root, service in _told(environ):
        if root in above:
            return service
    for place in above:
        for mark, service in _MARKS:
            with contextlib.suppress(OSError):
                if next(place.glob(mark), None) is not None:
                    return service
        for name, service in _NAMES:
            if re.fullmatch(name, place.name.casefold()):
                return service
        if place.name.casefold() in _my_drive():
            return _GOOGLE
    return "?" if any(_kept_in_cloud(place) for place in (path, *above)) else ""


@cache
def _my_drive() -> frozenset[str]:
    """What Google Drive calls its folder, in the language of the computer."""
    said = (Words(language)("guards.my-drive") for language in Language)
    return frozenset(name.casefold() for name in said)


def _told(environ: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    """The folders that the clients themselves name."""
    for name in _ONEDRIVE:
        if environ.get(name):
            yield Path(environ[name]), "OneDrive"
    homes = [environ.get(name) for name in ("APPDATA", "LOCALAPPDATA")]
    settings = [Path(home) / "Dropbox" / "info.json" for home in homes if home]
    if environ.get("HOME"):
        settings.append(Path(environ["HOME"]) / ".dropbox" / "info.json")
    for file in settings:
        with contextlib.suppress(OSError, ValueError, *_NOT_TOLD):
            accounts: Mapping[str, Any] = json.loads(file.read_text("utf-8"))
            for account in accounts.values():
                yield Path(account["path"]), "Dropbox"


def _kept_in_cloud(place: Path) -> bool:
    """Windows alone tells it, and only where the client lets it be seen."""
    try:
        status = place.lstat()
    except OSError:
        return False
    recalled = getattr(status, "st_file_attributes", 0) & _RECALLED
    tag = getattr(status, "st_reparse_tag", 0) & _CLOUD_MASK
    return bool(recalled) or tag == _CLOUD_TAG


def network(path: Path, mounts: Path = _MOUNTS) -> str:
    """The kind of the network folder that a file lies in; "" for a disk of its own."""
    folder = path.parent.absolute()
    with contextlib.suppress(OSError, RuntimeError):
        folder = folder.resolve()
    if sys.platform == "win32":
        return _windows_share(folder)
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return ""
    found = ""
    longest = -1
    for line in lines:
        _, place, kind, *_ = (*line.split(" "), "", "", "")
        point = Path(re.sub(r"\\([0-7]{3})", lambda o: chr(int(o[1], 8)), place))
        # The last one of several at one place hides those before.
        if point in (folder, *folder.parents) and len(point.parts) >= longest:
            longest, found = len(point.parts), kind
    return found if _FAR.fullmatch(found) else ""


if sys.platform == "win32":

    def _windows_share(folder: Path) -> str:
        import ctypes

        if folder.drive.startswith("\\\\"):
            return "UNC"
        far = ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == _DRIVE_REMOTE
        return folder.drive if far else ""


def room(path: Path) -> int:
    """Bytes that may still be written beside a file."""
    return shutil.disk_usage(path.parent).free


def read_only(path: Path) -> bool:
    """Whether the medium itself takes no writes: a disc, a locked card or stick."""
    with contextlib.suppress(OSError, AttributeError):
        return bool(os.statvfs(path.parent).f_flag & os.ST_RDONLY)
    return False
