"""The tables of R1 and R3 again, by pandas, scipy and statsmodels, from raw records.

Written from the rules of the survey, with nothing that the program counts with:
baseline 49±7 and endpoint 180±30 days after injury; of several exams the one nearest
to the centre, of two the earlier, at the baseline those before the infusion first;
cohort 1 AIS A, cohort 2 AIS B and C, cervical, 20 to 70 years; two grades better, one.
Cells that were not testable leave a set of grades: what all of them agree on counts.
"""

import math
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
from scipy.stats import beta
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.proportion import proportion_confint

GRADES = list("ABCDE")
ARMS = ("treated", "comparison")
DASH = "—"
#: Visit: days or months after injury, days before and after.
VISITS = {
    "baseline": (pd.DateOffset(days=49), 7, 7),
    "day-90": (pd.DateOffset(days=90), 14, 14),
    "endpoint": (pd.DateOffset(days=180), 30, 30),
    "month-12": (pd.DateOffset(months=12), 30, 30),
    "month-24": (pd.DateOffset(months=24), 30, 30),
    "month-36": (pd.DateOffset(months=36), 30, 30),
    "month-48": (pd.DateOffset(months=48), 30, 30),
    "month-60": (pd.DateOffset(months=60), 30, 30),
}
#: The day after injury at which a visit is drawn.
DRAWN = {
    "baseline": 49,
    "day-90": 90,
    "endpoint": 180,
    "month-12": 365,
    "month-24": 730,
    "month-36": 1095,
    "month-48": 1461,
    "month-60": 1826,
}
COHORTS = {
    "cohort-1": ("primary-1", ["A"], 2),
    "cohort-2": ("primary-2", ["B", "C"], 1),
}
ROMAN = {"C": "cervical", "T": "thoracic", "L": "lumbar", "S": "sacral", "I": "intact"}


# --- numbers


def share(n, total):
    """n of total with Clopper-Pearson and Wilson limits, in percent."""
    found = {"n": n, "total": total}
    if total:
        found["percent"] = 100 * n / total
        for name, method in (("exact", "beta"), ("wilson", "wilson")):
            limits = proportion_confint(n, total, 0.05, method)
            found[name] = [100 * float(limit) for limit in limits]
        if n == 0:
            found["upper"] = 100 * float(beta.ppf(0.95, 1, total))
    return found


def tenths(value):
    exact = Decimal(value.numerator) / value.denominator
    return f"{exact.quantize(Decimal('0.1'), ROUND_HALF_UP)}"


def limits(found, name):
    """``(64.0–99.8)`` as it is printed."""
    if name not in found:
        return DASH
    low, high = (Decimal(repr(round(limit, 9))) for limit in found[name])
    tenth = Decimal("0.1")
    ends = (one.quantize(tenth, ROUND_HALF_UP) for one in (low, high))
    return "({}–{})".format(*ends)


def middle(values):
    """Median and quartiles, linear between order statistics."""
    values = pd.Series(list(values), dtype=float)
    if values.empty:
        return DASH
    low, median, high = values.quantile([0.25, 0.5, 0.75])
    return {"n": len(values), "median": median, "q1": low, "q3": high}


def kappas(pairs):
    """Cohen's kappa, plain and with linear weights; — where it is not defined."""
    table = np.zeros((5, 5))
    for one, other in pairs:
        table[GRADES.index(one), GRADES.index(other)] += 1
    found = []
    for weights in (None, "linear"):
        with np.errstate(all="ignore"):
            kappa = (
                cohens_kappa(table, wt=weights, return_results=False)
                if pairs
                else math.nan
            )
        found.append(DASH if math.isnan(kappa) else float(kappa))
    return found


# --- the people


