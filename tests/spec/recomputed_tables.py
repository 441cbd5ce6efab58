"""Each table of R1 and R3 as the raw records give it: row, column, figure."""

import pandas as pd

from tests.spec.recompute import (
    ARMS,
    COHORTS,
    DASH,
    DRAWN,
    GRADES,
    VISITS,
    expected_at,
    kappas,
    knew,
    limits,
    middle,
    share,
    tenths,
)

ENDS = ("completed", "lost", "death", "withdrawn", "transferred")
SCOPES = ("treatment", "follow-up", "provision")
QUANTITIES = ("cells", "weight", "cells-per-kg", "flow", "dilution", "blood")
REASONS = ("not-primary", "ahead", "ended", "missing", "ungraded")
LOST = ("missing", "ended", "ungraded", "not-primary")


def tables(survey):
    """Every table by its id."""
    return {
        "distribution": distribution(survey),
        "dose": dose(survey),
        "flow": flow(survey),
        "disposition": disposition(survey),
        "cohorts": cohorts(survey),
        "baseline": baseline(survey),
        "exposure": exposure(survey),
        "events-summary": events_summary(survey),
        "events-by-soc": by_class(survey),
        "reactions-by-soc": reactions(survey),
        "causality": causality(survey),
        "causality-by-term": causality_by_term(survey),
        "special": special(survey),
        "shift": shift(survey),
        "responders": responders(survey),
        "sensitivity": sensitivity(survey),
        **{f"trajectory-{n}": trajectory(survey, n) for n in MEASURES},
        "change-scim": change(survey, "scim"),
        "change-wisci": change(survey, "wisci"),
        "missing": missing(survey),
        "blinding": blinding(survey),
        "unblindings": unblindings(survey),
        "listing-unblindings": listing_unblindings(survey),
        "kappa": agreement(survey),
        "outside": outside(survey),
        "deviations": deviations(survey),
        "listing-subjects": listing_subjects(survey),
        "lots": lots(survey),
    }


# --- R1 sections 4 to 6


def distribution(s):
    kits = s.kits[s.kits["ordered_on"] <= s.on]
    failed = kits["manufacture"] == "failed"
    given, aside = kits["given_on"].notna(), kits["not_given"] != ""
    now = s.now(kits["ordered_on"])
    fates = {
        "ordered": pd.Series(True, index=kits.index),
        "given": given,
        "failed": failed,
        "not-given": aside & ~failed,
        "pending": ~given & ~aside & ~failed,
        "unmatched": kits["subject_id"] == "",
    }
    rows = {
        name: {
            "this-period": s.in_period(int((of & now).sum())),
            "cumulative": int(of.sum()),
        }
        for name, of in fates.items()
    }
    four = ("given", "failed", "not-given", "pending")
    rows["difference"] = {
        column: rows["ordered"][column] - sum(rows[name][column] for name in four)
        if rows["ordered"][column] != DASH
        else DASH
        for column in ("this-period", "cumulative")
    }
    then = kits[s.now(kits["given_on"])]
    rows["given-then"] = {"this-period": s.in_period(len(then)), "cumulative": DASH}
    sites = [
        found["subject_id"].str.split("-").str[0].nunique()
        for found in (then, kits[given])
    ]
    rows["sites"] = {"this-period": s.in_period(sites[0]), "cumulative": sites[1]}
    return rows


def amounts(one):
    """What was written of the kit that was given; per kg from two of them."""
    given = one["kits"][one["kits"]["given_on"].notna()]
    written = given.sort_values("given_on")["amounts"].iloc[-1]
    found = {name: float(text) for name, text in written.items()}
    if found.get("cells") is not None and found.get("weight"):
        found["cells-per-kg"] = found["cells"] / found["weight"]
    return found


def dose(s):
    given = [p for p in s.people if p["kits"]["given_on"].notna().any()]
    rows = {}
    for name in QUANTITIES:
        known = [a[name] for p in given if name in (a := amounts(p))]
        rows[name] = {
            "known": len(known),
            "missing": len(given) - len(known),
            "median": middle(known),
            "range": [min(known), max(known)] if known else DASH,
        }
    return rows


