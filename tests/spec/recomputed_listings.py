"""The listings and the smaller tables of R1 and R3 again, from raw records.

Written as recompute.py is: from the rules, with nothing that the program counts with.
Cells of words only (a judgement spelled out, a name of the plan) are None.
"""

from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

from tests.spec.recompute import (
    ARMS,
    COHORTS,
    DASH,
    limits,
    share,
)
from tests.spec.recomputed_tables import own_events

#: Origins of a case that is no patient of this registry.
ELSEWHERE = ("foreign", "literature", "foreign action", "research")
#: Treated patients whom the plan aims at.
AIM = 90
#: The baseline window of the primary endpoints, in days after the injury.
OWN_WINDOW = (42, 56)


def listings(s):
    """Every table by its id."""
    return {
        "changes": changes(s),
        "conditions": numbered(s.raw["pack"]["pack"]["product"]["condition"]),
        "criteria": criteria(s),
        "kits": kits(s),
        "deaths": deaths(s),
        "serious": serious(s),
        "drafts": drafts(s),
        "foreign": foreign(s),
        "comparators": comparators(s),
        "natural-course": natural_course(s),
        "deviation-reasons": reasons(s),
        "limits": lacking_in(s),
        "next-visits": next_visits(s),
        "listing-events": listing_events(s),
        "listing-deviations": listing_deviations(s),
        "targets": targets(s),
        "matching": matching(s),
        "comparison-source": sources(s),
    }


def numbered(conditions):
    return {one["id"]: {"number": n} for n, one in enumerate(conditions, 1)}


# --- what came in, what was answered


def changes(s):
    def row(days):
        days = [pd.Timestamp(day) if day else None for day in days]
        before = sum(day is None or day < s.period[0] for day in days)
        return {
            "before-period": before,
            "this-period": sum(map(s.within, days)),
            "cumulative": len(days),
        }

    if s.period is None:
        return {}
    enrolled = {one["id"]: one["day"] for one in s.raw["indications"]}
    own = own_events(s)
    dead = [p["end"]["ended_on"] for p in s.treated() if s.ended(p) == "death"]
    told = {
        "newly-registered": [enrolled.get(p["id"]) for p in s.people],
        "newly-treated": [p["given"] for p in s.treated()],
        "new-events": [e["learned"] for e in own],
        "new-serious": [e["learned"] for e in own if e["grave"]],
        "deaths-ended": dead,
        "new-deaths": [e["learned"] for e in own if e["fatal"]],
        "new-deviations": list(s.deviations[s.deviations["on"] <= s.on]["on"]),
        "plan-versions": [
            one["effective_on"]
            for one in s.raw["evaluations"]
            if pd.Timestamp(one["effective_on"]) <= s.on
        ],
    }
    rows = {name: row(days) for name, days in told.items()}
    rows["unconfirmed"] = {
        "before-period": DASH,
        "this-period": DASH,
        "cumulative": unconfirmed(s),
    }
    return rows


#: Part of the plan: file, key in it, what a setting of it is called.
PARTS = (
    *(("pack", "date", "date"), ("visits", "visit", "visit")),
    *(("visits", "criterion", "criterion"), ("visits", "signal", "signal")),
    *(("visits", "form", "form"), ("obligations", "obligation", "rule")),
    *(("obligations", "event", "event"), ("obligations", "booklet", "booklet")),
    *(("obligations", "report", "report"), ("safety", "special", "special")),
)


def unconfirmed(s):
    """What nobody has confirmed; a report that is a convention needs nobody to."""
    plan = s.raw["pack"]
    parts = {f"condition:{c['id']}": c for c in plan["pack"]["product"]["condition"]}
    for file, key, name in PARTS:
        for one in plan[file][key]:
            if key != "report" or "convention" not in one["source"]:
                parts[f"{name}:{one['id']}"] = one
    confirmed = {one["id"] for one in s.raw["settings"] if one["confirmed_on"]}
    return sum(
        one["confidence"] == "unconfirmed" and name not in confirmed
        for name, one in parts.items()
    )


