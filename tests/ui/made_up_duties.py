"""Made-up duties for the screens that show them."""

from datetime import date, timedelta

from registry_app.domain.message import Told
from registry_app.domain.plan.duty import Duty
from registry_app.domain.plan.pack import Basis, Confidence, Owner

TODAY = date(2026, 11, 20)


def a_basis(confidence=Confidence.CONFIRMED, citation="Art. 1"):
    return Basis(("S1",), confidence, Told(f"法 {citation}", f"Act {citation}"))


def a_duty(key="O8:1", left=5, **told):
    """A duty whose last day is so many days from TODAY; it opened 30 days before."""
    last = TODAY + timedelta(days=left)
    trigger = last - timedelta(days=30)
    unsure = told.pop("unsure", False)
    confidence = Confidence.UNCONFIRMED if unsure else Confidence.CONFIRMED
    return Duty(
        **{
            "key": key,
            "rule": key.split(":")[0],
            "name": Told(f"架空の義務 {key}", f"Made-up duty {key}"),
            "owner": Owner.HOLDER,
            "basis": a_basis(confidence),
            "trigger": trigger,
            "opens": trigger,
            "due": last,
            **told,
        }
    )