def flow(s):
    def arm(name):
        everybody = pd.DataFrame(
            {
                "given": p["given"] is not None and p["given"] <= s.on,
                "aside": len(p["kits"]) > 0 and (p["kits"]["not_given"] != "").all(),
                "based": p["counted"]["baseline"] is not None,
                "cohort": p["cohort"] or ("open" if p["open"] else "none"),
                "why": {
                    one["patient"]["id"]: one["why"]
                    for cohort in COHORTS
                    for one in s.members(cohort, name)
                }.get(p["id"]),
            }
            for p in s.arm(name)
        )
        users = everybody
        found = {"registered": len(everybody)}
        if name == "treated":
            users = everybody[everybody["given"]]
            never = everybody[~everybody["given"]]
            found["set-aside"] = int(never["aside"].sum())
            found["waiting"] = len(never) - found["set-aside"]
            found["treated"] = len(users)
        based = users[users["based"]]
        inside = based[based["cohort"].isin(list(COHORTS))]
        found["without-baseline"] = len(users) - len(based)
        found["with-baseline"] = len(based)
        found["out-of-cohort"] = int((based["cohort"] == "none").sum())
        found["cohort-open"] = int((based["cohort"] == "open").sum())
        found["in-cohort"] = len(inside)
        for why in REASONS:
            found[f"why-{why}"] = int((inside["why"] == why).sum())
        found["evaluable"] = int(inside["why"].isna().sum())
        return found

    treated, comparison = (arm(name) for name in ARMS)
    return {
        row: {"treated-arm": n, "comparison": comparison.get(row, DASH)}
        for row, n in treated.items()
    }


def disposition(s):
    def row(of, *, treated_only=False):
        found = [sum(bool(of(p)) for p in s.arm(arm)) for arm in ARMS]
        return {
            "treated-arm": found[0],
            "comparison": DASH if treated_only else found[1],
        }

    def given(p):
        return p["given"] is not None and p["given"] <= s.on

    def aside(p):
        kits = p["kits"]
        return not given(p) and len(kits) > 0 and (kits["not_given"] != "").all()

    def back(scope):
        def found(p):
            own = [c for c in p["consents"] if c["scope"] == scope]
            days = [c["withdrawn_on"] for c in own]
            gone = any(day and pd.Timestamp(day) <= s.on for day in days)
            holds = any(
                pd.Timestamp(c["signed_on"]) <= s.on
                and not (c["withdrawn_on"] and pd.Timestamp(c["withdrawn_on"]) <= s.on)
                for c in own
            )
            return gone and not holds

        return found

    return {
        "registered": row(lambda _: True),
        "treated": row(given, treated_only=True),
        "set-aside": row(aside, treated_only=True),
        "waiting": row(lambda p: not given(p) and not aside(p), treated_only=True),
        "under-observation": row(lambda p: s.ended(p) is None),
        "follow-up-ended": row(s.ended),
        **{f"ended:{why}": row(lambda p, why=why: s.ended(p) == why) for why in ENDS},
        "with-baseline": row(lambda p: p["counted"]["baseline"] is not None),
        "without-baseline": row(lambda p: p["counted"]["baseline"] is None),
        **{f"consent-back:{scope}": row(back(scope)) for scope in SCOPES},
    }


def cohorts(s):
    rows = {}
    for cohort, (endpoint, _, _) in COHORTS.items():
        for arm in ARMS:
            found = s.members(cohort, arm)
            whole = [one for one in found if not one["why"]]
            lost = [one for one in found if one["why"] not in (None, "ahead")]
            rows[f"{endpoint}:{arm}"] = {
                "members": len(found),
                "evaluable": share(len(whole), len(found)),
                "of-these-open": sum(one["reached"] is None for one in whole),
                "not-due": sum(one["why"] == "ahead" for one in found),
                "lost-to-analysis": len(lost),
            }
    rest = ("evaluable", "of-these-open", "not-due", "lost-to-analysis")
    for name, still in (("out-of-cohort", False), ("cohort-open", True)):
        for arm in ARMS:
            none = [
                p
                for p in s.looked_at(arm)
                if p["cohort"] is None and p["open"] is still
            ]
            rows[f"{name}:{arm}"] = {"members": len(none), **dict.fromkeys(rest, DASH)}
    never = len(s.never_given())
    rows["never-given"] = {"members": never, **dict.fromkeys(rest, DASH)}
    return rows


def height(level):
    if level.startswith("I"):
        return "intact"
    number = int("".join(c for c in level[1:].split("-")[0] if c.isdigit()) or 0)
    if level[0] == "C":
        return "c1-c4" if number <= 4 else "c5-c8"
    return "t1-t9" if level[0] == "T" and number <= 9 else "t10-below"


def only(groups):
    groups = set(groups)
    return "missing" if not groups else groups.pop() if len(groups) == 1 else "open"


