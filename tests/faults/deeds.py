"""What somebody is doing while a fault strikes, and whether what was told is there.

A journey does one thing after the other and says after each what is now safe: those
lines are all that a person would have seen of it.
"""

import shutil
from dataclasses import replace
from pathlib import Path

from registry_app.domain.blinding import Hidden, Unblinded, Unblinding
from registry_app.domain.errors import Refused
from registry_app.domain.keeping import Occasion
from registry_app.domain.kept_draft import KeptDraft
from registry_app.domain.lock import Locked, RecordLock
from registry_app.domain.report import Kind
from registry_app.domain.signature import Meaning, Signable, Signature
from registry_app.domain.visit import Status
from registry_app.services import (
    access,
    backups,
    drafts,
    drills,
    exams,
    people,
    registry,
    reports,
    restores,
    session,
    signing,
    transmittals,
)
from registry_app.services.blinding import unblind
from registry_app.services.cuts import cuts
from registry_app.services.locks import lock
from registry_app.services.policy import policy, set_policy
from registry_app.services.protocol import today_in_japan
from registry_app.services.record_signing import sign_record, standing
from registry_app.services.safety import safety_cases
from registry_app.services.subjects import SubjectQuery, open_subject, subject_ids
from registry_app.services.trail import verify
from registry_app.services.verifying import Standing, verify_filed
from registry_app.storage.backup import digest
from tests.builders import (
    INJURY,
    PASSWORD,
    USER,
    a_desk,
    a_draft,
    a_sheet,
    a_subject,
    an_exam,
    an_own_pack,
    at_desk,
)
from tests.services.report_room import JA, a_case, a_patient
from tests.services.test_transmittals import handed

KEPT = Path(__file__).parent.parent / "storage" / "kept"
#: A pack of the name that the oldest kept files were made under.
OLD_PACK = "follow-up"
#: The folder of backups, beside the file.
PLACE = "backups"


def furnish(path):
    """A registry with a treated patient and an exam, and another one with a draft."""
    desk = a_desk(path)
    a_patient(desk)
    a_draft(desk, a_subject(desk))
    desk.close()


def older(path):
    """A file as an older program made it."""
    an_own_pack(OLD_PACK)
    shutil.copyfile(sorted(KEPT.iterdir())[-1], path)


def signed_in(path):
    """As every day: the clock of this computer, new identities."""
    return registry.sign_in(path, USER, PASSWORD)


def entry(path, arm):
    """Exams are saved and completed, people enrolled."""
    desk = signed_in(path)
    subject = subject_ids(desk, SubjectQuery())[-1]
    form = open_subject(desk, subject).exams[-1].form
    arm()
    for turn in range(1, 5):
        for step in (1, 2):
            values = a_sheet(R_LT_C2=str(step), L_M_S1=str(turn))
            form = replace(form, values=values, comment=f"{turn}.{step}")
            form = exams.save_exam(desk, form)
            yield f"saved {form.id} {form.comment}"
        form = exams.complete_exam(desk, form)
        yield f"completed {form.id}"
        subject = a_subject(desk)
        yield f"enrolled {subject.id}"
        form = a_draft(desk, subject)
        yield f"saved {form.id} "
    desk.close()
    yield "closed"


def reporting(path, arm):
    """Cases are opened; reports cut, filed, signed and handed over."""
    desk = signed_in(path)
    subject = open_subject(desk, subject_ids(desk, SubjectQuery())[0]).subject
    arm()
    for _ in range(2):
        yield f"case {a_case(desk, subject).id}"
        report = reports.make_report(desk, Kind.DISCLOSURE, (JA,))
        yield f"issued {report.number}"
        signing.sign(desk, report.number, Meaning.PREPARED, PASSWORD)
        yield f"signed {report.number}"
        sent = handed(report.number, sent_on=today_in_japan(desk))
        transmittals.transmit(desk, sent)
        yield f"sent {report.number}"
    desk.close()
    yield "closed"


def copying(path, arm):
    """Backups are made while work goes on."""
    desk = signed_in(path)
    arm()
    for number in (1, 2):
        desk.store.back_up(path.with_name(f"copy-{number}.registry"))
        yield f"copied copy-{number}.registry"
        yield f"enrolled {a_subject(desk).id}"
    desk.close()
    yield "closed"


def keeping(path, arm):
    """Backups are made in their place, proved by a drill, and restored beside."""
    desk = signed_in(path)
    place = path.parent / PLACE
    place.mkdir()
    set_policy(desk, replace(policy(desk), backup_place=str(place)))
    arm()
    for number in (1, 2):
        made = backups.back_up(desk, Occasion.DEMAND)
        if made.troubles:
            raise Refused(made.troubles[0].key)
        yield f"copied {PLACE}/{Path(made.records[0].file).name}"
        yield f"enrolled {a_subject(desk).id}"
        proof = drills.drill(desk)
        if proof.problems:
            raise Refused(proof.problems[0].key)
        yield f"proved {proof.drill.id}"
        source, target = (
            Path(made.records[0].file),
            path.with_name(f"new-{number}.registry"),
        )
        with restores.restoring(source, target, USER, PASSWORD) as waiting:
            if waiting.preview.problems:
                raise Refused(waiting.preview.problems[0].key)
            waiting.accept(target, USER, PASSWORD)
        yield f"copied {target.name}"
    desk.close()
    yield "closed"


