"""A process that forks one writer after the other, each to have its fault.

It reads an order a line: journey, file, what goes wrong at which system call. A forked
writer need not import the program again, so that a thousand of them are no long wait.
"""

import ctypes
import json
import os
import sys
import traceback
from importlib import import_module
from pathlib import Path

from registry_app.domain.errors import RegistryError
from tests.faults.deeds import JOURNEYS
from tests.faults.preload import Act


def _say(what):
    os.write(1, f"{what}\n".encode())


def _write(order):
    library = ctypes.CDLL(None)
    journey, _ = JOURNEYS[order["journey"]]
    path = Path(order["path"])

    def arm():
        _say("open")
        if "act" in order:
            folder = os.fsencode(path.parent)
            library.fault_arm(
                folder, order["act"], ctypes.c_long(order["at"]), order["errno"]
            )

    try:
        for line in journey(path, arm):
            _say(line)
    except RegistryError as refusal:
        _say(f"refused {refusal}")
    except BaseException:
        _say("broke " + traceback.format_exc().replace("\n", " | "))
    finally:
        if order.get("act") is not None:
            calls = library.fault_disarm()
            if order["act"] == Act.COUNT:
                _say(f"calls {calls}")


def _main():
    # Once, and not in each writer.
    for module in ("alembic.command", "alembic.config", "registry_app.services.papers"):
        import_module(module)
    import_module("registry_app.reports.document")
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if not child:
            try:
                _say(os.getpid())
                _write(order)
            finally:
                os._exit(0)
        _, status = os.waitpid(child, 0)
        _say(f"dead {status}")


if __name__ == "__main__":
    _main()