def baseline(s):
    arms = (s.treated(), s.arm("comparison"))
    columns = ("treated", "comparison")
    rows = {"n": dict(zip(columns, map(len, arms), strict=True))}

    def grouped(name, of, groups):
        found = [
            pd.Series([of(p) for p in arm]).replace("unknown", "missing")
            for arm in arms
        ]
        rows[name] = {
            column: share(int((~one.isin(["open", "missing"])).sum()), len(one))
            for column, one in zip(columns, found, strict=True)
        }
        for group in (*groups, "open", "missing"):
            rows[f"{name}:{group}"] = {
                column: share(int((one == group).sum()), len(one))
                for column, one in zip(columns, found, strict=True)
            }

    def exam(p, field):
        base = p["counted"]["baseline"]
        return [] if base is None else base[field]

    def decided(p):
        if p["frozen"].get("ais"):
            return p["frozen"]["ais"].split(",")
        sheets = [f for f in p["forms"] if f["instrument"] == "isncsci"]
        first = min(sheets, key=lambda f: (f["day"], f["id"]), default=None)
        return [] if first is None else first["ais"]

    every = [age for arm in arms for p in arm for age in p["ages"]]
    first = min(every) // 10 * 10
    bands = [f"{n}-{n + 9}" for n in range(first, max(every) + 1, 10)]
    grouped(
        "age",
        lambda p: only(f"{a // 10 * 10}-{a // 10 * 10 + 9}" for a in p["ages"]),
        bands,
    )
    rows["age:median"] = {}
    for column, arm in zip(columns, arms, strict=True):
        low, high = (
            middle(of(p["ages"]) for p in arm if p["ages"]) for of in (min, max)
        )
        rows["age:median"][column] = low if low == high else [low, high]
    grouped("sex", lambda p: p["sex"], ("male", "female"))
    grouped("cause", lambda p: p["cause"], ("traumatic", "non-traumatic"))
    heights = ("c1-c4", "c5-c8", "t1-t9", "t10-below", "intact")
    grouped("level", lambda p: only(map(height, exam(p, "nli"))), heights)
    grouped("ais", lambda p: only(exam(p, "ais")), GRADES)
    grouped("ais-decision", lambda p: only(decided(p)), GRADES)
    based = [p for p in arms[0] if p["counted"]["baseline"] is not None]
    late = [p for p in based if p["counted"]["baseline"]["day"] >= p["given"]]
    rows["baseline-not-before"] = {
        "treated": share(len(late), len(based)),
        "comparison": DASH,
    }
    rows["days"] = dict(zip(columns, map(len, arms), strict=True))
    rows |= intervals(arms, columns)
    known = [a["cells-per-kg"] for p in arms[0] if "cells-per-kg" in (a := amounts(p))]
    rows["amount:cells-per-kg"] = {
        "treated": lacking(known, len(arms[0])),
        "comparison": DASH,
    }
    return rows | confounders(arms, columns)


ANSWERS = {
    **dict.fromkeys(
        ("bony-injury", "surgery", "steroid", "other-therapy"), ("yes", "no")
    ),
    "ventilation": ("none", "part-of-day", "all-day", "hours-unknown"),
}


def confounders(arms, columns):
    """The newest background form of each patient, as a frame; nothing is filled in."""
    rows = {}
    for column, arm in zip(columns, arms, strict=True):
        told = []
        for p in arm:
            own = [f for f in p["forms"] if f["instrument"] == "background"]
            own.sort(key=lambda f: (f["day"], f["id"]))
            told.append(own[-1]["values"] if own else {})
        names = (*ANSWERS, "surgery-day", "rehabilitation", "expectation")
        found = pd.DataFrame(told, columns=names).replace("unknown", None)
        for name, answers in ANSWERS.items():
            counts = found[name].value_counts()
            row = f"confounder:{name}"
            known = share(int(found[name].notna().sum()), len(arm))
            rows.setdefault(row, {})[column] = known
            for answer in answers:
                n = share(int(counts.get(answer, 0)), len(arm))
                rows.setdefault(f"{row}:{answer}", {})[column] = n
            none = share(int(found[name].isna().sum()), len(arm))
            rows.setdefault(f"{row}:missing", {})[column] = none
        for name in ("surgery-day", "rehabilitation", "expectation"):
            asked = found[found["surgery"] == "yes"] if name == "surgery-day" else found
            numbers = pd.to_numeric(asked[name]).dropna().tolist()
            row = rows.setdefault(f"confounder:{name}", {})
            row[column] = lacking(numbers, len(asked))
    return rows