def criteria(s):
    said = {"met": "met", "not-met": "not met", "not-answered": "unknown"}
    frozen = {one["id"]: one["verdicts"] for one in s.raw["indications"]}
    arm = [frozen.get(p["id"], {}) for p in s.arm("treated")]
    broken = s.deviations[s.deviations["on"] <= s.on]["rule"].value_counts()
    rows = {}
    for one in s.raw["pack"]["visits"]["criterion"]:
        answers = pd.Series([each.get(one["id"], "unknown") for each in arm])
        asked = one.get("stage", "enrolment") == "enrolment"
        rows[one["id"]] = {
            **{
                column: int((answers == word).sum()) if asked else DASH
                for column, word in said.items()
            },
            "deviations": int(broken.get(one["id"], 0)),
        }
    return rows


def kits(s):
    aside = s.kits[(s.kits["not_given"] != "") | (s.kits["manufacture"] == "failed")]
    return {
        kit["id"]: {
            "kit": kit["number"],
            "case": kit["subject_id"] or None,
            "ordered": str(kit["ordered_on"].date()),
            "manufacture": kit["manufacture"],
            "why": kit["not_given"] or None,
        }
        for _, kit in aside.iterrows()
    }


# --- events


def who(e):
    """The case ID; of nobody here, the number of the safety case."""
    return e["patient"]["id"] if e["patient"] else e["case"]["id"]


def after(e):
    """Days from the treatment, which is day 0, to the onset."""
    if e["patient"] is None or e["patient"]["given"] is None or not e["onset"]:
        return DASH
    return (pd.Timestamp(e["onset"]) - e["patient"]["given"]).days


def deaths(s):
    fatal = [e for e in own_events(s) if e["fatal"]]
    rows = {
        e["id"]: {
            "case": who(e),
            "after-treatment": after(e),
            "event": e["term"],
            "causality": e["suspected"],
            "expectedness": e["expected"],
            "safety-case": e["case"]["id"],
        }
        for e in fatal
    }
    told = {who(e) for e in fatal}
    for p in s.people:
        if p["id"] in told or p["given"] is None or s.ended(p) != "death":
            continue
        rows[f"ended:{p['id']}"] = {
            "case": p["id"],
            "after-treatment": (pd.Timestamp(p["end"]["ended_on"]) - p["given"]).days,
            **dict.fromkeys(("event", "causality", "expectedness")),
            "safety-case": DASH,
        }
    return rows


def serious(s):
    """Serious, or nobody has said that it is not."""
    return {
        e["id"]: {
            "safety-case": e["case"]["id"],
            "case": who(e),
            "event": e["term"],
            "after-treatment": after(e),
            "why-serious": [name for name, yes in e["serious"].items() if yes] or None,
            "judged": None,
            "outcome": e["outcome"],
        }
        for e in own_events(s)
        if e["grave"] is not False
    }


def first_day(case):
    days = [version["day0"] for _, version in sorted(case["versions"].items())]
    return days[0] if days else None


def drafts(s):
    return {
        one["id"]: {
            "safety-case": one["id"],
            "case": one["subject_id"] or None,
            "title": one["title"],
            "signal": one["signal"] or DASH,
            "since": first_day(one) or one["hospital_aware"],
            "state": one["state"],
        }
        for one in s.raw["cases"]
        if one["state"] not in ("open", "closed")
    }


def foreign(s):
    return {
        one["id"]: {
            "safety-case": one["id"],
            "case-origin": one["origin"],
            "title": one["title"],
            "day-0": first_day(one),
            "event-class": class_of(s, one),
            "state": one["state"],
        }
        for one in s.raw["cases"]
        if one["state"] in ("open", "closed") and one["origin"] in ELSEWHERE
    }


def class_of(s, case):
    """The gravest class of its events, unless a person has chosen one.

    What nobody has decided counts as the graver answer.
    """
    if case["chosen_class"]:
        return case["chosen_class"]
    own = [e for e in s.events if e["case"]["id"] == case["id"]]
    for one in s.raw["pack"]["obligations"]["event"]:
        if any(fits(way, case, e) for way in one.get("when", ()) for e in own or [{}]):
            return one["id"]
    return DASH


def fits(way, case, e):
    said = {
        "fatal": e.get("fatal"),
        "suspected": e.get("suspected", True),
        "serious": e.get("grave") is not False,
        "expected": e.get("known") is True,
        "infection": e.get("infection") is True,
        "frequency": e.get("frequency"),
    }
    asked = {name: want for name, want in way.items() if name != "origin"}
    return case["origin"] in way["origin"] and all(
        said[name] == want for name, want in asked.items()
    )


