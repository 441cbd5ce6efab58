"""Which program this is, and which registry is open."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


def about_said(words: Words, desk: Desk) -> str:
    """Version, file and site in one sentence."""
    site = desk.registry.site
    return words(
        "app.about", version=version("registry-app"), file=desk.path, site=site
    )
