"""R7, R8, R9, R10 and the log of R6 again, from raw records (as recompute.py does)."""

import pandas as pd

from tests.spec.recompute import COHORTS
from tests.spec.recomputed_listings import class_of, who
from tests.spec.recomputed_tables import classed, patients_of

#: The day from which the half years of the infection report count.
INFECTION_BASE = pd.Timestamp(2018, 12, 28)
HALF = pd.DateOffset(months=6)
DAY = pd.Timedelta(days=1)
#: A record of a use is kept for so long: the longest of all rules (RC-1).
KEPT = pd.DateOffset(years=30)
#: Results of a study are overdue after a year.
YEAR = pd.DateOffset(months=12)


def reports(s):
    """Every table of R7 to R10 by its id."""
    return {
        "e9-terms": unknown_terms(s),
        "e9-listing": unknown_events(s),
        "e9-not-reportable": not_reportable(s),
        "e9-undecided": undecided(s),
        "arithmetic": half_year(s),
        "shipped": shipped(s),
        **infections(s),
        **use_record(s),
        **disclosure(s),
    }


def iso(day):
    return None if day is None or pd.isna(day) else str(pd.Timestamp(day).date())


# --- R7: not serious, not in the label, and the product may have caused it


def unknown(s):
    def belongs(e):
        compared = e["patient"] is not None and e["patient"]["arm"] == "comparison"
        if not e["case"]["reportable"] or not e["suspected"] or compared:
            return False
        if e["case"]["chosen_class"] == "E9":
            return e["grave"] is not True and e["known"] is not True
        return e["grave"] is False and e["known"] is False

    return [e for e in s.events if belongs(e)]


def lately(s, e):
    return s.period is None or s.within(e["learned"])


def unknown_terms(s):
    rows = {}
    for name, events in classed(unknown(s)).items():
        now = [e for e in events if lately(s, e)]
        rows[name] = {
            "patients": patients_of([e for e in now if e["patient"]]),
            "this-period": len(now),
            "cumulative": len(events),
        }
    rows.pop("any")
    return rows


def unknown_events(s):
    return {
        e["id"]: {
            "safety-case": e["case"]["id"],
            "case": who(e),
            "term": e["term"],
            "onset-date": e["onset"],
            "learned": iso(e["learned"]),
            "label": e["label"] or None,
            "outcome": e["outcome"],
            "event-class": class_of(s, e["case"]),
        }
        for e in unknown(s)
        if lately(s, e)
    }


def not_reportable(s):
    """Of that class once, by a person or a version, and not any more."""
    inside = {e["case"]["id"] for e in unknown(s)}
    now = {e["case"]["id"] for e in unknown(s) if lately(s, e)}
    rows = {}
    for one in s.raw["cases"]:
        versions = list(one["versions"].values())
        days = [pd.Timestamp(version["day0"]) for version in versions]
        was = "E9" in (one["chosen_class"], *(v["event_class"] for v in versions))
        within = any(s.period is None or s.within(day) for day in days)
        gone = not one["reportable"] or one["state"] == "not a case"
        if one["state"] == "draft" or one["id"] in now or not (was and within):
            continue
        if gone or one["id"] not in inside:
            rows[one["id"]] = {
                "safety-case": one["id"],
                "case": one["subject_id"],
                "title": one["title"],
                "why-not": one["closed_why"] if gone and one["closed_why"] else None,
            }
    return rows


def undecided(s):
    rows = {}
    for e in s.events:
        compared = e["patient"] is not None and e["patient"]["arm"] == "comparison"
        unsaid = e["grave"] is None or e["known"] is None
        mild = e["grave"] is not True and e["suspected"]
        if mild and unsaid and not compared and lately(s, e):
            rows[e["id"]] = {
                "safety-case": e["case"]["id"],
                "event": e["term"],
                "seriousness": e["grave"],
                "expectedness": e["expected"],
            }
    for one in s.raw["cases"]:
        if one["state"] == "draft":
            rows[one["id"]] = {
                "safety-case": one["id"],
                "event": one["title"],
                "seriousness": "draft",
                "expectedness": None,
            }
    return rows


# --- R8: the half year that has ended last


