"""Who is missing, who examined, and whether two who examined agree."""

from collections.abc import Iterator, Sequence

from registry_app.domain.figures.analysis_sets import (
    Group,
    Member,
    Why,
    in_arm,
    not_given,
    outside,
    undecided,
)
from registry_app.domain.figures.dataset import Dataset, ExamDetail, Patient
from registry_app.domain.figures.document import Ref, Row, Section, Table, Value
from registry_app.domain.figures.efficacy_cells import (
    arm_name,
    column,
    count,
    forms,
    group_name,
    heading,
    words,
)
from registry_app.domain.figures.statistics import kappa, proportion
from registry_app.domain.figures.unblindings import (
    unblinding_listing,
    unblinding_table,
)
from registry_app.domain.isncsci.scale import GRADES
from registry_app.domain.message import say
from registry_app.domain.subject import Arm
from registry_app.domain.visit import Blinding


def missing_section(dataset: Dataset, groups: Sequence[Group]) -> Section:
    """Everybody of each arm: evaluable, or why not, or in no cohort."""
    reasons = [
        why
        for why in Why
        if why is not Why.NO_BASELINE or any(one.without(why) for one in groups)
    ]
    wide = 14
    columns = (
        words("group", 139 - wide * len(reasons)),
        column("patients", 12),
        column("evaluable", 17),
        *(column(f"why-{why.value}", wide) for why in reasons),
    )
    rows: list[Row] = []
    seen = set()
    for arm in Arm:
        rows.append(heading(f"missing-{arm.value}", arm_name(arm), len(columns)))
        for group in groups:
            key = (group.cohort.id, group.endpoint.baseline, group.endpoint.at)
            if group.arm is arm and (arm, key) not in seen:
                seen.add((arm, key))
                cells = (
                    Value(group_name(group)),
                    count(group.members),
                    count(group.evaluable),
                    *(count(group.without(why)) for why in reasons),
                )
                rows.append(Row(_id(group), cells, level=1))
        apart = [
            ("undecided", undecided(dataset, arm)),
            ("outside", outside(dataset, arm)),
        ]
        if arm is Arm.TREATED:
            apart.append(("not-given", not_given(dataset)))
        for name, found in apart:
            blank = [Value("—")] * (len(columns) - 2)
            told = Value(say(f"efficacy.group-{name}"))
            cells = (told, _people(found), *blank)
            rows.append(Row(f"missing-{arm.value}-{name}", cells, level=1))
    table = Table(
        "missing",
        say("efficacy.missing-table"),
        columns,
        tuple(rows),
        (say("efficacy.missing-note"),),
    )
    return Section("efficacy-missing", say("efficacy.missing"), (table,))


def _id(group: Group) -> str:
    return f"missing-{group.arm.value}-{group.cohort.id}-{group.endpoint.id}"


def _people(found: Sequence[Patient]) -> Value:
    refs = tuple(Ref("subject", one.id, one.id) for one in found)
    return Value(f"{len(found):,}", len(found), refs)


def assessment_section(dataset: Dataset, groups: Sequence[Group]) -> Section:
    """Blinded exams, what broke the blinding, and the agreement of second ratings."""
    blocks = (
        blinding_table(groups),
        unblinding_table(dataset),
        unblinding_listing(dataset),
        kappa_table(dataset),
    )
    return Section("efficacy-assessment", say("efficacy.assessment"), blocks)


def blinding_table(groups: Sequence[Group]) -> Table:
    """What the assessor knew at the exams that count, by cohort and arm."""
    columns = (
        words("group", 52),
        column("exams", 16),
        column("blinded", 26),
        column("knows", 30),
        column("unknown", 22),
        column("broken", 22),
    )
    rows: list[Row] = []
    for group in groups:
        if not group.members:
            continue
        row_id = f"blinding-{group.endpoint.id}-{group.arm.value}"
        rows.append(heading(row_id, group_name(group), len(columns)))
        for name in ("baseline", "endpoint"):
            found = list(_details(group.members, name))
            cells = (
                Value(say(f"efficacy.at-{name}")),
                _number(found),
                *(_share(found, blinding) for blinding in Blinding),
                _number([one for one in found if one[1].broken is not None]),
            )
            rows.append(Row(f"{row_id}-{name}", cells, level=1))
    return Table(
        "blinding",
        say("efficacy.blinding-table"),
        columns,
        tuple(rows),
        (say("efficacy.blinding-note"),),
    )


def _details(found: Sequence[Member], name: str) -> Iterator[tuple[str, ExamDetail]]:
    for one in found:
        exam = one.base if name == "baseline" else one.end
        detail = None if exam is None else one.patient.exams.get(exam.form_id)
        if detail is not None:
            yield one.patient.id, detail


def _share(found: Sequence[tuple[str, ExamDetail]], blinding: Blinding) -> Value:
    part = [one for one in found if one[1].knew is blinding]
    share = proportion(len(part), len(found))
    return Value(share.over, share.plain, _exams(part), share.small)


def _number(found: Sequence[tuple[str, ExamDetail]]) -> Value:
    return Value(f"{len(found):,}", len(found), _exams(found))


def _exams(found: Sequence[tuple[str, ExamDetail]]) -> tuple[Ref, ...]:
    return forms((case, detail.fact) for case, detail in found)


#: A case, the sheet that counts, and the second rating of it.
Rated = tuple[str, ExamDetail, ExamDetail]


def second_ratings(patients: Sequence[Patient]) -> Iterator[Rated]:
    """Every sheet that another assessor rated a second time, with that rating."""
    for patient in patients:
        for form_id in sorted(patient.exams):
            second = patient.exams[form_id]
            if second.rates and second.rates in patient.exams:
                yield patient.id, patient.exams[second.rates], second


def kappa_table(dataset: Dataset) -> Table:
    """Agreement about the grade, by Cohen's kappa, in each arm."""
    columns = (
        words("group", 52),
        column("pairs", 20),
        column("undecided", 24),
        column("agreed", 24),
        column("kappa", 24),
        column("kappa-linear", 24),
    )
    rows = []
    for arm in Arm:
        pairs = list(second_ratings(in_arm(dataset, arm)))
        sure = [
            pair
            for pair in pairs
            if len(pair[1].fact.ais) == 1 and len(pair[2].fact.ais) == 1
        ]
        found = kappa([(a.fact.ais[0], b.fact.ais[0]) for _, a, b in sure], GRADES)
        share = proportion(found.agreed, found.pairs)
        agreed = [p for p in sure if p[1].fact.ais == p[2].fact.ais]
        cells = (
            Value(arm_name(arm)),
            Value(f"{len(pairs):,}", len(pairs), _both(pairs)),
            Value(f"{len(pairs) - len(sure):,}", len(pairs) - len(sure)),
            Value(share.over, share.plain, _both(agreed), share.small),
            _two(found.plain),
            _two(found.linear),
        )
        rows.append(Row(f"kappa-{arm.value}", cells))
    return Table(
        "kappa",
        say("efficacy.kappa-table"),
        columns,
        tuple(rows),
        (say("efficacy.kappa-note"),),
    )


def _both(pairs: Sequence[Rated]) -> tuple[Ref, ...]:
    return forms((case, d.fact) for case, *both in pairs for d in both)


def _two(value: float | None) -> Value:
    if value is None:
        return Value("—")
    return Value(f"{value:.2f}".replace("-", "−"), f"{value:.6f}")