def lacking(known, total):
    found = middle(known)
    if len(known) == total:
        return found
    return {**(found if known else {"n": 0}), "missing": total - len(known)}


def intervals(arms, columns):
    """Days from the injury to each date of the course, and from marrow to infusion."""

    def consent(p):
        signed = [c["signed_on"] for c in p["consents"] if c["scope"] == "treatment"]
        return pd.Timestamp(min(signed)) if signed else None

    def dated(name):
        def found(p):
            day = p["course"].get("dates", {}).get(name)
            return pd.Timestamp(day) if day else None

        return found

    ends = {
        "decision": dated("decision"),
        "consent": consent,
        **{name: dated(name) for name in ("blood-1", "blood-2", "marrow")},
        "treatment": lambda p: p["given"],
    }
    rows = {}
    for name, of in ends.items():
        rows[f"days:injury:{name}"] = {}
        for column, arm in zip(columns, arms, strict=True):
            known = [
                (day - p["injury"]).days for p in arm if (day := of(p)) is not None
            ]
            rows[f"days:injury:{name}"][column] = (
                DASH if column == "comparison" else lacking(known, len(arm))
            )
    marrow = dated("marrow")
    known = [(p["given"] - marrow(p)).days for p in arms[0] if marrow(p) is not None]
    found = lacking(known, len(arms[0]))
    rows["days:marrow:treatment"] = {"treated": found, "comparison": DASH}
    return rows


# --- R1 section 7


def exposure(s):
    def days(p, last, since=None):
        until, end = last, p["end"]
        if end and end["reason"] and end["ended_on"]:
            lost = end["reason"] == "lost" and end["last_known_alive"]
            stopped = end["last_known_alive"] if lost else end["ended_on"]
            until = min(last, pd.Timestamp(stopped))
        begun = p["given"] if since is None else max(p["given"], since)
        return max(0, (until - begun).days)

    def years(total):
        return {"days": total, "years": total / 365.25}

    people = s.treated()
    observed = [days(p, s.on) for p in people]
    recent = 0
    if s.period:
        recent = sum(days(p, min(s.on, s.period[1]), s.period[0]) for p in people)
    rows = {
        "patients": len(people),
        "patient-years": years(sum(observed)),
        "patient-years-period": s.in_period(years(recent)),
        "days": middle(observed),
        **{
            f"since-{least}": share(sum(n >= least for n in observed), len(people))
            for least in (30, 90, 180, 365, 730, 1095, 1826)
            if least <= max(observed, default=0)
        },
    }
    return {name: {"safety-set": value} for name, value in rows.items()}


def own_events(s):
    ids = {p["id"] for p in s.treated()}
    return [e for e in s.events if e["patient"] and e["patient"]["id"] in ids]


def patients_of(events):
    return len({e["patient"]["id"] for e in events})


KINDS = {
    "any-event": lambda e: True,
    "serious": lambda e: e["grave"] is True,
    "not-serious": lambda e: e["grave"] is False,
    "seriousness-open": lambda e: e["grave"] is None,
    "suspected": lambda e: e["suspected"],
    "suspected-serious": lambda e: e["suspected"] and e["grave"],
    "unknown": lambda e: e["known"] is False,
    "expectedness-open": lambda e: e["known"] is None,
    "unknown-serious": lambda e: e["known"] is False and e["grave"],
    "infection": lambda e: e["infection"],
    "fatal": lambda e: e["fatal"],
    "special": lambda e: bool(e["special"]),
}


def events_summary(s):
    def row(events, total):
        found = share(patients_of(events), total)
        now = [e for e in events if s.within(e["learned"])]
        return {
            "n-of-n": found,
            "exact": found if total else DASH,
            "events": len(events),
            "events-period": s.in_period(len(now)),
        }

    own, total = own_events(s), len(s.treated())
    rows = {name: row([e for e in own if of(e)], total) for name, of in KINDS.items()}
    given = {p["id"] for p in s.treated()}
    others = {
        "of-comparison": s.arm("comparison"),
        "of-waiting": [p for p in s.arm("treated") if p["id"] not in given],
    }
    for name, people in others.items():
        ids = {p["id"] for p in people}
        events = [e for e in s.events if e["patient"] and e["patient"]["id"] in ids]
        rows[name] = row(events, len(people))
    dead = {p["id"] for p in s.treated() if s.ended(p) == "death"}
    fatal = {e["patient"]["id"] for e in own if e["fatal"]}
    for name, who in (("ended-by-death", dead), ("death-not-told", dead - fatal)):
        found = share(len(who), total)
        rows[name] = {
            "n-of-n": found,
            "exact": found if total else DASH,
            "events": DASH,
            "events-period": DASH,
        }
    return rows