def same_name(name):
    """Width, case and blanks make no other assessor."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def knew(form):
    """What the assessor knew of the treatment, whatever the sheet says."""
    broken = form["broken"]
    return "knows treatment" if broken and broken["tells"] else form["blinding"]


class Survey:
    """The raw records as frames, and every patient with what the plan says of it."""

    def __init__(self, raw, on, period):
        self.raw, self.on = raw, pd.Timestamp(on)
        self.period = tuple(map(pd.Timestamp, period)) if period else None
        self.kits = frame(raw["kits"], "ordered_on", "given_on", "not_given_on")
        self.unblindings = self._unblindings()
        self.deviations = self._deviations()
        self.visits = {one["id"]: one for one in raw["visits"]}
        self._counted, self._members = {}, {}
        self.forms = self._forms()
        self.people = [self._patient(one) for one in raw["subjects"]]
        self.by_id = {one["id"]: one for one in self.people}
        self.events = list(self._events())

    def _forms(self):
        forms = pd.DataFrame(self.raw["forms"])
        forms["day"] = pd.to_datetime(forms["date"])
        forms["subject"] = [self.visits[v]["subject_id"] for v in forms["visit_id"]]
        forms["code"] = [self.visits[v]["code"] for v in forms["visit_id"]]
        forms["broken"] = [self._broken(form) for form in forms.to_dict("records")]
        whole = forms[forms["complete"]]
        return {name: own.to_dict("records") for name, own in whole.groupby("subject")}

    def _unblindings(self):
        """By case, day and id, each with the names that its person goes by."""
        names = {
            user: {same_name(user), same_name(n)} for user, n in self.raw["people"]
        }
        found = [
            {
                **one,
                "day": pd.Timestamp(one["on"]),
                "names": names.get(one["person"], {same_name(one["person"])}),
                "tells": bool(
                    {name for name, said in one["what"].items() if said}
                    & {"arm", "treatment"}
                ),
            }
            for one in self.raw["unblindings"]
        ]
        return sorted(found, key=lambda u: (u["subject_id"], u["on"], u["id"]))

    def _deviations(self):
        """Those that were recorded as such, and the unblindings that nobody planned."""
        broken = [
            {
                "id": one["id"],
                "subject_id": one["subject_id"],
                "kind": "unblinding",
                "rule": "",
                "on": one["on"],
                "reason": one["why"],
                "found": one["how"],
            }
            for one in self.unblindings
            if one["how"] != "planned"
        ]
        return frame([*self.raw["deviations"], *broken], "on")

    def _broken(self, form):
        """What the assessor of a sheet had come to know by its day."""
        known = [
            one
            for one in self.unblindings
            if one["subject_id"] == form["subject"]
            and same_name(form["assessor"]) in one["names"]
            and one["day"] <= form["day"]
        ]
        telling = [one for one in known if one["tells"]]
        return (telling or known or [None])[0]

    def within(self, day):
        if self.period is None or day is None or pd.isna(day):
            return False
        return self.period[0] <= day <= self.period[1]

    def now(self, days):
        """Which of these days lie in the period."""
        return pd.Series([self.within(day) for day in days], days.index, dtype=bool)

    def in_period(self, value):
        return DASH if self.period is None else value

    def _patient(self, raw):
        one = {**raw, "injury": pd.Timestamp(raw["injury_date"])}
        one["given"] = (
            pd.Timestamp(raw["treatment_date"]) if raw["treatment_date"] else None
        )
        own = self.forms.get(raw["id"], [])
        one["forms"] = [form for form in own if not form["rates"]]
        one["second"] = [form for form in own if form["rates"]]
        one["course"] = next(
            (c for c in self.raw["courses"] if c["id"] == raw["id"]), {}
        )
        one["kits"] = self.kits[self.kits["subject_id"] == raw["id"]]
        one["consents"] = [
            c for c in self.raw["consents"] if c["subject_id"] == raw["id"]
        ]
        one["end"] = next((e for e in self.raw["ends"] if e["id"] == raw["id"]), None)
        found = [i for i in self.raw["indications"] if i["id"] == raw["id"]]
        one["frozen"] = found[0]["facts"] if found else {}
        one["ages"] = self._ages(one)
        one["windows"] = {name: self.window(one, name) for name in VISITS}
        one["counted"] = {name: self.counted(one, name) for name in VISITS}
        one["cohort"], one["open"] = self._cohort(one)
        return one

    @staticmethod
    def _ages(one):
        if one["birth_year"] is None:
            return []
        oldest = one["injury"].year - one["birth_year"]
        found = [oldest - 1, oldest] if oldest else [0]
        told = one["frozen"].get("age", "")
        return [int(told)] if told in map(str, found) else found

    def window(self, one, visit, stretch=1.0):
        offset, before, after = VISITS[visit]
        centre = one["injury"] + offset
        first = centre - pd.Timedelta(days=int(before * stretch))
        return first, centre, centre + pd.Timedelta(days=int(after * stretch))

    def counted(self, one, visit, instrument="isncsci", stretch=1.0):
        """The form that counts, looked for once."""
        key = (one["id"], visit, instrument, stretch)
        if key not in self._counted:
            self._counted[key] = self._found(one, visit, instrument, stretch)
        return self._counted[key]

    def _found(self, one, visit, instrument, stretch):
        """Nearest to the centre, of two the earlier."""
        first, centre, last = self.window(one, visit, stretch)
        found = [
            form
            for form in one["forms"]
            if form["instrument"] == instrument and first <= form["day"] <= last
        ]
        if visit == "baseline" and one["given"] is not None:
            found = [f for f in found if f["day"] < one["given"]] or found

        def order(form):
            away = abs(form["day"] - centre)
            return away, form["day"], form["code"] != visit, form["id"]

        return min(found, key=order, default=None)

    def _cohort(self, one):
        """The cohort, and whether it is still open."""
        base = one["counted"]["baseline"]
        if base is None:
            return None, True
        still = False
        for name, (_, grades, _) in COHORTS.items():
            regions = {ROMAN[level[0]] for level in base["nli"]}
            answers = [
                answer(base["ais"], lambda g, wanted=grades: g in wanted),
                answer(one["ages"], lambda age: 20 <= age <= 70),
                answer(regions, lambda region: region == "cervical"),
            ]
            if all(found is True for found in answers):
                return name, False
            still = still or all(found is not False for found in answers)
        return None, still

    def ended(self, one):
        end = one["end"]
        if (
            end is None
            or not end["ended_on"]
            or pd.Timestamp(end["ended_on"]) > self.on
        ):
            return None
        return end["reason"]

    def treated(self):
        return [
            p for p in self.people if p["given"] is not None and p["given"] <= self.on
        ]

    def arm(self, arm):
        return [p for p in self.people if p["arm"] == arm]

    def looked_at(self, arm):
        """Users, and non-users: who was never given the product is neither."""
        return self.treated() if arm == "treated" else self.arm(arm)

    def never_given(self):
        users = {one["id"] for one in self.treated()}
        return [p for p in self.arm("treated") if p["id"] not in users]

    def members(self, cohort, arm, stretch=1.0):
        """Everybody of a cohort, looked at once."""
        key = (cohort, arm, stretch)
        if key not in self._members:
            self._members[key] = self._look(cohort, arm, stretch)
        return self._members[key]

    def _look(self, cohort, arm, stretch):
        """Each with the exams, the reason, whether it was reached."""
        steps = COHORTS[cohort][2]
        found = []
        for one in self.looked_at(arm):
            if one["cohort"] != cohort:
                continue
            base = self.counted(one, "baseline", stretch=stretch)
            end = self.counted(one, "endpoint", stretch=stretch)
            why = self._why(one, base, end)
            gains = (
                []
                if why
                else [
                    GRADES.index(after) - GRADES.index(before)
                    for before in base["ais"]
                    for after in end["ais"]
                ]
            )
            found.append(
                {
                    "patient": one,
                    "base": base,
                    "end": end,
                    "why": why,
                    "gains": gains,
                    "reached": None if why else answer(gains, lambda g: g >= steps),
                    "grade": ",".join(base["ais"]) if base is not None else "",
                    "blinded": base is not None
                    and end is not None
                    and knew(base) == knew(end) == "blinded",
                    "late": base is not None
                    and one["given"] is not None
                    and base["day"] >= one["given"],
                }
            )
        return found

    def _why(self, one, base, end):
        if base is None:
            return "no-baseline"
        if end is None:
            last = self.window(one, "endpoint")[2]
            stopped = one["end"] and one["end"]["reason"] and one["end"]["ended_on"]
            if stopped and pd.Timestamp(stopped) <= min(self.on, last):
                return "ended"
            return "ahead" if self.on <= last else "missing"
        if any(self._early(one, exam) for exam in (base, end)):
            return "not-primary"
        return None if base["ais"] and end["ais"] else "ungraded"

    @staticmethod
    def _early(one, exam):
        """The exam of the day after the infusion, or of the week after."""
        if one["given"] is None:
            return False
        away = (exam["day"] - one["given"]).days
        return exam["code"] in ("day-1", "day-7") or away == 1 or 6 <= away <= 8

    def _events(self):
        cases = {c["id"]: c for c in self.raw["cases"]}
        for event in self.raw["events"]:
            case = cases[event["case_id"]]
            if case["state"] in ("open", "closed"):
                who = self.by_id.get(event["subject_id"] or case["subject_id"])
                yield {
                    **event,
                    **judged(event),
                    "case": case,
                    "patient": who,
                    "learned": learned(event, case),
                }


def frame(records, *days):
    found = pd.DataFrame(records)
    for name in days:
        found[name] = pd.to_datetime(found[name]) if len(found) else []
    return found


def answer(values, test):
    """True or False where all possible values agree; None where they do not."""
    said = {bool(test(value)) for value in values}
    return said.pop() if len(said) == 1 else None


CRITERIA = 6


def judged(event):
    """Serious, suspected, expected: True, False or None."""
    serious = event["serious"]
    grave = (
        True if any(serious.values()) else False if len(serious) == CRITERIA else None
    )
    sources = ("product", "harvest", "procedure")
    said = [
        by.get(one)
        for by in (event["by_reporter"], event["by_holder"])
        for one in sources
    ]
    known = {"undecided": None, "expected": True, "unexpected": False}[
        event["expected"]
    ]
    return {
        "grave": grave,
        "suspected": any(one != "ruled out" for one in said),
        "known": known,
        "fatal": serious.get("death", False) or event["outcome"] == "fatal",
        "term": event["coded"].get("text", "").strip() or event["what"].strip(),
        "soc": event["coded"].get("group", "").strip(),
    }


def learned(event, case):
    numbered = sorted(case["versions"].items(), key=lambda item: int(item[0]))
    days = [pd.Timestamp(version["day0"]) for _, version in numbered]
    onset = pd.Timestamp(event["onset"]) if event["onset"] else None
    if days:
        return next((d for d in days if onset is None or d >= onset), days[-1])
    return pd.Timestamp(case["hospital_aware"]) if case["hospital_aware"] else onset


def expected_at(treated, compared):
    """How many would reach it at the shares of the comparison arm, grade by grade."""
    total = Fraction(0)
    for grade in {one["grade"] for one in treated}:
        there = [one for one in compared if one["grade"] == grade]
        if not there:
            return None
        reached = sum(one["reached"] is True for one in there)
        here = sum(one["grade"] == grade for one in treated)
        total += here * Fraction(reached, len(there))
    return total if treated else None
