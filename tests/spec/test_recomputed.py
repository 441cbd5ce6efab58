"""The reports against another analysis of the raw records (issue 4, acceptance 2).

The figures are those of `registry-app report … --json`. The analysis shares no code
with the program: pandas, scipy and statsmodels over an export (recompute.py).
"""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pandas as pd
import pytest

from registry_app.domain.blinding import Hidden, Unblinded, Unblinding
from registry_app.domain.isncsci.segments import (
    DAP,
    VAC,
    Modality,
    Side,
    score_item,
)
from registry_app.domain.report import Kind
from registry_app.domain.safety import (
    CaseState,
    CaseVersion,
    Event,
    Expectedness,
    Judged,
    Outcome,
    SafetyCase,
    Seriousness,
    Suspect,
)
from registry_app.domain.subject import Subject
from registry_app.domain.visit import Form, Status, Visit
from registry_app.services.demo import make_training_registry
from registry_app.services.reports import make_report
from registry_app.words import Language
from tests.builders import CHEAP, a_clock
from tests.spec.raw_export import raw_export
from tests.spec.recompute import Survey, limits, share, tenths
from tests.spec.recomputed_case import case_tables
from tests.spec.recomputed_duties import ledger, ledger_tables
from tests.spec.recomputed_listings import listings
from tests.spec.recomputed_reports import log, reports
from tests.spec.recomputed_tables import tables

TODAY = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)
ON = date(2026, 6, 1)
PERIOD = (date(2025, 6, 1), date(2026, 5, 31))
PATIENTS = 60
MUSCLE = score_item(Side.RIGHT, Modality.MOTOR, "L3")
#: Columns that name a row or say what is meant, and give no figure.
NAMES = {
    *("item", "quantity", "set", "arm", "term", "origin", "special", "base"),
    *("analysis", "visit", "group", "deviation", "criterion", "study", "variable"),
    *(
        "limit",
        "what-it-means",
        "condition",
        "checked",
        "step",
        "what-counted",
        "unblinding",
    ),
}
_TRAJECTORIES = tuple(
    f"trajectory-{name}"
    for name in ("uems", "lems", "motor", "lt", "pp", "scim", "wisci")
)
#: Tables that R1 and R3 have in common.
_BOTH = (
    *("conditions", "baseline", "exposure", "events-summary", "events-by-soc"),
    *("reactions-by-soc", "causality", "causality-by-term", "special", "deaths"),
    *("serious", "drafts", "shift", "responders", "sensitivity", "comparators"),
    *("natural-course", *_TRAJECTORIES, "change-scim", "change-wisci", "missing"),
    *(
        "blinding",
        "unblindings",
        "listing-unblindings",
        "kappa",
        "outside",
        "limits",
        "listing-subjects",
    ),
    *("listing-events", "listing-deviations"),
)
#: What is counted again of each report.
TABLES = {
    Kind.PERIODIC: (
        *("changes", "criteria", "distribution", "kits", "dose", "flow"),
        *("disposition", "cohorts", "deviations", "deviation-reasons", "foreign"),
        *("next-visits", "lots", "duties", "next-duties", *_BOTH),
    ),
    Kind.EVALUATION: ("targets", "matching", "comparison-source", *_BOTH),
    Kind.UNKNOWN_NON_SERIOUS: (
        *("e9-terms", "e9-listing", "e9-not-reportable", "e9-undecided"),
    ),
    Kind.INFECTION: ("arithmetic", "shipped", "research", "occurrence", "foreign"),
    Kind.USE_RECORD: tuple(f"uses-{year}" for year in range(2023, 2027)),
    Kind.DISCLOSURE: ("studies", "papers", "interests"),
}
#: Tables without a figure that the program counts, and what they hold.
WORDS = {
    "plan-versions": "what people wrote of each version of the evaluation plan",
    "plan-history": "what each version changed, in words",
    "plan-items": "definitions as they were locked",
    "plan-canonical": "definitions in their canonical form",
    "programs": "versions and hashes of the programs",
    "listing-sources": "the records behind the other tables, none of its own",
    "retention": "rules of the plan, the years as they are set",
}
#: Safety cases whose R2 is counted again: a clock that began anew, two that were met,
#: a draft, one of nobody.
CASES = ("DEMO-S0038", "DEMO-S0008", "DEMO-S0001", "DEMO-S9006", "DEMO-S0037")
#: Tables of R2 that hold what people typed, and measurements as they were entered.
TYPED = ("tests", "expectedness", "treatment", "letters", "spo2-")
#: From so many on a percentage is printed.
SMALL = 20


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    path = tmp_path_factory.mktemp("recomputed") / "t.registry"
    desk = make_training_registry(
        path, clock=a_clock(TODAY), cost=CHEAP, patients=PATIENTS
    )
    add_events(desk)
    add_doubts(desk)
    add_unblindings(desk)
    yield desk
    desk.close()