def classed(events):
    """Row id to events: all, each organ class, each term in it."""
    rows = {"any": events}
    for e in events:
        rows.setdefault(f"class:{e['soc']}", []).append(e)
        rows.setdefault(f"{e['soc']}:{e['term']}", []).append(e)
    return rows


def by_class(s):
    total = len(s.treated())
    rows = {}
    for name, events in classed(own_events(s)).items():
        found = share(patients_of(events), total)
        now = [e for e in events if s.within(e["learned"])]
        rows[name] = {
            "n-of-n": found,
            "exact": found,
            "events": len(events),
            "period-short": s.in_period(len(now)),
            "serious": sum(e["grave"] is True for e in events),
            "related": sum(e["suspected"] for e in events),
            "unlisted": sum(e["known"] is False for e in events),
        }
    return rows


def reactions(s):
    grave = {"serious": True, "mild": False, "open": None}
    known = {"new": False, "known": True, "open": None}
    suspected = [e for e in own_events(s) if e["suspected"]]
    return {
        name: {
            "events": len(events),
            **{
                f"{a}-{b}": sum(e["grave"] is x and e["known"] is y for e in events)
                for a, x in grave.items()
                for b, y in known.items()
            },
        }
        for name, events in classed(suspected).items()
    }


def causality(s):
    answers = {
        "suspected": "suspected",
        "cannot-tell": "unknown",
        "ruled-out": "ruled out",
    }
    answers["unjudged"] = None
    return {
        source: {
            f"{who}-{head}": sum(e[judge].get(source) == said for e in own_events(s))
            for who, judge in (("rep", "by_reporter"), ("mah", "by_holder"))
            for head, said in answers.items()
        }
        for source in ("product", "harvest", "procedure", "injury")
    }


JUDGES = ("by_reporter", "by_holder")


def causality_by_term(s):
    rows = {}
    for name, events in classed(own_events(s)).items():
        cells = {"events": len(events)}
        for source in ("product", "harvest", "procedure", "injury"):
            told = pd.DataFrame(
                {who: [e[who].get(source) for e in events] for who in JUDGES}
            )
            out = int((told == "ruled out").all(axis=1).sum())
            cells[f"{source}-ruled-out"] = out
            cells[f"{source}-suspected"] = len(events) - out
        rows[name] = cells
    return rows


SPECIALS = (
    *("lung", "infusion-reaction", "infection", "tumour"),
    *("harvest", "neurological", "neuropathic-pain", "dysreflexia"),
)


def special(s):
    total, rows = len(s.treated()), {}
    for name in SPECIALS:
        events = [e for e in own_events(s) if e["special"] == name]
        found = share(patients_of(events), total)
        days = [
            (pd.Timestamp(e["onset"]) - e["patient"]["given"]).days
            for e in events
            if e["onset"]
        ]
        died = sum(e["fatal"] for e in events)
        good = ("recovered", "recovering", "recovered with sequelae")
        well = sum(e["outcome"] in good and not e["fatal"] for e in events)
        rows[name] = {
            "n-of-n": found,
            "exact": found,
            "upper": found.get("upper", DASH),
            "serious": sum(e["grave"] is True for e in events),
            "onset": days[0] if len(days) == 1 else middle(days),
            "outcomes": {
                "recovered": well,
                "died": died,
                "not": len(events) - well - died,
            },
        }
    return rows


def deviations(s):
    found = s.deviations[s.deviations["on"] <= s.on]

    def row(part):
        return {
            "patients": int(part["subject_id"].nunique()),
            "period-count": s.in_period(int(s.now(part["on"]).sum())),
            "cumulative-count": len(part),
        }

    rows = {"all": row(found)}
    for kind in (
        "eligibility",
        "treatment",
        "window",
        "consent",
        "unblinding",
        "other",
    ):
        part = found[found["kind"] == kind]
        rows[kind] = row(part)
        for rule, own in part.groupby("rule"):
            rows[f"{kind}:{rule}"] = row(own)
    return rows


# --- R1 section 8 and R3


