"""One-time codes at sign-in, beside the password: set up and ended by each person.

They stop who has seen a password typed. Who has taken the file itself away is stopped
by the password alone, for the secret of the codes lies behind it (decision 0010).
"""

import io
from dataclasses import dataclass, field, replace

from registry_app.domain.errors import Refused
from registry_app.domain.key_event import KeyDeed, KeyEvent
from registry_app.domain.policy import SecondFactor
from registry_app.domain.rights import Deed
from registry_app.services.desk import Desk
from registry_app.services.identity import prove
from registry_app.services.policy import policy
from registry_app.services.rights import needs
from registry_app.storage import keys
from registry_app.storage.factor import STEP, Factor, new_factor
from registry_app.storage.personal import Personal


@dataclass(frozen=True, slots=True)
class Offer:
    """What an app on a telephone is to read: a QR code, or the secret typed in."""

    factor: Factor
    uri: str = field(repr=False)
    svg: str = field(repr=False)


@needs(Deed.OWN)
def has_second_factor(desk: Desk) -> bool:
    """Whether the person at the desk signed in with one, or has set one up since."""
    slot = desk.store.area.slot(keys.USER, desk.person.id)
    return slot is not None and slot.factor


@needs(Deed.OWN)
def begin_second_factor(desk: Desk) -> Offer:
    """A new secret to show; nothing is kept of it until its first code is confirmed."""
    import pyotp
    import segno

    factor = new_factor()
    totp = pyotp.TOTP(factor.base32, interval=STEP)
    uri = totp.provisioning_uri(name=desk.person.id, issuer_name=desk.registry.site)
    svg = io.BytesIO()
    segno.make(uri, error="m", micro=False).save(svg, kind="svg", scale=4)
    return Offer(factor, uri, svg.getvalue().decode())


@needs(Deed.OWN)
def confirm_second_factor(
    desk: Desk, offer: Offer, code: str, password: str
) -> tuple[str, ...]:
    """From now on a code is asked for; gives backup codes, to be shown this once.

    Raises Refused for a wrong code or password; nothing has changed then.
    """
    own = prove(desk, password)
    taken = offer.factor.taken(code, desk.clock())
    if taken is None:
        raise Refused("storage.wrong-code")
    factor, codes = taken.with_codes()
    _write(desk, replace(own, factor=factor), password, KeyDeed.FACTOR_ON)
    return codes


@needs(Deed.OWN)
def end_second_factor(desk: Desk, password: str) -> None:
    """The password alone is enough again.

    Raises Refused for a wrong one, or where the policy asks for a second factor.
    """
    if policy(desk).second_factor is SecondFactor.REQUIRED:
        raise Refused("own.factor-is-required")
    own = prove(desk, password)
    _write(desk, replace(own, factor=None), password, KeyDeed.FACTOR_OFF)


def _write(desk: Desk, own: Personal, password: str, deed: KeyDeed) -> None:
    area = desk.store.area
    slot = area.slot(keys.USER, desk.person.id)
    assert slot is not None
    with desk.begin() as work:
        work.save(KeyEvent(desk.new_id(), deed, desk.person.id))
        desk.store.rewrite(area.with_slot(own.wrapped(area.binding, slot, password)))