def add_events(desk):
    """Events of every kind: judged and not, coded and not, of each arm, of nobody."""
    with desk.read() as reading:
        people = reading.find(Subject)
    terms = [("発熱", "全身障害"), ("肺塞栓症", "呼吸器系障害"), ("貧血", "")]
    outcomes, known = list(Outcome), list(Expectedness)
    judged = [*Judged, None]
    with desk.begin() as work:
        for n, subject in enumerate(people[::2]):
            number = f"DEMO-S9{n:03d}"
            start = subject.treatment_date or subject.injury_date
            onset = start + timedelta(days=7 * n % 40) if n % 7 else None
            work.save(
                SafetyCase(
                    number,
                    "架空の事象",
                    state=CaseState.OPEN if n % 6 else CaseState.DRAFT,
                    subject_id=subject.id if n % 11 else "",
                    hospital_aware=start,
                    versions={"1": CaseVersion(start + timedelta(days=n))}
                    if n % 5
                    else {},
                )
            )
            for k in range(1 + n % 3):
                what, group = terms[(n + k) % 3]
                coded = {"text": what, "group": group} if (n + k) % 4 else {}
                kinds = list(Seriousness)[: 6 if n % 2 else 3]
                said = judged[(n + k) % 4]
                work.save(
                    Event(
                        f"event-{n}-{k}",
                        number,
                        what,
                        coded=coded,
                        onset=onset,
                        serious={kind.value: (n + k) % 6 == 1 for kind in kinds[k:]},
                        expected=known[(n + k) % 3],
                        label="3",
                        infection=(n + k) % 9 == 0,
                        by_reporter={s.value: said for s in Suspect if said},
                        by_holder={s.value: said for s in Suspect if said and k < 2},
                        outcome=outcomes[(n + 2 * k) % len(outcomes)],
                        special="lung" if (n + k) % 4 == 0 else "",
                    )
                )


def add_unblindings(desk):
    """Of every way, of assessors by all their names, before and after their exams."""
    with desk.read() as reading:
        visits = {one.id: one for one in reading.find(Visit)}
        sheets = reading.find(Form, instrument="isncsci", status=Status.COMPLETE)
    ways, what = list(Unblinded), list(Hidden)
    with desk.begin() as work:
        for n, form in enumerate(sheets[::6]):
            on = form.date + timedelta(days=(0, -2, 3)[n % 3])
            name = form.assessor.replace(" ", "\u3000") if n % 4 else desk.person.id
            work.save(
                Unblinding(
                    f"unblinding-{n}",
                    visits[form.visit_id].subject_id,
                    name,
                    ways[n % 3],
                    on,
                    {one.value: (n + k) % 3 != 1 for k, one in enumerate(what)},
                    "架空の経緯",
                    "架空の評価" if n % 2 else "",
                )
            )


def add_doubts(desk):
    """Cells that were not testable, and exams that two windows could count."""
    with desk.read() as reading:
        codes = {visit.id: visit for visit in reading.find(Visit)}
        injured = {one.id: one.injury_date for one in reading.find(Subject)}
        sheets = reading.find(Form, instrument="isncsci", status=Status.COMPLETE)
    ends = [
        form
        for form in sheets
        if codes[form.visit_id].code in ("baseline", "endpoint") and not form.rates
    ]
    with desk.begin("架空：検査不能の項目") as work:
        for n, form in enumerate(ends):
            changes = {VAC: "NT", DAP: "NT"} if n % 5 == 0 else {}
            changes |= {MUSCLE: "NT"} if n % 4 == 0 else {}
            if changes:
                work.save(replace(form, values={**form.values, **changes}))
    with desk.begin() as work:
        for n, form in enumerate(ends[::3]):
            visit = codes[form.visit_id]
            at = 49 if visit.code == "baseline" else 180
            day = (form.date - injured[visit.subject_id]).days
            mirrored = injured[visit.subject_id] + timedelta(days=2 * at - day)
            other = ends[(7 * n + 1) % len(ends)]
            if mirrored != form.date and mirrored <= ON:
                again = Visit(f"again-{n}", visit.subject_id, "", mirrored)
                work.save(again)
                sheet = replace(other, id=f"again-{n}", visit_id=again.id, version=0)
                work.save(replace(sheet, date=mirrored))


