"""The kinds of record: which dataclass is kept in which table.

To keep another kind of record is one line in KINDS, a table and a migration.
"""

from collections.abc import Callable
from typing import Final

import sqlalchemy as sa

from registry_app.domain.access import Access
from registry_app.domain.blinding import BlindAssignment, Unblinding
from registry_app.domain.consent import Consent
from registry_app.domain.course import (
    Contact,
    Course,
    Deviation,
    FollowUp,
    Indication,
)
from registry_app.domain.cut import DataCut
from registry_app.domain.evaluation import Evaluation
from registry_app.domain.hold import LegalHold
from registry_app.domain.keeping import Backup, Drill, Restored
from registry_app.domain.kept_draft import KeptDraft
from registry_app.domain.key_event import KeyEvent
from registry_app.domain.kit import Kit
from registry_app.domain.lock import RecordLock
from registry_app.domain.person import Person, Registry
from registry_app.domain.plan.records import (
    Occurrence,
    PackInUse,
    RegimeEntry,
    Setting,
    Settled,
)
from registry_app.domain.policy import Policy
from registry_app.domain.publication import Publication
from registry_app.domain.report import IssuedReport, ReportText, Transmittal
from registry_app.domain.safety import (
    Event,
    Letter,
    SafetyCase,
)
from registry_app.domain.seal import TrailSeal
from registry_app.domain.signature import Signature
from registry_app.domain.source_check import SourceCheck
from registry_app.domain.subject import Identity, Subject
from registry_app.domain.trouble import ClockJump, SignInTrouble
from registry_app.domain.visit import Form, Visit
from registry_app.storage import (
    derived,
    plan_tables,
    refusals,
    report_tables,
    safety_tables,
    tables,
    touches,
    trust_tables,
)
from registry_app.storage.records import Kind, Values


def _under_a_plan(
    name: str,
    of: type,
    table: sa.Table,
    touched: touches.Touches = touches.nobody,
    refusal: Callable[[Values, Values, str], str | None] = refusals.with_reason,
) -> Kind:
    return Kind(name, of, table, refusal=refusal, touched=touched)


KINDS: Final = (
    Kind("registry", Registry, tables.registry, refusal=refusals.with_reason),
    Kind("person", Person, tables.person, refusal=refusals.unless_keys),
    Kind(
        "subject",
        Subject,
        tables.subject,
        derived.of_subject,
        refusals.with_reason,
        touches.itself,
    ),
    Kind(
        "identity", Identity, tables.identity, derived.of_identity, refusals.with_reason
    ),
    Kind(
        "visit",
        Visit,
        tables.visit,
        refusal=refusals.with_reason,
        touched=touches.moved,
    ),
    Kind(
        "form",
        Form,
        tables.form,
        derived.of_form,
        refusals.completed,
        touches.completed,
    ),
    Kind(
        "report",
        IssuedReport,
        report_tables.report,
        refusal=refusals.unless_edition,
    ),
    _under_a_plan(
        "course", Course, plan_tables.course, touches.itself, refusals.unless_added
    ),
    _under_a_plan(
        "indication", Indication, plan_tables.indication, refusal=refusals.never
    ),
    _under_a_plan(
        "follow_up",
        FollowUp,
        plan_tables.follow_up,
        touches.itself,
        refusals.unless_added,
    ),
    _under_a_plan(
        "contact", Contact, plan_tables.contact, refusal=refusals.unless_added
    ),
    _under_a_plan("deviation", Deviation, plan_tables.deviation),
    _under_a_plan(
        "consent",
        Consent,
        plan_tables.consent,
        touches.its_subject,
        refusals.unless_added,
    ),
    _under_a_plan(
        "kit", Kit, plan_tables.kit, touches.its_subject, refusals.unless_added_to_kit
    ),
    _under_a_plan(
        "legal_hold",
        LegalHold,
        plan_tables.legal_hold,
        refusal=refusals.unless_added,
    ),
    _under_a_plan("pack", PackInUse, plan_tables.pack_in_use, touches.pack),
    _under_a_plan("setting", Setting, plan_tables.setting, touches.setting),
    _under_a_plan("regime", RegimeEntry, plan_tables.regime_entry, touches.regime),
    _under_a_plan("occurrence", Occurrence, plan_tables.occurrence),
    _under_a_plan(
        "settled",
        Settled,
        plan_tables.settled,
        touches.its_subject,
        refusals.unless_added,
    ),
    Kind(
        "safety_case",
        SafetyCase,
        safety_tables.safety_case,
        refusal=refusals.unless_added,
    ),
    Kind("event", Event, safety_tables.event, refusal=refusals.unless_added_to_event),
    Kind("letter", Letter, safety_tables.letter, refusal=refusals.unless_added),
    Kind("cut", DataCut, report_tables.data_cut, refusal=refusals.never),
    Kind("signature", Signature, report_tables.signature, refusal=refusals.never),
    Kind("report_text", ReportText, report_tables.report_text),
    Kind(
        "transmittal",
        Transmittal,
        report_tables.transmittal,
        refusal=refusals.unless_added,
    ),
    Kind(
        "evaluation",
        Evaluation,
        report_tables.evaluation,
        refusal=refusals.until_locked,
    ),
    Kind(
        "publication",
        Publication,
        report_tables.publication,
        refusal=refusals.unless_added,
    ),
    Kind("access", Access, trust_tables.access, refusal=refusals.never),
    Kind(
        "record_lock",
        RecordLock,
        trust_tables.record_lock,
        refusal=refusals.with_reason,
    ),
    Kind(
        "source_check",
        SourceCheck,
        trust_tables.source_check,
        refusal=refusals.with_reason,
    ),
    Kind("trail_seal", TrailSeal, trust_tables.trail_seal, refusal=refusals.never),
    Kind(
        "blind_assignment",
        BlindAssignment,
        trust_tables.blind_assignment,
        refusal=refusals.with_reason,
    ),
    Kind(
        "unblinding",
        Unblinding,
        trust_tables.unblinding,
        refusal=refusals.unless_added,
    ),
    Kind("policy", Policy, trust_tables.policy, refusal=refusals.with_reason),
    Kind("backup", Backup, trust_tables.backup, refusal=refusals.never),
    Kind("drill", Drill, trust_tables.drill, refusal=refusals.never),
    Kind("restored", Restored, trust_tables.restored),
    Kind(
        "sign_in_trouble",
        SignInTrouble,
        trust_tables.sign_in_trouble,
        refusal=refusals.never,
    ),
    Kind("clock_jump", ClockJump, trust_tables.clock_jump, refusal=refusals.never),
    Kind("key_event", KeyEvent, trust_tables.key_event, refusal=refusals.never),
    Kind("kept_draft", KeptDraft, trust_tables.kept_draft),
)
OF_TYPE: Final = {kind.type: kind for kind in KINDS}
