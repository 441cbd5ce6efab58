"""No service writes without an entry: all are walked, and each new one must join."""

import importlib
import inspect
import pkgutil
from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa

from registry_app import services
from registry_app.domain.person import Role
from registry_app.domain.subject import Identity, Sex
from registry_app.services import (
    calendar,
    enrolment,
    exams,
    identity,
    imports,
    people,
    registry,
    second_factor,
    subjects,
    trail,
)
from registry_app.services import worksheet as worksheets
from registry_app.services.demo import make_training_registry
from registry_app.storage import kinds
from registry_app.words import Language
from tests.builders import CHEAP, INJURY, PASSWORD, a_sheet, an_enrolment
from tests.services.access_walk import looking
from tests.services.assessing_walk import assessing_blind
from tests.services.backup_walk import backup_side
from tests.services.blinding_walk import blinded
from tests.services.drafts_walk import drafting
from tests.services.guards_walk import guarded
from tests.services.lock_walk import locking, signing
from tests.services.patient_walk import patient_side
from tests.services.product_walk import product_side
from tests.services.report_walk import report_side
from tests.services.safety_walk import safety_side
from tests.services.session_walk import sitting
from tests.services.source_check_walk import comparing
from tests.services.test_second_factor import one_time_code
from tests.services.trail_walk import looking_back, taking_the_trail

COLUMNS = "patient,arm,sex,injury_date,exam_date,visit,R_LT_C2"
ROW = "X1,treated,male,{day},{day},baseline,2"


class Walk:
    """A desk at which each service is called; `kinds`: what it wrote, in order."""

    def __init__(self, desk):
        self.desk = desk
        self.called = set()
        self.look_again()

    def look_again(self):
        """What was written without a walk is known now."""
        self.rows, self.seq = _rows(self.desk), trail.head(self.desk).seq

    def __call__(self, service, *told, **more):
        """Call it. The rows that differ are those that its entries name."""
        self.called.add((service.__module__, service.__name__))
        given = service(self.desk, *told, **more)
        rows, entries = _rows(self.desk), trail.trail_entries(self.desk)
        new = [entry for entry in entries if entry.seq > self.seq]
        touched = {key for key in rows if rows[key] != self.rows.get(key)}
        assert touched == {(entry.kind, entry.id) for entry in new}
        assert all(entry.changes for entry in new)
        assert self.rows.keys() <= rows.keys()
        self.rows, self.seq = rows, trail.head(self.desk).seq
        self.kinds = [entry.kind for entry in reversed(new)]
        with self.desk.read() as reading:
            assert list(self.desk.planner.differing(reading)) == []
        return given


def _rows(desk):
    found = {}
    with desk.read() as reading:
        for kind in kinds.KINDS:
            for row in reading.connection.execute(sa.select(kind.table)):
                found[kind.name, row.id] = tuple(row)
    return found


def services_of_a_desk():
    """Every public function of the services whose first argument is a desk."""
    for module in pkgutil.iter_modules(services.__path__, f"{services.__name__}."):
        loaded = importlib.import_module(module.name)
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            if function.__module__ != module.name or name.startswith("_"):
                continue
            if next(iter(inspect.signature(function).parameters), "") == "desk":
                yield module.name, name


def test_what_each_service_touches_its_entries_name(desk, tmp_path):
    walk = Walk(desk)

    subject = walk(enrolment.enrol, an_enrolment())
    assert walk.kinds == ["subject", "identity", "indication"]
    corrected = replace(subject, sex=Sex.FEMALE)
    who = Identity(subject.id, "架空", "花子", version=1)
    walk(subjects.correct_subject, corrected, "chart", who)
    assert walk.kinds == ["subject", "identity"]

    form = walk(exams.begin_exam, subject.id, "unscheduled", INJURY, "kato")
    assert walk.kinds == ["visit", "form"]
    form = walk(exams.save_exam, replace(form, values=a_sheet()))
    assert walk.kinds == ["form"]
    form = walk(exams.complete_exam, form)
    assert walk.kinds == ["form"]
    walk(exams.save_exam, form)
    assert walk.kinds == []
    signing(walk, form)
    out_of_window = (subject.id, "baseline", INJURY, "kato")
    walk(exams.begin_exam, *out_of_window, reason="train strike")
    assert walk.kinds == ["visit", "form", "deviation"]
    patient_side(walk, subject)
    product_side(walk, subject)
    safety_side(walk, subject)
    looking_back(walk, subject)
    blinded(walk, subject)
    assessing_blind(walk, subject)
    taking_the_trail(walk, tmp_path)

    walk(registry.add_person, "佐藤", "架空", Role.ENTRY, PASSWORD, cost=CHEAP)
    assert walk.kinds == ["person"]
    walk(people.change_role, "佐藤", Role.SAFETY, "new post")
    assert walk.kinds == ["person"]
    for reads in (people.people, people.accounts):
        walk(reads)
        assert walk.kinds == []
    walk(people.retire_person, "佐藤", "moved away")
    assert walk.kinds == ["person"]
    assert not walk(registry.password_was_given)
    walk(registry.new_recovery_sheet, cost=CHEAP)
    assert walk.kinds == ["key_event"]
    walk(people.rotate)
    assert walk.kinds == ["key_event"]
    for about in (identity.sign_in_troubles, identity.settle_sign_in_troubles):
        walk(about)
        assert walk.kinds == []
    for proves in (identity.prove, identity.come_back):
        walk(proves, PASSWORD)
        assert walk.kinds == []
    offer = walk(second_factor.begin_second_factor)
    code = one_time_code(offer, desk.clock())
    walk(second_factor.confirm_second_factor, offer, code, PASSWORD)
    assert walk.kinds == ["key_event"]
    assert walk(second_factor.has_second_factor)
    walk(second_factor.end_second_factor, PASSWORD)
    assert walk.kinds == ["key_event"]
    walk(registry.change_password, PASSWORD, "quince jelly", cost=CHEAP)
    assert walk.kinds == ["key_event"]

    source = tmp_path / "in.csv"
    row = ROW.format(day=INJURY + timedelta(days=1))
    source.write_text(f"{COLUMNS}\n{row}\n")
    assert walk(imports.import_file, source, dry_run=True).problems == ()
    assert walk.kinds == []
    assert walk(imports.import_file, source).written
    assert walk.kinds == ["subject", "indication", "visit", "form"]

    report_side(walk, subject)
    for reads, *told in (
        (enrolment.likely_duplicates, an_enrolment()),
        (subjects.subject_ids, subjects.SubjectQuery()),
        (subjects.subject_rows, [subject.id]),
        (subjects.open_subject, subject.id),
        (worksheets.open_worksheet, form.id),
        (calendar.calendar, Language.JA),
        (trail.trail_entries,),
        (trail.head,),
        (trail.verify,),
    ):
        walk(reads, *told)
        assert walk.kinds == []
    comparing(walk, form)
    drafting(walk, subject)
    locking(walk, subject)
    looking(walk, subject)
    guarded(walk)
    sitting(walk)
    backup_side(walk, tmp_path / "backups")

    assert set(services_of_a_desk()) == walk.called
    assert trail.verify(desk).problems == ()


def test_a_training_registry_has_an_entry_for_every_row(tmp_path):
    desk = make_training_registry(tmp_path / "t.registry", patients=3, cost=CHEAP)
    named = {(entry.kind, entry.id) for entry in trail.trail_entries(desk)}
    assert set(_rows(desk)) == named
    desk.close()
