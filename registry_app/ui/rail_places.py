"""The places of the rail: one table, a line each, from the top to the bottom.

From it are made the rail, the keys Ctrl+1, Ctrl+2 … and the first commands of the menu
of views (ui/actions.py). A place needs its line here, its command in ui/actions.py and
in the window, and the texts ``actions.<name>`` and `title`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from registry_app.ui.page import Page
from registry_app.ui.pages.kits import KitsPage
from registry_app.ui.pages.obligations import ObligationsPage
from registry_app.ui.pages.patients import PatientsPage
from registry_app.ui.pages.plan_settings import PlanSettingsPage
from registry_app.ui.pages.reports import ReportsPage
from registry_app.ui.pages.safety import SafetyPage
from registry_app.ui.pages.safety_case import SafetyCasePage
from registry_app.ui.pages.settings import SettingsPage
from registry_app.ui.pages.settings_places import SETTINGS_PLACES
from registry_app.ui.pages.today import TodayPage
from registry_app.ui.pages.trail import TrailPage

if TYPE_CHECKING:
    from registry_app.ui.actions import Commands


@dataclass(frozen=True, slots=True)
class Place:
    """One place: its icon (resources/icons), the key of its words, what leads there.

    `name` is that of its command. `pages`: while one of these is shown, the window is
    at this place.
    """

    icon: str
    name: str
    title: str
    show: Callable[[Commands], None]
    pages: tuple[type[Page], ...]


_PATIENTS: Final = Place(
    "patients",
    "patients",
    "patients.title",
    lambda to: to.show_patients(),
    (PatientsPage,),
)
RAIL: Final = (
    Place("today", "today", "today.title", lambda to: to.show_today(), (TodayPage,)),
    _PATIENTS,
    Place(
        "duties",
        "obligations",
        "ledger_page.title",
        lambda to: to.show_obligations(),
        (ObligationsPage,),
    ),
    Place(
        "safety",
        "safety",
        "safety_page.title",
        lambda to: to.show_safety(),
        (SafetyPage, SafetyCasePage),
    ),
    Place(
        "report",
        "reports",
        "reports_page.title",
        lambda to: to.reports.show(),
        (ReportsPage,),
    ),
    Place("flask", "kits", "kits_page.title", lambda to: to.show_kits(), (KitsPage,)),
    Place(
        "trail",
        "trail",
        "trail_page.title",
        lambda to: to.show_trail(),
        (TrailPage,),
    ),
    Place(
        "settings",
        "settings",
        "settings.title",
        lambda to: to.show_settings(),
        (SettingsPage, PlanSettingsPage, *(each.page for each in SETTINGS_PLACES)),
    ),
)


def place_of(page: Page) -> Place:
    """Where a page belongs; the pages that are at no place of their own: patients."""
    return next((place for place in RAIL if isinstance(page, place.pages)), _PATIENTS)
