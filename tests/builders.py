"""Made-up people, exams and registries, for tests of every part."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from registry_app.domain.isncsci.segments import DAP, NEEDED_ITEMS, VAC
from registry_app.domain.subject import Arm, Cause, Sex
from registry_app.paths import own_packs
from registry_app.services import enrolment, exams, registry
from registry_app.services.enrolment import Enrolment
from registry_app.storage.keys import Cost

#: A password guess for tests: it costs nothing.
CHEAP = Cost(t=1, m=64, p=1)
USER, PASSWORD = "kato", "plum blossom"
INJURY = date(2026, 1, 10)
SHEET = {
    item: "Yes" if item in (VAC, DAP) else "5" if "_M_" in item else "2"
    for item in NEEDED_ITEMS
}

OWN_PACK = """[pack]
id = "{}"
version = {}
name = {{ ja = "架空のパック", en = "A made-up pack" }}
[[source]]
id = "S"
text = "made up"
[[anchor]]
id = "injury"
name = {{ ja = "受傷日", en = "Injury" }}
origin = "injury_date"
source = ["S"]
confidence = "confirmed"
{}
"""


def an_own_pack(pack, version=1, more=""):
    """A pack that a hospital laid into its own folder: day 0, and what is said."""
    folder = own_packs() / pack
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pack.toml").write_text(OWN_PACK.format(pack, version, more), "utf-8")
    return folder


def a_clock(start=datetime(2026, 4, 1, 9, 0, tzinfo=UTC)):
    """Each look at this clock is a second later than the one before."""
    seconds = count()
    return lambda: start + timedelta(seconds=next(seconds))


def counted_ids(first=1):
    """id-1, id-2, …"""
    numbers = count(first)
    return lambda: f"id-{next(numbers)}"


def a_registry(path, **told):
    """A new registry with one administrator, and the desk of that person."""
    return a_registry_with_code(path, **told)[0]


def a_registry_with_code(path, **told):
    return registry.create(
        path,
        **{
            "pack": "msc-iv-sci",
            "site": "SAP",
            "user": USER,
            "display_name": "架空 管理者",
            "password": PASSWORD,
            "clock": a_clock(),
            "new_id": counted_ids(),
            "cost": CHEAP,
            **told,
        },
    )


def nothing(_desk):
    """How a registry is furnished of which nobody wants anything."""


@cache
def _made(furnish):
    """The bytes of a registry, its clock and its count, and what `furnish` gave."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "site.registry"
        desk = a_registry(path) if furnish is nothing else a_desk(path)
        given = furnish(desk)
        desk.close()
        return path.read_bytes(), desk.clock(), desk.new_id(), given


def a_desk(path):
    """The desk of `a_registry`, at a copy of one file: nothing differs but the time.

    What proves how a registry is made, or needs another one, takes `a_registry`.
    """
    return a_furnished_desk(path, nothing)[0]


def a_furnished_desk(path, furnish):
    """The desk as `furnish(desk)` leaves it, and what that gave, which nobody changes.

    The records are written once and copied: for what many tests of a file begin with.
    """
    content, now, number, given = _made(furnish)
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(content)
    desk = registry.sign_in(path, USER, PASSWORD, clock=a_clock())
    next_id = counted_ids(int(number.removeprefix("id-")))
    return replace(desk, clock=a_clock(now), new_id=next_id), given


def at_desk(path, user=USER, password=PASSWORD):
    """Signed in again, another day."""
    clock = a_clock(datetime(2026, 5, 1, 9, 0, tzinfo=UTC))
    return registry.sign_in(path, user, password, clock=clock)


def an_enrolment(**told):
    """A made-up patient of the treated arm."""
    return Enrolment(
        **{
            "arm": Arm.TREATED,
            "sex": Sex.MALE,
            "injury_date": INJURY,
            "cause": Cause.TRAUMATIC,
            "treatment_date": INJURY + timedelta(days=30)
            if told.get("arm", Arm.TREATED) is Arm.TREATED
            else None,
            "birth_date": date(1980, 5, 5),
            "family": "架空",
            "given": "太郎",
            "family_kana": "カクウ",
            "given_kana": "タロウ",
            "hospital_number": "0012345",
            **told,
        }
    )


def a_subject(desk, **told):
    """Somebody enrolled."""
    return enrolment.enrol(desk, an_enrolment(**told))


def a_sheet(**values):
    """A whole sheet of full scores, but for these: ``a_sheet(R_M_C5="3")``."""
    return {**SHEET, **values}


def a_draft(desk, subject, on=INJURY + timedelta(days=3), code="baseline", **values):
    """A saved draft of an exam; a whole sheet but for `values`."""
    form = exams.begin_exam(desk, subject.id, code, on, USER, reason="made up")
    return exams.save_exam(desk, replace(form, values=a_sheet(**values)))


def an_exam(desk, subject, on=INJURY + timedelta(days=3), code="baseline", **values):
    """A completed exam."""
    return exams.complete_exam(desk, a_draft(desk, subject, on, code, **values))
