"""What a report is as it leaves the registry: a paper, or an export of who it names."""

from registry_app.domain.handover import Outgoing
from registry_app.domain.kit import Kit
from registry_app.domain.rights import Deed
from registry_app.services.desk import Desk
from registry_app.services.reports import issued_report
from registry_app.services.rights import needs


@needs(Deed.LOOK)
def outgoing_paper(
    desk: Desk, number: str, kind: str, subject_id: str, *, identifiable: bool
) -> Outgoing:
    """With names in it, to save it is to export them."""
    if subject_id or not identifiable:
        of: tuple[str, ...] = (subject_id,) if subject_id else ()
    else:  # the record of use: whoever was given a kit
        with desk.read() as reading:
            given = {kit.subject_id for kit in reading.find(Kit)}
        of = tuple(sorted(given - {""}))
    fields = ("identity", str(kind)) if identifiable else (str(kind),)
    return Outgoing(number, of, fields, export=identifiable, identifiable=identifiable)


@needs(Deed.LOOK)
def outgoing_filed(desk: Desk, number: str) -> Outgoing:
    """The same of one that was filed. Raises NotFound."""
    one = issued_report(desk, number)
    named = one.options.get("identifiable") == "yes"
    told = (number, one.kind, one.subject_id)
    return outgoing_paper(desk, *told, identifiable=named)