def trusting(path, arm):
    """Exams are signed and locked, an unblinding recorded, the trail sealed."""
    desk = signed_in(path)
    arm()
    for _ in range(2):
        subject = a_subject(desk)
        form = an_exam(desk, subject)
        yield f"completed {form.id}"
        shown = standing(desk, Signable.FORM, form.id).state
        signature = sign_record(
            desk, Signable.FORM, form.id, Meaning.PREPARED, PASSWORD, shown
        )
        yield f"kept {signature.id}"
        known = lock(desk, Locked.FORM, form.id, "checked")
        yield f"kept {known.id}"
        how, what = Unblinded.ACCIDENTAL, {Hidden.ARM}
        broken = unblind(desk, subject.id, USER, how, INJURY, what, "a letter")
        yield f"kept {broken.id}"
        for trouble in session.leave(desk):
            raise Refused(trouble.key, **trouble.params)
    desk.close()
    yield "closed"


def noting(path, arm):
    """Drafts of dialogs are kept, and the access log is written."""
    desk = signed_in(path)
    subject = subject_ids(desk, SubjectQuery())[0]
    arm()
    for turn in range(4):
        draft = drafts.keep(desk, "ContactDialog", "", subject, {"note": "ma"})
        yield f"drafted {draft.id} ma"
        drafts.keep(desk, "ContactDialog", "", subject, {"note": "made"}, draft.id)
        yield f"drafted {draft.id} made"
        access.opened(desk, f"patient:{turn}", subject)
        access.searched(desk, f"{turn}", turn)
        access.write_access(desk)
        yield f"noted patient:{turn}"
        yield f"noted {turn}"
    desk.close()
    yield "closed"


def rekeying(path, arm):
    """The key of the data is changed, and work goes on."""
    desk = signed_in(path)
    arm()
    for _ in range(2):
        people.rotate(desk)
        yield f"enrolled {a_subject(desk).id}"
    desk.close()
    yield "closed"


def upgrading(path, arm):
    """A file of an older program is opened, and brought to the newest tables."""
    arm()
    desk = signed_in(path)
    yield "upgraded"
    yield f"enrolled {a_subject(desk).id}"
    desk.close()
    yield "closed"


#: Each with what it begins with.
JOURNEYS = {
    "entry": (entry, furnish),
    "reporting": (reporting, furnish),
    "copying": (copying, furnish),
    "keeping": (keeping, furnish),
    "trusting": (trusting, furnish),
    "noting": (noting, furnish),
    "rekeying": (rekeying, furnish),
    "upgrading": (upgrading, older),
}


def lost(path, said):
    """What was said and is not there, or not sound: nothing, if all is well."""
    found = []
    desk = at_desk(path)
    try:
        found += [f"verify: {problem}" for problem in verify(desk).problems]
        there = _there(desk)
        for line in said:
            what, _, which = line.partition(" ")
            if what == "saved":
                form, _, comment = which.partition(" ")
                if there["saved"].get(form, "0") < comment:
                    found.append(f"lost: {line}")
            elif what == "copied":
                found += [f"{which}: {one}" for one in lost(path.parent / which, [])]
            elif what in there and which not in there[what]:
                found.append(f"lost: {line}")
        found += there["wrong"]
        backups.check_places(desk)  # as at each start
        for one in backups.generations(desk):
            if digest(Path(one.record.file)) != one.record.sha256:
                found.append(f"not the backup that was made: {one.record.file}")
    finally:
        desk.close()
    found += [f"left over: {one.name}" for one in path.parent.rglob("*.part*")]
    beside = {one.name for one in path.parent.iterdir()}
    left = {f"{path.name}{end}" for end in ("-wal", "-shm", ".lock", ".holder")}
    return [*found, *(f"left over: {name}" for name in sorted(beside & left))]


def _there(desk):
    ids = subject_ids(desk, SubjectQuery())
    exams = [exam for one in ids for exam in open_subject(desk, one).exams]
    forms = [exam.form for exam in exams]
    issued = reports.issued(desk)
    with desk.read() as reading:
        several = (Signature, RecordLock, Unblinding)
        kept = {one.id for kind in several for one in reading.find(kind)}
        drafted = {
            f"{one.id} {note}"
            for one in reading.find(KeptDraft)
            for note in ("ma", "made")
            if one.values["note"].startswith(note)
        }
    acts = access.access_ids(desk, access.AccessQuery())
    signed = {one.id for one in issued if signing.signatures(desk, one.id)}
    wrong = []
    for form in forms:
        turn, _, step = form.comment.partition(".")
        sheet = a_sheet(R_LT_C2=step, L_M_S1=turn) if step else form.values
        if form.values != sheet:
            wrong.append(f"mixed up: {form.id}")
    for one in issued:
        if verify_filed(desk, one.id).standing is not Standing.SAME:
            wrong.append(f"not as filed: {one.id}")
        # The oldest ones were filed by their hash alone.
        there = not one.digest or reports.filed_pdf(desk, one.id).startswith(b"%PDF")
        if not there:
            wrong.append(f"no file: {one.id}")
    numbers = sorted(int(cut.id) for cut in cuts(desk))
    if numbers != list(range(1, len(numbers) + 1)):
        wrong.append(f"cuts: {numbers}")
    return {
        "saved": {form.id: form.comment for form in forms},
        "completed": {one.id for one in forms if one.status is Status.COMPLETE},
        "enrolled": set(ids),
        "case": {line.case.id for line in safety_cases(desk)},
        "issued": {one.id for one in issued},
        "signed": signed,
        "proved": {one.id for one in drills.drills(desk) if not one.problem},
        "kept": kept,
        "drafted": drafted,
        "noted": {one.what for one in access.access_rows(desk, acts)},
        "sent": {one.report for one in transmittals.transmittals(desk)},
        "wrong": wrong,
    }
