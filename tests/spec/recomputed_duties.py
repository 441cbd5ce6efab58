"""What is owed, until when and how it stands, again from raw records and the plan.

Counted as REGULATION.md says: the first day is not counted, no holiday extends a
deadline, a clock starts on the day the holder (or the hospital) learned of the case.
"""

import re

import pandas as pd

from tests.spec.recompute import VISITS
from tests.spec.recomputed_listings import unconfirmed
from tests.spec.recomputed_reports import iso

#: The approval of the product; its term is seven years.
APPROVAL = pd.Timestamp(2018, 12, 28)
APPLIED = pd.Timestamp(2025, 11, 14)
TERM = APPROVAL + pd.DateOffset(years=7)
#: The rule of infection reports changes on this day.
NEW_RULE = pd.Timestamp(2026, 5, 1)
#: Periods that begin so soon are owed already, and these days are printed.
SOON = pd.Timedelta(days=90)
DAY = pd.Timedelta(days=1)


def span(text):
    """``P30D`` as a distance."""
    sign, number, unit = re.fullmatch(r"(-?)P(\d+)([DMY])", text).groups()
    unit = {"D": "days", "M": "months", "Y": "years"}[unit]
    return pd.DateOffset(**{unit: int(f"{sign}{number}")})


def duties(s):
    """Every duty: rule, name, key, case, the day it is due, when done, whether owed."""
    settled = {one["id"]: one for one in s.raw["settled"]}
    rules = {one["id"]: one for one in s.raw["pack"]["obligations"]["obligation"]}
    found = [
        *of_product(s, rules),
        *clocks(s, rules),
        *(one for p in s.people for one in of_patient(s, p, rules, settled)),
    ]
    for one in found:
        how = settled.get(one["key"], {})
        days = [one.get("done"), stamp(how.get("done_on"))]
        one["done"] = min((day for day in days if day is not None), default=None)
        one["out"] = one.get("out", False) or bool(how.get("not_applicable"))
        one["name"] = one.get("name") or rules[one["rule"]]["name"]["en"]
        one["owner"] = rules[one["rule"]]["owner"] if one["rule"] in rules else ""
    return found


def stamp(day):
    return pd.Timestamp(day) if day else None


def of_product(s, rules):
    for rule, every, grace in (("O6", 12, 2), ("infection", 6, 1)):
        n, first = 1, APPROVAL
        while first <= s.on + SOON:
            last = APPROVAL + pd.DateOffset(months=every * n) - DAY
            name = rule
            if rule == "infection":
                name = "O8" if last >= NEW_RULE else "O8-old"
            due = last + pd.DateOffset(months=grace)
            yield {"rule": name, "key": f"{rule}:{n}", "case": "", "due": due}
            n, first = n + 1, last + DAY
    yield {"rule": "O1", "key": "O1", "case": "", "due": TERM, "done": APPLIED}
    for rule in ("T-24", "T-12", "T-6"):
        # The application came in time: nothing of the way there is owed any more.
        due = TERM + span(rules[rule]["due"])
        yield {"rule": rule, "key": rule, "case": "", "due": due, "out": True}
    dates = {one["id"]: one.get("value") for one in s.raw["pack"]["pack"]["date"]}
    for rule in ("O2", "O16"):
        day = stamp(dates.get(rules[rule]["counts_from"]))
        yield {"rule": rule, "key": rule, "case": "", "due": day}
    for _, kit in s.kits.iterrows():
        # A kit that belongs to somebody is no gap of the reconciliation.
        same = {"key": f"K1:{kit['id']}", "case": kit["subject_id"]}
        owed = {"due": kit["ordered_on"], "out": bool(kit["subject_id"])}
        yield {"rule": "K1", **same, **owed}


def clocks(s, rules):
    """From the day of whoever the rule is about; of later information anew."""
    for one in s.raw["occurrences"]:
        for rule, told in rules.items():
            if told["kind"] not in ("clock", "alarm") or one["event"] not in told["on"]:
                continue
            aware = stamp(one[f"{told['counts_from']}_aware"])
            if aware is None:
                continue
            same = {"rule": rule, "case": one["subject_id"], "aware": aware}
            # An alarm is no deadline: nothing is early or late by it once it is done.
            same |= {"out": not one["reportable"], "alarm": told["kind"] == "alarm"}
            found = {**same, "key": f"{rule}:{one['id']}"}
            if told.get("done_by") == "holder":
                found["done"] = stamp(one["holder_aware"])
            yield {**found, "due": aware + span(told["due"])}
            for n, day in one["follow_ups"].items() if told.get("restarts") else ():
                due = stamp(day) + span(told["due"])
                again = {"key": f"{rule}:{one['id']}:{n}", "aware": stamp(day)}
                yield {**same, **again, "due": due}