def grade_row(found):
    whole = [one for one in found if not one["why"]]

    def better(steps):
        return share(sum(min(one["gains"]) >= steps for one in whole), len(whole))

    return {
        **{g: sum(list(one["end"]["ais"]) == [g] for one in whole) for g in GRADES},
        "undecided": sum(len(one["end"]["ais"]) > 1 for one in whole),
        "missing": sum(one["why"] not in (None, "ahead") for one in found),
        "ahead": sum(one["why"] == "ahead" for one in found),
        "evaluable": len(whole),
        "better-1": better(1),
        "better-2": better(2),
    }


def shift(s):
    rows = {}
    for cohort, (_, asked, _) in COHORTS.items():
        for arm in ARMS:
            found = s.members(cohort, arm)
            seen = {one["grade"] for one in found} | (set(asked) if found else set())
            for grade in seen:
                own = [one for one in found if one["grade"] == grade]
                rows[f"{cohort}-{arm}-{grade or 'none'}"] = grade_row(own)
    return rows


def outside(s):
    rows = {}
    for arm in ARMS:
        found = []
        for one in s.looked_at(arm):
            if one["cohort"] is None and not one["open"]:
                found.append(seen_from(s, one))
        for grade in {one["grade"] for one in found}:
            own = [one for one in found if one["grade"] == grade]
            rows[f"outside-{arm}-{grade or 'none'}"] = grade_row(own)
    return rows


def seen_from(s, one):
    """Somebody of no cohort as the endpoint sees it: both exams, and the gain."""
    base, end = one["counted"]["baseline"], one["counted"]["endpoint"]
    why = s._why(one, base, end)
    gains = (
        []
        if why
        else [
            GRADES.index(b) - GRADES.index(a) for a in base["ais"] for b in end["ais"]
        ]
    )
    grade = "" if base is None else ",".join(base["ais"])
    return {"why": why, "base": base, "end": end, "gains": gains, "grade": grade}


def responders(s):
    rows = {}

    def row(whole):
        sure = sum(one["reached"] is True for one in whole)
        still = sum(one["reached"] is None for one in whole)
        found = share(sure, len(whole))
        return {
            "n-of-n": found,
            "exact": found,
            "wilson": limits(found, "wilson"),
            "undecided": still,
            "best": share(sure + still, len(whole)),
        }

    for cohort, (endpoint, _, _) in COHORTS.items():
        for arm in ARMS:
            found = s.members(cohort, arm)
            if not found and arm != "treated":
                continue
            whole = [one for one in found if not one["why"]]
            name = f"{endpoint}-{arm}"
            rows[name] = row(whole)
            grades = {one["grade"] for one in whole}
            if len(grades) > 1:
                for grade in grades:
                    own = [one for one in whole if one["grade"] == grade]
                    rows[f"{name}-{grade.replace(',', '/')}"] = row(own)
            rows[f"{name}-blinded"] = row([one for one in whole if one["blinded"]])
            if whole and not rows[name]["n-of-n"]["n"]:
                limit = rows[name]["n-of-n"]["upper"]
                rest = dict.fromkeys(("n-of-n", "wilson", "undecided", "best"), DASH)
                rows[f"{name}-limit"] = {**rest, "exact": limit}
    return rows


def sensitivity(s):
    rows = {}
    for cohort, (endpoint, _, _) in COHORTS.items():
        wholes = {}
        for arm in ARMS:
            found = s.members(cohort, arm)
            if not found:
                continue
            whole = wholes[arm] = [one for one in found if not one["why"]]
            lost = sum(one["why"] in LOST for one in found)
            sure = sum(one["reached"] is True for one in whole)
            still = sum(one["reached"] is None for one in whole)
            n, total = sure, len(whole)
            told = {
                "primary": (n, total),
                "undecided-best": (n + still, total),
                "missing-worst": (n, total + lost),
                "missing-best": (n + still + lost, total + lost),
            }
            for name, stretch in (("narrow", 0.5), ("wide", 1.5)):
                again = s.members(cohort, arm, stretch)
                told[name] = reached([one for one in again if not one["why"]])
            told["blinded"] = reached([one for one in whole if one["blinded"]])
            if arm == "treated":
                told["before"] = reached([one for one in whole if not one["late"]])
            for name, pair in told.items():
                part = share(*pair)
                rows[f"{endpoint}-{arm}-{name}"] = {
                    "n-of-n": part,
                    "exact": part,
                    "wilson": limits(part, "wilson"),
                }
        if "treated" in wholes and "comparison" in wholes:
            total = expected_at(wholes["treated"], wholes["comparison"])
            if total is not None:
                said = {"n-of-n": tenths(total), "exact": DASH, "wilson": DASH}
                rows[f"{endpoint}-treated-expected"] = said
    return rows


