"""The pages behind the settings: one table, a line each, in their order.

A page needs its line here and its text `title`; the settings then have a button for it,
where the role of the person may do `deed`, and the window opens it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from registry_app.domain.rights import Deed
from registry_app.ui.page import Page
from registry_app.ui.pages.access import AccessPage
from registry_app.ui.pages.backups import BackupsPage
from registry_app.ui.pages.blinding import BlindingPage
from registry_app.ui.pages.people import PeoplePage
from registry_app.ui.pages.policy import PolicyPage


@dataclass(frozen=True, slots=True)
class SettingsPlace:
    """One page: its name, the key of its words, whose it is, how it is made."""

    name: str
    title: str
    deed: Deed
    page: type[Page]


SETTINGS_PLACES: Final = (
    SettingsPlace("people", "people.title", Deed.PEOPLE, PeoplePage),
    SettingsPlace("policy", "policy.title", Deed.PEOPLE, PolicyPage),
    SettingsPlace("blinding", "blinding_ui.title", Deed.LOOK, BlindingPage),
    SettingsPlace("access", "access.title", Deed.LOOK, AccessPage),
    SettingsPlace("backups", "backup.title", Deed.KEEP, BackupsPage),
)