def of_patient(s, p, rules, settled):
    stopped = stamp(p["end"]["ended_on"]) if s.ended(p) else None

    def open_then(due, done):
        return stopped is not None and done is None and due >= stopped

    def duty(rule, key, due, done, out=None, **more):
        out = open_then(due, done) if out is None else out
        return {
            "rule": rule,
            "key": f"{key}:{p['id']}",
            "case": p["id"],
            "due": due,
            "done": done,
            "out": out,
            **more,
        }

    names = {one["id"]: one["name"]["en"] for one in s.raw["pack"]["visits"]["visit"]}
    for visit in VISITS:
        last = p["windows"][visit][2]
        form = p["counted"][visit]
        done = form["day"] if form else None
        yield duty(visit, f"visit:{visit}", last, done, name=names[visit])
        for book in s.raw["pack"]["obligations"]["booklet"]:
            if book["after"] != visit:
                continue
            day = last
            for step in book["step"]:
                key = f"booklet:{book['id']}:{step['id']}"
                how = settled.get(f"{key}:{p['id']}", {})
                name = f"{book['name']['en']}: {step['name']['en']}"
                due = None if day is None else day + span(step["due"])
                day = stamp(how.get("done_on"))
                # Its papers go with the visit: they are owed if it was owed.
                gone = day is None and open_then(last, done)
                yield duty(book["id"], key, due, day, out=gone, name=name)
                if day is None and not gone:
                    break
    if p["arm"] == "treated":
        due = p["injury"] + span(rules["O13"]["due"])
        done = stamp(p["course"].get("dates", {}).get("marrow"))
        yield duty("O13", "O13", due, done)


def standing(s, one):
    if one["out"]:
        return "not-owed"
    if one["done"] is not None:
        late = one["due"] is not None and one["done"] > one["due"]
        return "done-late" if late else "done"
    late = one["due"] is not None and s.on > one["due"]
    return "late-now" if late else "still-open"


def ledger_tables(s):
    """The duties of the product in R1: how they stand, and what comes next."""
    own = [one for one in duties(s) if not one["case"]]
    states = ("done", "done-late", "late-now", "still-open", "not-owed")
    rows = {}
    for one in own:
        row = rows.setdefault(one["rule"], dict.fromkeys(states, 0))
        row |= {"rule": one["rule"], "duty": None, "owner": one["owner"]}
        row[standing(s, one)] += 1
    return {
        "duties": rows,
        "next-duties": {
            one["key"]: {
                "rule": one["rule"],
                "duty": None,
                "due": iso(one["due"]),
                "standing": (one["due"] - s.on).days,
            }
            for one in own
            if one["owner"] == "mah"
            and one["due"] is not None
            and standing(s, one) in ("late-now", "still-open")
        },
    }


def ledger(s):
    """R4: what is late and what is due in 90 days, and how much is done or not owed.

    Late and ahead: name, case, days late (or left, negative). Counts: by their colour,
    and of each name: how many are done, when the last was, by how many days after its
    day the latest of them; how many are not owed.
    """
    every = duties(s)
    found = pd.DataFrame(every)
    found["state"] = [standing(s, one) for one in every]
    found["days"] = (s.on - found["due"]).dt.days
    late = found[found["state"] == "late-now"]
    ahead = found[(found["state"] == "still-open") & (found["due"] <= s.on + SOON)]
    left = -ahead["days"]
    done = found[found["state"].str.startswith("done")]
    dates = done.groupby("name")["done"].max()
    taken = (done["done"] - done["due"]).dt.days.where(done["alarm"].ne(True))
    worst = taken.groupby(done["name"]).max()
    gone = found[found["state"] == "not-owed"]
    return {
        "late": lines_of(late),
        "ahead": lines_of(ahead),
        "counts": {
            "late": len(late),
            "red": int((left <= 7).sum()),
            "amber": int(left.between(8, 30).sum()),
            "green": int((left > 30).sum()),
            "to_confirm": unconfirmed(s),
        },
        "lanes": {
            name: own["days"].mul(-1).value_counts().to_dict()
            for name, own in ahead.groupby("name")
        },
        "done": {
            name: (
                n,
                iso(dates[name]),
                None if pd.isna(worst[name]) else int(worst[name]),
            )
            for name, n in done["name"].value_counts().items()
        },
        "not-owed": gone["name"].value_counts().to_dict(),
    }


def lines_of(found):
    return sorted(found[["name", "case", "days"]].itertuples(index=False, name=None))
