"""What the registry asks of its people and backups: one record, or the defaults."""

from dataclasses import replace

from registry_app.domain.policy import POLICY, Policy
from registry_app.domain.rights import Deed
from registry_app.services.desk import Desk
from registry_app.services.rights import needs


@needs(Deed.OWN)
def policy(desk: Desk) -> Policy:
    """The policy in force; until an administrator sets one, the program's own."""
    with desk.read() as reading:
        found = reading.find(Policy, id=POLICY)
    return found[0] if found else Policy()


@needs(Deed.PEOPLE)
def set_policy(desk: Desk, wanted: Policy, reason: str = "") -> Policy:
    """Another policy. Raises Refused: it changes one that was set, without a reason.

    How many wrong passwords cost nothing is needed before the file is open: it stands
    in the clear beside the key slots as well, and counts from the next try on.
    """
    with desk.begin(reason) as work:
        found = work.find(Policy, id=POLICY)
        version = found[0].version if found else 0
        saved = work.save(replace(wanted, id=POLICY, version=version))
        if desk.store.area.free != saved.tries:
            desk.store.rewrite(replace(desk.store.area, free=saved.tries))
        return saved