def half(s):
    """Its number, its first and its last day."""
    until = s.period[1] if s.period else s.on
    n = 1
    while INFECTION_BASE + (n + 1) * HALF - DAY <= until:
        n += 1
    return n, INFECTION_BASE + (n - 1) * HALF, INFECTION_BASE + n * HALF - DAY


def half_year(s):
    """Due a month after its end, two where a translation is needed."""
    _, first, last = half(s)
    due = last + pd.DateOffset(months=1)
    goal = due
    while goal.weekday() > 4:  # no holiday falls on these days
        goal -= DAY
    days = (INFECTION_BASE, first, last, due, goal, last + pd.DateOffset(months=2))
    return {f"{n}": {"on": iso(day)} for n, day in enumerate(days, 1)}


def shipped(s):
    _, first, last = half(s)
    days = {
        "kits-ordered": s.kits["ordered_on"],
        "kits-given": s.kits["given_on"],
        "kits-not-given": s.kits["not_given_on"],
    }
    states = {"made": "succeeded", "failed": "failed", "pending": "pending"}
    for name, state in states.items():
        made = s.kits["manufacture"] == state
        days[f"kits-{name}"] = s.kits["ordered_on"].where(made)
    return {
        name: {
            "in-period": int(found.between(first, last).sum()),
            "so-far": int((found <= s.on).sum()),
        }
        for name, found in days.items()
    }


def infections(s):
    """Cases of an infection, or that a person called one, learned of in the half."""
    _, first, last = half(s)
    tables = {"research": {}, "occurrence": {}, "foreign": {}}
    events = pd.DataFrame(s.raw["events"])
    for one in s.raw["cases"]:
        own = events[(events["case_id"] == one["id"]) & events["infection"].eq(True)]
        days = [pd.Timestamp(v["day0"]) for v in one["versions"].values()]
        item = len(own) or one["chosen_class"].startswith("infection")
        out = one["state"] == "not a case" or not one["reportable"]
        if out or not item or not any(first <= day <= last for day in days):
            continue
        kind = "occurrence"
        if one["origin"] in ("research", "literature"):
            kind = "research"
        elif one["origin"] == "foreign action":
            kind = "foreign"
        sent = [v["sent_on"] for v in one["versions"].values() if v["sent_on"]]
        begun = [day for day in own["onset"] if day]
        tables[kind][f"{len(tables[kind]) + 1}"] = {
            "case": one["id"],
            "origin": one["origin"],
            "what": list(own["what"]) if len(own) else one["title"],
            "onset": min(begun, default=None),
            "day-0": iso(min(days)),
            "sent": min(sent, default=None),
        }
    return tables


# --- R9 and R10


def use_record(s):
    """Every kit that was given, by its day; a table for each year."""
    given = s.kits[s.kits["given_on"] <= s.on].to_dict("records")
    kept = {kit["subject_id"] for kit in given}
    uses = [(kit["given_on"], kit["subject_id"], kit["lot"]) for kit in given]
    uses += [(p["given"], p["id"], "") for p in s.treated() if p["id"] not in kept]
    tables = {}
    for n, (day, subject, lot) in enumerate(sorted(uses), 1):
        tables.setdefault(f"uses-{day.year}", {})[f"{n}"] = {
            "entry": n,
            "used-on": iso(day),
            "lot": lot or None,
            "case": subject,
            "sex": s.by_id[subject]["sex"],
            **dict.fromkeys(("name", "born", "address")),
            "keep-until": iso(day + KEPT),
        }
    return tables


def disclosure(s):
    found = sorted(
        s.raw["publications"],
        key=lambda p: (
            p["registered_on"] or p["results_on"] or "9999",
            p["number"],
            p["id"],
        ),
    )
    studies = [one for one in found if one["kind"] == "trial"]
    papers = [one for one in found if one["kind"] != "trial"]

    def days(one):
        if not one["ended_on"] or pd.Timestamp(one["ended_on"]) > s.on:
            return None
        return (s.on - pd.Timestamp(one["ended_on"])).days

    def results(one):
        posted = one["results_on"]
        if posted and pd.Timestamp(posted) <= s.on:
            return posted
        if not one["ended_on"]:
            return None
        due = pd.Timestamp(one["ended_on"]) + YEAR
        return {"due": iso(due), "days": (due - s.on).days}

    return {
        "studies": {
            f"{n}": {
                "registered-on": one["registered_on"],
                "ended-on": one["ended_on"],
                "since-end": days(one),
                "results": results(one),
                **typed(one, "number", "title"),
            }
            for n, one in enumerate(studies, 1)
        },
        "papers": {
            f"{n}": {
                "published-on": one["results_on"],
                "where": one["results_where"] or None,
                **typed(one, "kind", "title", "doi"),
            }
            for n, one in enumerate(papers, 1)
        },
        "interests": {
            f"{n}": typed(one, "title", "doi", "funder", "conflicts")
            for n, one in enumerate(found, 1)
        },
    }


