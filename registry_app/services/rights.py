"""Each service names the deed that it is; who may not do it is told so."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar, cast

from registry_app.domain.errors import Refused
from registry_app.domain.person import Person
from registry_app.domain.rights import Deed, may


class Seat(Protocol):
    """A desk, as far as it matters here: somebody sits at it."""

    @property
    def person(self) -> Person:
        """Who is signed in."""


D = TypeVar("D", bound=Seat)
P = ParamSpec("P")
T = TypeVar("T")


def needs(
    deed: Deed,
) -> Callable[[Callable[Concatenate[D, P], T]], Callable[Concatenate[D, P], T]]:
    """Marks a service of a desk: it is refused, before anything, to other roles."""

    def marked(
        service: Callable[Concatenate[D, P], T],
    ) -> Callable[Concatenate[D, P], T]:
        @wraps(service)
        def checked(desk: D, *args: P.args, **told: P.kwargs) -> T:
            check(desk, deed)
            return service(desk, *args, **told)

        checked.__dict__["deed"] = deed
        return cast(Callable[Concatenate[D, P], T], checked)

    return marked


def check(seat: Seat, deed: Deed) -> None:
    """Raise Refused unless the person at the desk may do it."""
    role = seat.person.role
    if not may(role, deed):
        raise Refused("rights.not-allowed", deed=deed.told, role=role.told)