@pytest.fixture(scope="module")
def raw(desk):
    return raw_export(desk)


@pytest.fixture(scope="module")
def surveys(raw):
    """The analysis of a period and of none, each done once: R1 and R3, the others."""
    found = {}
    for period in (PERIOD, None):
        survey = Survey(raw, ON, period)
        long = tables(survey) | listings(survey) | ledger_tables(survey)
        found[period] = {"long": long, "short": reports(survey)}
    return found


@pytest.fixture(scope="module", params=TABLES, ids=lambda kind: kind.letters)
def both(desk, surveys, request):
    """The kind of a report, its figures, and those of the analysis."""
    kind = request.param
    period = PERIOD if kind.of_period else None
    made = make_report(desk, kind, (Language.JA,), on=ON, period=period, draft=True)
    size = "long" if kind in (Kind.PERIODIC, Kind.EVALUATION) else "short"
    return kind, made.figures, surveys[period][size]


def plain(value):
    """A figure in numbers, be it text that is one."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    try:
        return float(value)
    except (TypeError, ValueError):
        return value


def same(printed, found):
    """Whether a figure is the one that was found; all that is printed of it counts."""
    printed, found = plain(printed), plain(found)
    if isinstance(printed, dict) and isinstance(found, dict):
        return bool(printed) and all(
            key in found and same(one, found[key]) for key, one in printed.items()
        )
    if isinstance(printed, list) and isinstance(found, list):
        return len(printed) == len(found) and all(map(same, printed, found))
    if isinstance(printed, float) and isinstance(found, float):
        return printed == pytest.approx(found, abs=1e-6)
    return printed == found


def is_figure(value):
    """Whether a cell gives one: headings are empty, words are in both languages."""
    return value != "" and not (isinstance(value, dict) and "ja" in value)


def rows_of(table):
    """The rows with figures, each with its figures; a heading has none."""
    for row in table["rows"]:
        cells = {name: v for name, v in row["cells"].items() if name not in NAMES}
        if any(map(is_figure, cells.values())):
            yield row["id"], cells


def wrong(table, found):
    """Figures that differ, and those that only one of the two has."""
    printed = dict(rows_of(table))
    for row in set(printed) ^ set(found):
        yield row, printed.get(row), found.get(row)
    for row in set(printed) & set(found):
        for column, value in printed[row].items():
            other = found[row].get(column, "nothing")
            words = other is None and not is_figure(value)
            if not words and not same(value, other):
                yield row, column, value, other


def test_every_figure_of_a_table_is_what_the_raw_records_give(both):
    kind, figures, analysis = both
    differ = {
        name: found
        for name in TABLES[kind]
        if (found := list(wrong(figures["tables"][name], analysis[name])))
    }

    assert differ == {}


def test_a_report_has_no_table_that_is_not_counted_again(both):
    kind, figures, _ = both
    printed = set(figures["tables"])

    assert set(TABLES[kind]) <= printed
    assert printed - set(TABLES[kind]) <= set(WORDS)


def test_the_registry_has_what_makes_a_difference(surveys):
    """Undecided grades, sums that are open, exams at the same distance from a day."""
    analysis = surveys[PERIOD]["long"] | surveys[PERIOD]["short"]
    rows = analysis["responders"].values()

    assert sum(row["undecided"] not in (0, "—") for row in rows) > 1
    assert any(row["bounds"] != "—" for row in analysis["trajectory-motor"].values())
    assert any(row["n-of-n"]["n"] for row in analysis["events-summary"].values())
    for name in ("kappa", "deaths", "e9-listing", "e9-undecided", "occurrence"):
        assert analysis[name]


def test_intervals_are_printed_as_they_were_found_to_one_decimal(both):
    kind, figures, _ = both
    checked = 0
    for table in figures["tables"].values():
        for row in table["rows"]:
            found = row["cells"].get("exact")
            if not isinstance(found, dict) or not found["total"]:
                continue
            part = share(found["n"], found["total"])
            said = row["shown"]["exact"]
            said = said if isinstance(said, str) else said["ja"]
            assert limits(part, "exact") in said
            if found["total"] >= SMALL:
                percent = tenths(Fraction(100 * found["n"], found["total"]))
                assert said.startswith(percent)
            checked += 1

    assert bool(checked) is (kind in (Kind.PERIODIC, Kind.EVALUATION))


@pytest.mark.parametrize("number", CASES)
def test_the_figures_of_a_case_are_what_the_raw_records_give(desk, raw, number):
    made = make_report(
        desk, Kind.CASE_REPORT, (Language.JA,), on=ON, about=number, draft=True
    )
    printed, found = made.figures["tables"], case_tables(Survey(raw, ON, None), number)
    counted = {name for name in printed if not name.startswith(TYPED)}

    assert counted <= set(found)
    assert {name: [*wrong(printed[name], found[name])] for name in counted} == {
        name: [] for name in counted
    }
    assert all(not found[name] for name in set(found) - counted)


def test_the_log_of_all_cases_is_what_the_raw_records_give(desk, raw):
    made = make_report(desk, Kind.ALL_CASE_LOG, (Language.JA,), on=ON, draft=True)
    found = log(Survey(raw, ON, None))

    assert made.figures["sum"] == found["sum"]
    for part in ("treated", "strays", "comparison"):
        assert [*map(without_words, made.figures[part])] == found[part]


def test_the_status_of_the_duties_is_what_the_raw_records_give(desk, raw):
    made = make_report(desk, Kind.OBLIGATIONS, (Language.EN,), on=ON, draft=True)
    figures, found = made.figures, ledger(Survey(raw, ON, None))
    done, gone = Counter(), Counter()
    for line in figures["done"]:
        done[line["name"]["en"]] += line["count"]
    for line in figures["not_applicable"]:
        gone[line["name"]["en"]] += line["count"]
    told = pd.DataFrame(figures["done"])
    told["name"] = [line["name"]["en"] for line in figures["done"]]
    last = told.groupby("name")["done"].max()
    worst = told.groupby("name")["days"].max().astype(object)
    worst = worst.where(worst.notna(), None)

    for part in ("late", "ahead"):
        assert sorted(each_case(figures[part])) == found[part]
    assert found["late"]
    assert figures["counts"] == found["counts"]
    assert lanes(figures["lanes"]) == found["lanes"]
    assert {name: (n, last[name], worst[name]) for name, n in done.items()} == found[
        "done"
    ]
    assert gone == found["not-owed"]


def each_case(lines):
    """Name, case and days of each; a line of many late cases names them apart."""
    for line in lines:
        name, cases = line["name"]["en"], line["cases"] or [""]
        if line["late"]:
            yield from ((name, one["case"], one["days"]) for one in line["late"])
        else:
            assert line["count"] == 1
            yield name, cases[0], line["days"]


def lanes(found):
    return {
        one["name"]["en"]: {due["day"]: due["count"] for due in one["dues"]}
        for one in found
    }


def without_words(row):
    """A row of the log without the names of what it gives, and without its sources."""
    said = {
        "collected": lambda dates: [day for _, day in dates],
        "matching": lambda values: [value for _, value in values],
        "grouped": lambda one: {name: one[name] for name in ("number", "grade")},
        "status": lambda told: told["key"].rpartition("status-")[2],
        "withdrawn": lambda consents: [[one["scope"], one["on"]] for one in consents],
    }
    return {
        name: said.get(name, lambda same: same)(value)
        for name, value in row.items()
        if name != "refs"
    }


def test_the_intervals_of_the_literature_come_out_of_this_analysis_too():
    """CLINICAL.md section 3.2: 12 of 13."""
    found = share(12, 13)

    assert limits(found, "exact") == "(64.0–99.8)"
    assert limits(found, "wilson") == "(66.7–98.6)"
