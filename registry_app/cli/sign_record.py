"""``registry-app sign --of``: signatures under a form, a visit, a patient, a case."""

from argparse import Namespace
from typing import TYPE_CHECKING

from registry_app.cli.desk import password, print_json, signed_in, tell
from registry_app.domain.dates import TOKYO
from registry_app.domain.signature import Meaning, Signable
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.record_signing import Given, Standing

#: What ``--of`` may be, by its word in the shell.
RECORDS = {
    "form": Signable.FORM,
    "visit": Signable.VISIT,
    "patient": Signable.PATIENT,
    "safety-case": Signable.SAFETY_CASE,
    "cut": Signable.CUT,
}


def run(args: Namespace) -> int:
    """Sign what the file says now, if a meaning is given; show the signatures."""
    from registry_app.services.record_signing import (
        same_hand_on,
        sign_record,
        standing,
    )

    words: Words = args.words
    of = RECORDS[args.of]
    with signed_in(args) as desk:
        now = standing(desk, of, args.number)
        if args.meaning is not None:
            warning = same_hand_on(desk, now)
            if warning is not None:
                tell(words.say(warning))
            meaning = Meaning(args.meaning)
            sign_record(desk, of, args.number, meaning, password(args), now.state)
            now = standing(desk, of, args.number)
    if args.json:
        print_json(_data(args.of, args.number, now))
        return 0
    for given in now.given:
        one = given.signature
        at = f"{one.at.astimezone(TOKYO):%Y-%m-%d %H:%M} +09:00"
        line = words("cli.sign-line", meaning=one.meaning.told, name=one.name, at=at)
        print(line if given.holds else words("signing.cli-void", line=line))
    if not now.given:
        print(words("signing.unsigned"))
    return 0


def _data(of: str, of_id: str, now: "Standing") -> dict[str, object]:
    return {
        "of": of,
        "id": of_id,
        "state": now.state,
        "signatures": [_signature(given) for given in now.given],
    }


def _signature(given: "Given") -> dict[str, object]:
    one, change = given.signature, given.change
    return {
        "meaning": one.meaning.value,
        "name": one.name,
        "person": one.person,
        "at": one.at.isoformat(),
        "state": one.state,
        "holds": given.holds,
        "voided_by": None if change is None else change.seq,
    }
