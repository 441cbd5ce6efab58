"""R2 again from raw records: the clocks of a safety case, days, amounts, versions."""

import pandas as pd

from tests.spec.recompute import CRITERIA, DASH, judged
from tests.spec.recomputed_duties import duties, standing
from tests.spec.recomputed_reports import iso

#: Sources that a judgement of causality is given for.
SOURCES = ("product", "harvest", "procedure", "injury")


def case_tables(s, number):
    """The tables with figures of one case."""
    case = next(one for one in s.raw["cases"] if one["id"] == number)
    events = sorted(
        (e for e in s.raw["events"] if e["case_id"] == number), key=lambda e: e["id"]
    )
    p = s.by_id.get(case["subject_id"])
    own = [] if p is None else kits_of(s, p)
    return {
        "clocks": clocks_of(s, number),
        "kits": numbered(kit_row(kit) for kit in own),
        "amounts": numbered(row for kit in own for row in amounts(s, kit)),
        "events": numbered(happened(n, e, p) for n, e in enumerate(events, 1)),
        "seriousness": numbered(grave(n, e) for n, e in enumerate(events, 1)),
        "causality": {
            f"{n}-{source}": {
                "number": n,
                "what": e["what"],
                "suspect": source,
                "by-reporter": e["by_reporter"].get(source),
                "by-holder": e["by_holder"].get(source),
            }
            for n, e in enumerate(events, 1)
            for source in SOURCES
        },
        "versions": numbered(
            {
                "version": version,
                "clock-day-0": told["day0"],
                "class-then": told["event_class"] or None,
                "new": told["what"] or None,
                "significant": told["significant"],
                "sent-on": told["sent_on"],
                "receipt": told["receipt"] or DASH,
            }
            for version, told in sorted(case["versions"].items())
        ),
    }


def numbered(rows):
    return {f"{n}": row for n, row in enumerate(rows, 1)}


def clocks_of(s, number):
    """By the day each ends on."""
    own = [one for one in duties(s) if one["key"].split(":")[1:2] == [number]]
    own.sort(key=lambda one: (one["due"], one["key"]))
    return numbered(
        {
            "clock-owner": one["owner"],
            "clock-rule": one["rule"],
            "clock-version": (one["key"].split(":")[2:3] or ["1"])[0],
            "clock-day-0": iso(one["aware"]),
            "distance": None,
            "due": iso(one["due"]),
            "target": iso(business_day(one["due"])),
            "standing": colour(s, one),
        }
        for one in own
    )


def business_day(day):
    """That day or the one before a weekend or the closing of the year.

    No other holiday falls on the days here.
    """
    while day.weekday() > 4 or (day.month, day.day) >= (12, 29):
        day -= pd.Timedelta(days=1)
    return day


def colour(s, one):
    state = standing(s, one)
    if state.startswith("done"):
        return "done"
    if state != "still-open":
        return {"late-now": "late", "not-owed": "not applicable"}[state]
    left = (one["due"] - s.on).days
    return "red" if left <= 7 else "amber" if left <= 30 else "green"


def kits_of(s, p):
    return p["kits"].sort_values("number").to_dict("records")


def kit_row(kit):
    state = "given" if not pd.isna(kit["given_on"]) else "pending"
    return {
        "kit": kit["number"],
        "lot": kit["lot"] or None,
        "given-on": iso(kit["given_on"]),
        "kit-state": "not given" if kit["not_given"] else state,
        "route": kit["route"] or None,
    }


def amounts(s, kit):
    """What was written of it, and the cells per kg of body weight from two of these."""
    if pd.isna(kit["given_on"]):
        return
    told = {name: float(text) for name, text in kit["amounts"].items()}
    if "cells" in told and "weight" in told:
        told["cells-per-kg"] = round(told["cells"] / told["weight"], 1)
    for one in s.raw["pack"]["pack"]["product"]["quantity"]:
        if one["id"] in told:
            unit = one["unit"]
            yield {
                "kit": kit["number"],
                "quantity": one["id"],
                "amount": told[one["id"]],
                "unit": unit
                if (unit := one["unit"]["ja"]) == one["unit"]["en"]
                else None,
            }


def happened(n, e, p):
    def since(day):
        if day is None:
            return DASH
        if not e["onset"]:
            return None
        return (pd.Timestamp(e["onset"]) - day).days

    return {
        "number": n,
        "what": e["what"],
        "coded": e["coded"] or None,
        "onset": e["onset"],
        "from-injury": since(p and p["injury"]),
        "from-treatment": since(p and p["given"]),
        "ended": e["ended"],
    }


def grave(n, e):
    said = e["serious"]
    told = said
    if len(said) < CRITERIA and not any(said.values()):
        told = {"met": [], "open": CRITERIA - len(said)}
    return {
        "number": n,
        "serious": judged(e)["grave"],
        "criteria": told,
        "outcome": e["outcome"],
        "infection": e["infection"],
    }