def listing_events(s):
    return {
        e["id"]: {
            "safety-case": e["case"]["id"],
            "case": who(e),
            "term": e["term"],
            "after-treatment": after(e),
            "serious-word": e["grave"],
            "known-word": e["expected"],
            "cause-word": e["suspected"],
            "outcome": e["outcome"],
        }
        for e in s.events
    }


# --- published series


def window_of(one):
    return [one["first_day"], one["last_day"]] if "first_day" in one else None


def alike(one):
    """Whether its baseline lies in ours; one that is not stated does not."""
    told = window_of(one)
    return bool(told) and OWN_WINDOW[0] <= told[0] and told[1] <= OWN_WINDOW[1]


def comparators(s):
    rows = {}
    for one in s.raw["pack"]["comparators"]["comparator"]:
        same = {"baseline": window_of(one), "comparable": alike(one)}
        if "row" not in one:
            here = len(s.arm("comparison"))
            rows[f"{one['id']}-here"] = {**same, "n": here, "figures": None}
        for n, line in enumerate(one.get("row", ()), 1):
            figures = line["figures"]
            rows[f"{one['id']}-{n}"] = {
                **same,
                "n": line.get("n", DASH),
                "figures": figures,
            }
    return rows


def natural_course(s):
    """Published: from its percentages only where n of N gives them again."""
    rows = {}

    def row(n, total):
        found = share(n, total)
        return {
            "baseline": None,
            "n-of-n": found,
            "exact": found,
            "wilson": limits(found, "wilson"),
        }

    for one in s.raw["pack"]["comparators"]["comparator"]:
        if "share" not in one:
            continue
        grade, by = one["share"]["grade"], one["share"]["by"]
        name = f"{grade}-{by}"
        for cohort, (_, grades, _) in COHORTS.items():
            for arm in ARMS if grade in grades else ():
                own = [
                    min(member["gains"]) >= by
                    for member in s.members(cohort, arm)
                    if not member["why"] and member["grade"] == grade
                ]
                if own:
                    rows[f"{name}-{cohort}-{arm}"] = row(sum(own), len(own))
        for n, line in enumerate(one["row"], 1):
            told = [Decimal(line["figures"][part]) for part in one["share"]["of"]]
            if "n" not in line:
                continue
            people = told
            if not one["share"].get("counted"):
                people = [rounded(part * line["n"] / 100, "1") for part in told]
                back = zip(people, told, strict=True)
                if any(rounded(100 * p / line["n"], t) != t for p, t in back):
                    continue
            rows[f"{name}-{one['id']}-{n}"] = row(int(sum(people)), line["n"])
    return rows


def rounded(value, like):
    return Decimal(value).quantize(Decimal(like), ROUND_HALF_UP)


# --- deviations, limits, what comes next


def listing_deviations(s):
    found = s.deviations[s.deviations["on"] <= s.on]
    return {
        one["id"]: {
            "case": one["subject_id"],
            "on": str(one["on"].date()),
            "kind": one["kind"],
            "deviation": one["rule"],
            "what-found": one["found"].replace("/", " – ")
            if one["kind"] == "window"
            else one["found"] or None,
            "reason": one["reason"],
        }
        for _, one in found.iterrows()
    }


def reasons(s):
    found = s.deviations[s.deviations["on"] <= s.on]["reason"].str.strip()
    counts = sorted(found.value_counts().items(), key=lambda one: (-one[1], one[0]))
    return {
        f"{n}": {"reason": reason, "cumulative-count": count}
        for n, (reason, count) in enumerate(counts, 1)
    }


