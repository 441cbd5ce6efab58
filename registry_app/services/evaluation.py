"""The evaluation plan (評価計画): its versions, its lock, what has moved since."""

from collections.abc import Sequence
from dataclasses import replace

from registry_app.domain.errors import InvalidValue, NotFound, Refused
from registry_app.domain.evaluation import Evaluation
from registry_app.domain.figures import plan_items
from registry_app.domain.rights import Deed
from registry_app.domain.texts import line
from registry_app.services.desk import Desk
from registry_app.services.protocol import today_in_japan
from registry_app.services.rights import needs


@needs(Deed.LOOK)
def evaluations(desk: Desk) -> Sequence[Evaluation]:
    """Every version of the plan, the first one first."""
    with desk.read() as reading:
        return sorted(reading.find(Evaluation), key=_number)


@needs(Deed.PLAN)
def save_evaluation(desk: Desk, evaluation: Evaluation, reason: str = "") -> Evaluation:
    """A new version (`id` ""), or more of one that is not locked yet.

    A new version fixes what the protocol says at this moment, and the answers that it
    gives itself (``missing``, ``other-window``). A version after a lock is an
    amendment: it says why, and whether data had been seen.
    """
    with desk.begin(reason) as work:
        known = sorted(work.find(Evaluation), key=_number)
        if evaluation.locked_on is not None and not _locked(known, evaluation.id):
            raise InvalidValue("evaluation.lock-apart")
        earlier = [one for one in known if one.id != evaluation.id]
        amends = any(one.locked_on is not None for one in earlier)
        if amends and not line(evaluation.why):
            raise Refused("evaluation.amended-without-why")
        number = evaluation.id or f"{max(map(_number, known), default=0) + 1}"
        said = evaluation.definitions
        if not evaluation.version:
            said = {**plan_items.definitions(desk.planner.plan(work).protocol), **said}
        return work.save(
            replace(
                evaluation,
                id=number,
                label=line(evaluation.label),
                definitions=said,
                why=line(evaluation.why),
            )
        )


@needs(Deed.PLAN)
def lock_evaluation(desk: Desk, evaluation_id: str, approved_by: str) -> Evaluation:
    """From today on it stands: every later version is an amendment after the lock.

    Raises NotFound, InvalidValue without an approver, Refused where it is locked.
    """
    with desk.begin() as work:
        found = work.find(Evaluation, id=evaluation_id)
        if not found:
            raise NotFound("evaluation.no-such-version", number=evaluation_id)
        if found[0].locked_on is not None:
            raise Refused("evaluation.is-locked", on=found[0].locked_on)
        return work.save(
            replace(
                found[0],
                approved_by=line(approved_by),
                locked_on=today_in_japan(desk),
                locked_by=desk.person.id,
            )
        )


@needs(Deed.LOOK)
def drift(desk: Desk) -> Sequence[plan_items.Moved]:
    """What the protocol says otherwise than the newest version of the plan."""
    with desk.read() as reading:
        known = sorted(reading.find(Evaluation), key=_number)
        if not known:
            return ()
        return plan_items.drift(known[-1], desk.planner.plan(reading).protocol)


def _number(evaluation: Evaluation) -> int:
    return int(evaluation.id)


def _locked(known: Sequence[Evaluation], evaluation_id: str) -> bool:
    found = (one.locked_on for one in known if one.id == evaluation_id)
    return next(found, None) is not None