def reached(found):
    return sum(one["reached"] is True for one in found), len(found)


MEASURES = ("uems", "lems", "motor", "lt", "pp", "scim", "wisci")
TOTALS = {"scim": "total", "wisci": "level"}


def value(s, one, visit, measure):
    """(low, high) of a measure at a visit; None where there is none."""
    if measure not in TOTALS:
        exam = one["counted"][visit]
        return None if exam is None else tuple(exam["sums"][measure])
    form = s.counted(one, visit, measure)
    if form is None:
        return None
    told = form["values"].get(TOTALS[measure])
    if told is None and measure == "scim":
        raise AssertionError("sums of items are not part of this export")
    return None if told is None else (float(told), float(told))


def cohort_arms(s):
    for cohort in COHORTS:
        for arm in ARMS:
            people = [p for p in s.looked_at(arm) if p["cohort"] == cohort]
            if people:
                yield f"{cohort}-{arm}", people


def trajectory(s, measure):
    cells, seen = {}, set()
    for name, people in cohort_arms(s):
        for visit in VISITS:
            found = [v for p in people if (v := value(s, p, visit, measure))]
            none = [p for p in people if value(s, p, visit, measure) is None]
            over = sum(p["windows"][visit][2] < s.on for p in none)
            if found or over:
                seen.add(visit)
            sure = [low for low, high in found if low == high]
            ends = [middle(v[n] for v in found) for n in (0, 1)]
            centre = middle(sure)
            cells[name, visit] = {
                "day": DRAWN[visit],
                "n": len(found),
                "missing": over,
                "untestable": len(found) - len(sure),
                "median": DASH if centre == DASH else centre["median"],
                "quartiles": DASH if centre == DASH else [centre["q1"], centre["q3"]],
                "bounds": [one["median"] for one in ends]
                if len(found) > len(sure)
                else DASH,
            }
    return {
        f"{name}-{visit}": own for (name, visit), own in cells.items() if visit in seen
    }


def change(s, measure):
    tests = {
        "gained": lambda d: d > 0,
        "same": lambda d: d == 0,
        "fell": lambda d: d < 0,
    }
    if measure == "scim":
        tests |= {"small": lambda d: d >= 4, "large": lambda d: d >= 10}
    rows = {}
    for name, people in cohort_arms(s):
        pairs = [
            [value(s, p, v, measure) for v in ("baseline", "endpoint")] for p in people
        ]
        by = [after[0] - before[0] for before, after in pairs if before and after]
        rows[name] = {
            "both": len(by),
            "not-both": len(people) - len(by),
            **{key: share(sum(map(of, by)), len(by)) for key, of in tests.items()},
        }
    return rows


def missing(s):
    rows = {}
    for arm in ARMS:
        for cohort, (endpoint, _, _) in COHORTS.items():
            found = s.members(cohort, arm)
            rows[f"missing-{arm}-{cohort}-{endpoint}"] = {
                "patients": len(found),
                "evaluable": sum(not one["why"] for one in found),
                **{
                    f"why-{why}": sum(one["why"] == why for one in found)
                    for why in REASONS
                },
            }
        none = ("evaluable", *(f"why-{why}" for why in REASONS))
        for name, still in (("undecided", True), ("outside", False)):
            people = [
                p
                for p in s.looked_at(arm)
                if p["cohort"] is None and p["open"] is still
            ]
            rows[f"missing-{arm}-{name}"] = {
                "patients": len(people),
                **dict.fromkeys(none, DASH),
            }
    rows["missing-treated-not-given"] = {
        "patients": len(s.never_given()),
        **dict.fromkeys(none, DASH),
    }
    return rows


def blinding(s):
    said = {"blinded": "blinded", "knows": "knows treatment", "unknown": "unknown"}
    rows = {}
    for cohort, (endpoint, _, _) in COHORTS.items():
        for arm in ARMS:
            found = s.members(cohort, arm)
            for name, key in (
                (("baseline", "base"), ("endpoint", "end")) if found else ()
            ):
                exams = [knew(one[key]) for one in found if one[key] is not None]
                broken = [one[key] for one in found if one[key] is not None]
                rows[f"blinding-{endpoint}-{arm}-{name}"] = {
                    "exams": len(exams),
                    "broken": sum(form["broken"] is not None for form in broken),
                    **{
                        column: share(exams.count(word), len(exams))
                        for column, word in said.items()
                    },
                }
    return rows