def typed(one, *names):
    return {name: one[name] or None for name in names}


# --- R6


def log(s):
    """The rows of the log, without its words."""

    def grouped(p):
        number = f"{[*COHORTS].index(p['cohort']) + 1}" if p["cohort"] else ""
        base = p["counted"]["baseline"]
        return {"number": number, "grade": ",".join(base["ais"]) if base else ""}

    def signed(p, scope):
        days = [c["signed_on"] for c in p["consents"] if c["scope"] == scope]
        return min(days, default=None)

    def withdrawn(p):
        own = sorted(p["consents"], key=lambda c: (c["signed_on"], c["id"]))
        return [
            [c["scope"], c["withdrawn_on"]]
            for c in own
            if c["withdrawn_on"] and pd.Timestamp(c["withdrawn_on"]) <= s.on
        ]

    def common(p, scope):
        return {
            "case": p["id"],
            "injury": p["injury_date"],
            "grouped": grouped(p),
            "consented": signed(p, scope),
            "withdrawn": withdrawn(p),
        }

    names = ("decision", "blood-1", "blood-2", "marrow")
    treated = []
    for n, p in enumerate(sorted(s.arm("treated"), key=lambda p: p["id"]), 1):
        own = p["kits"].sort_values(["ordered_on", "number"]).to_dict("records")
        dates = p["course"].get("dates", {})
        for k, kit in enumerate(own or [{}], 1):
            told = [dates[name] for name in names if name in dates]
            given = kit.get("given_on") if kit else p["given"]
            treated.append(
                {
                    **common(p, "treatment"),
                    "number": f"{n}" if k == 1 else f"{n}-{k}",
                    "kit": kit.get("number", ""),
                    "lot": kit.get("lot", ""),
                    "ordered": iso(kit.get("ordered_on")),
                    "collected": told if k == 1 else [],
                    "given": iso(given),
                    "not_given": kit.get("not_given", ""),
                    "not_given_on": iso(kit.get("not_given_on")),
                    "status": status(s, p, kit),
                }
            )
    compared = sorted(s.arm("comparison"), key=lambda p: p["id"])
    return {
        "sum": reconciled(s),
        "treated": treated,
        "strays": [
            {
                "kit": kit["number"],
                "lot": kit["lot"],
                "ordered": iso(kit["ordered_on"]),
                "not_given": kit["not_given"],
            }
            for _, kit in s.kits.sort_values("number").iterrows()
            if not kit["subject_id"]
        ],
        "comparison": [
            {
                **common(p, "follow-up"),
                "number": f"{n}",
                "source": p["course"].get("source", ""),
                "matched_to": p["course"].get("matched_to", ""),
                "matching": [
                    p["course"]["matching"][one["id"]]
                    for one in s.raw["pack"]["pack"]["matching"]
                    if one["id"] in p["course"]["matching"]
                ],
                "status": status(s, p, None),
            }
            for n, p in enumerate(compared, 1)
        ],
    }


def status(s, p, kit):
    """How the case stands: as the last column says it."""
    if kit and kit["not_given"]:
        return "not-given"
    if s.ended(p) is not None:
        return "ended"
    if p["given"] is not None or kit is None:
        return "followed"
    return "pending" if kit else "no-kit"


def reconciled(s):
    """Ordered = given + not given + pending."""
    given, aside = s.kits["given_on"].notna(), s.kits["not_given"] != ""
    return {
        "ordered": len(s.kits),
        "given": int(given.sum()),
        "not_given": int((aside & ~given).sum()),
        "pending": int((~given & ~aside).sum()),
        "unmatched": sorted(s.kits[s.kits["subject_id"] == ""]["number"]),
    }
