"""What is registered and published about the therapy (公表・開示)."""

from collections.abc import Sequence
from dataclasses import replace

from registry_app.domain.publication import Publication
from registry_app.domain.rights import Deed
from registry_app.services.desk import Desk
from registry_app.services.rights import needs


@needs(Deed.LOOK)
def publications(desk: Desk) -> Sequence[Publication]:
    """Every trial, survey and paper, by the day of its registration."""
    with desk.read() as reading:
        found = reading.find(Publication)
    return sorted(found, key=lambda one: (f"{one.registered_on or ''}", one.id))


@needs(Deed.REPORT)
def save_publication(
    desk: Desk, publication: Publication, reason: str = ""
) -> Publication:
    """A new one (`id` ""), or more of a known one; a change needs a reason."""
    with desk.begin(reason) as work:
        return work.save(replace(publication, id=publication.id or desk.new_id()))