def marked(s, one):
    """The completed sheets of ISNCSCI exams that an unblinding marks."""
    forms = s.forms.get(one["subject_id"], [])
    sheets = [form for form in forms if form["instrument"] == "isncsci"]
    return sum((form["broken"] or {}).get("id") == one["id"] for form in sheets)


def unblindings(s):
    rows = {}
    for arm in ARMS:
        own = [
            one
            for one in s.unblindings
            if one["day"] <= s.on and s.by_id[one["subject_id"]]["arm"] == arm
        ]
        for how in ("planned", "unplanned", "accidental"):
            part = [one for one in own if one["how"] == how]
            rows[f"unblindings-{arm}-{how}"] = {
                "unblindings": len(part),
                "patients": len({one["subject_id"] for one in part}),
                "telling": sum(one["tells"] for one in part),
                "exams-after": sum(marked(s, one) for one in part),
            }
    return rows


def listing_unblindings(s):
    return {
        one["id"]: {
            "case": one["subject_id"],
            "on": one["on"],
            "how-unblinded": one["how"],
            "became-known": sorted(name for name, said in one["what"].items() if said),
            "exams-after": marked(s, one),
            "meaning": one["assessed"] or None,
        }
        for one in s.unblindings
        if one["day"] <= s.on
    }


def agreement(s):
    rows = {}
    for arm in ARMS:
        pairs = []
        for one in s.looked_at(arm):
            first = {form["id"]: form for form in one["forms"]}
            for second in one["second"]:
                if second["rates"] in first:
                    pairs.append((first[second["rates"]]["ais"], second["ais"]))
        sure = [(a[0], b[0]) for a, b in pairs if len(a) == len(b) == 1]
        plain, linear = kappas(sure)
        rows[f"kappa-{arm}"] = {
            "pairs": len(pairs),
            "undecided": len(pairs) - len(sure),
            "agreed": share(sum(a == b for a, b in sure), len(sure)),
            "kappa": plain,
            "kappa-linear": linear,
        }
    return rows


# --- the listings


def listing_subjects(s):
    """Each patient in days after the injury."""
    members = {
        one["patient"]["id"]: (cohort, one)
        for cohort in COHORTS
        for arm in ARMS
        for one in s.members(cohort, arm)
    }

    def since(p, day):
        return DASH if day is None else (pd.Timestamp(day) - p["injury"]).days

    def exam(p, name, found):
        none = found is None
        grade = "" if none else "/".join(found["ais"]) or DASH
        return {
            f"{name}-day": DASH if none else since(p, found["day"]),
            f"{name}-ais": None if none else grade,
        }

    rows = {}
    for p in s.people:
        base, end = p["counted"]["baseline"], p["counted"]["endpoint"]
        cohort, one = members.get(p["id"], ("", None))
        gains = [
            GRADES.index(b) - GRADES.index(a)
            for a in (base["ais"] if one and base is not None else [])
            for b in (end["ais"] if end is not None else [])
        ]
        said = {True: "reached", False: "not-reached", None: "undecided"}
        result = "open" if p["open"] else "out"
        if p["cohort"] is not None and not one:
            # Only who belongs to no group: it was never given the product.
            result = "not-given"
        if one:
            result = one["why"] or said[one["reached"]]
        ages = {f"{age // 10 * 10}-{age // 10 * 10 + 9}" for age in p["ages"]}
        rows[p["id"]] = {
            "case": p["id"],
            "cohort-short": cohort or p["cohort"] or "",
            "arm-short": p["arm"],
            "decade": only(ages),
            "nli": "/".join(base["nli"]) if base is not None else DASH,
            "collected": since(p, p["course"].get("dates", {}).get("marrow")),
            "given-day": since(p, p["given"]),
            **exam(p, "base", base),
            **exam(p, "end", end),
            "steps": [min(gains), max(gains)] if gains else DASH,
            "result": result,
        }
    return rows


def lots(s):
    given = s.kits[s.kits["given_on"].notna()]
    rows = {}
    for _, kit in given.iterrows():
        injury = s.by_id[kit["subject_id"]]["injury"]
        rows[kit["id"]] = {
            "case": kit["subject_id"],
            "kit": kit["number"],
            "lot": kit["lot"],
            "given-day": (kit["given_on"] - injury).days,
            **{name: kit["amounts"][name] for name in ("cells", "weight", "flow")},
        }
    return rows