def lacking_in(s):
    members = [one for cohort in COHORTS for one in s.members(cohort, "treated")]
    whole = [one for one in members if not one["why"]]
    both = (*s.treated(), *s.arm("comparison"))
    told = [
        any(form["instrument"] == "background" for form in p["forms"]) for p in both
    ]
    back = s.raw["consents"]
    held, gone = set(), set()
    for one in back:
        scope = (one["subject_id"], one["scope"])
        taken = one["withdrawn_on"] and pd.Timestamp(one["withdrawn_on"]) <= s.on
        if taken:
            gone.add(scope)
        elif pd.Timestamp(one["signed_on"]) <= s.on:
            held.add(scope)
    found = {
        "control": len(s.arm("comparison")),
        "size": {"n": len(s.treated()), "total": AIM},
        "unblinded": part(not one["blinded"] for one in whole),
        "late-baseline": part(one["late"] for one in whole),
        "without-end": part(one["why"] not in (None, "ahead") for one in members),
        "undecided-grade": part(one["reached"] is None for one in whole),
        "confounders": told.count(False),
        "coding": part(not e["soc"] for e in s.events),
        "drafts": sum(one["state"] == "draft" for one in s.raw["cases"]),
        "consent-back": len({name for name, _ in gone - held}),
        "unconfirmed": unconfirmed(s),
    }
    return {name: {"counted": value} for name, value in found.items()}


def part(tests):
    tests = list(tests)
    return {"n": sum(map(bool, tests)), "total": len(tests)}


def next_visits(s):
    """Owed visits without an exam: open now, within 90 days, within a year."""
    rows = {}
    for p in s.people:
        if s.ended(p) is not None:
            continue
        for visit, (first, _, last) in p["windows"].items():
            if p["counted"][visit] is not None or last < s.on:
                continue
            away = (first - s.on).days
            when = "open-now" if away <= 0 else "within-90" if away <= 90 else ""
            when = when or ("within-year" if away <= 365 else "")
            if when:
                none = dict.fromkeys(("open-now", "within-90", "within-year"), 0)
                rows.setdefault(visit, none)[when] += 1
    return rows


# --- R3: who is compared


def targets(s):
    def evaluable(arm):
        return sum(not one["why"] for c in COHORTS for one in s.members(c, arm))

    return {
        "target-treated": {
            "target": AIM,
            "enrolled": len(s.arm("treated")),
            "treated": len(s.treated()),
            "evaluable": evaluable("treated"),
            "of-target": share(min(len(s.treated()), AIM), AIM),
        },
        "target-comparison": {
            "target": None,
            "enrolled": len(s.arm("comparison")),
            "treated": DASH,
            "evaluable": evaluable("comparison"),
            "of-target": DASH,
        },
    }


def matching(s):
    courses = [p["course"] for p in s.arm("comparison")]
    names = [one["id"] for one in s.raw["pack"]["pack"]["matching"]]
    told = {
        name: sum(bool(c["matching"].get(name, "").strip()) for c in courses)
        for name in names
    }
    told["matched-to"] = sum(bool(course["matched_to"]) for course in courses)
    return {name: {"known": share(n, len(courses))} for name, n in told.items()}


def sources(s):
    arms = {"users": s.treated(), "non-users": s.arm("comparison")}

    def split(of):
        return {
            name: share(sum(map(of, people)), len(people))
            for name, people in arms.items()
        }

    frozen = {one["id"]: one for one in s.raw["indications"]}

    def judged(p):
        told = set(frozen.get(p["id"], {}).get("verdicts", {}).values())
        if "not met" in told:
            return "not-met"
        return "met" if told == {"met"} else "open"

    def source(p):
        return p["course"].get("source", "").strip()

    rows = {}
    texts = sorted({source(p) for p in arms["non-users"]} - {""})
    for n, text in enumerate(texts, 1):
        rows[f"source-{n}"] = split(lambda p, text=text: source(p) == text)
    rows["source-none"] = split(lambda p: not source(p))
    for row in rows.values():
        row["users"] = DASH
    for site in {p["id"].split("-")[0] for people in arms.values() for p in people}:
        rows[f"site-{site}"] = split(lambda p, s=site: p["id"].split("-")[0] == s)
    days = {
        "injured": lambda p: p["injury_date"],
        "enrolled": lambda p: frozen.get(p["id"], {}).get("day"),
    }
    for name, of in days.items():
        found = {arm: [of(p) for p in people] for arm, people in arms.items()}
        rows[name] = {
            arm: [min(filter(None, told)), max(filter(None, told))]
            for arm, told in found.items()
        }
    for name in ("met", "not-met", "open"):
        rows[f"criteria-{name}"] = split(lambda p, name=name: judged(p) == name)
    return rows
