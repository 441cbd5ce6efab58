"""How the program looks for this user: language, colours, size of text."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from registry_app.domain.rights import Deed, may
from registry_app.paths import settings_file
from registry_app.services.packs import pack_names
from registry_app.ui.changes import Changes
from registry_app.ui.inputs import Choice
from registry_app.ui.look import MEDIUM, TEXT_SIZES, Look
from registry_app.ui.page import Page
from registry_app.ui.pages.settings_lock import RegistryLock
from registry_app.ui.pages.settings_own import OwnCard
from registry_app.ui.pages.settings_places import SETTINGS_PLACES
from registry_app.ui.settings import (
    Settings,
    ThemeChoice,
    read_settings,
    write_settings,
)
from registry_app.ui.sides import Sides
from registry_app.ui.widgets import (
    Card,
    Inside,
    Segments,
    button,
    column,
    hand_keys,
    label,
    row,
    scrolled,
)
from registry_app.words import Language, Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


class SettingsPage(Page):
    """A choice counts at once: it is kept, and the window is built anew."""

    def __init__(self, desk: Desk, words: Words, look: Look, changes: Changes) -> None:
        super().__init__(desk, words, look, changes)
        self.setWindowTitle(words("settings.title"))
        self._settings = read_settings(settings_file())
        now = self._settings
        self.language = Segments(
            look,
            [(str(lang), Words(lang)("app.this-language")) for lang in Language],
            words("settings.language"),
            str(now.language),
        )
        self.theme = Segments(
            look,
            [(str(t), words(f"settings.theme-{t}")) for t in ThemeChoice],
            words("settings.theme"),
            str(now.theme),
        )
        self.text_size = Choice(
            look,
            words("settings.text-size"),
            [(str(size), words("settings.percent", size=size)) for size in TEXT_SIZES],
            str(now.text_size),
        )
        self.text_size.setFixedWidth(look.px(120))
        self.language.chosen.connect(
            lambda lang: self._keep(replace(self._settings, language=Language(lang)))
        )
        self.theme.chosen.connect(
            lambda t: self._keep(replace(self._settings, theme=ThemeChoice(t)))
        )
        self.text_size.activated.connect(
            lambda: self._keep(
                replace(self._settings, text_size=int(self.text_size.value))
            )
        )
        card = Card(look, words("settings.looks"))
        for name, control in (
            ("language", self.language),
            ("theme", self.theme),
            ("text-size", self.text_size),
        ):
            card.body.addLayout(self._line(words(f"settings.{name}"), control))
        card.body.addWidget(
            label(look, words("settings.note"), "text3", "caption", wrap=True)
        )
        about = Card(look, words("settings.registry"))
        registry = desk.registry
        pack = pack_names().get(registry.pack)
        for name, value in (
            ("site", registry.site),
            ("pack", words.say(pack) if pack else registry.pack),
            ("file", str(desk.path)),
            ("person", desk.person.display_name),
        ):
            said = label(look, value, weight=MEDIUM, wrap=True)
            line = row(self._name(words(f"settings.{name}")), said)
            line.setStretch(1, 1)
            about.body.addLayout(line)
        self.plan = button(look, words("plan_settings.open"), "", self.open_plan.emit)
        about.body.addLayout(row(self.plan, None))
        if may(desk.person.role, Deed.LOCK):
            about.body.addWidget(RegistryLock(self))
        safe = Card(look, words("settings.safekeeping"))
        self.places = {
            place.name: button(
                look,
                words(place.title),
                "",
                partial(self.open_place.emit, place.name),
            )
            for place in SETTINGS_PLACES
            if may(desk.person.role, place.deed)
        }
        for opens in self.places.values():
            safe.body.addLayout(row(opens, None))
        safe.setVisible(bool(self.places))
        sides = Sides(
            look,
            Inside(column(card, safe, None)),
            Inside(column(about, OwnCard(desk, words, look), None)),
            560,
            1100,
            under=True,
        )
        head = label(look, words("settings.title"), role="title")
        whole = Inside(column(head, sides, None, margins=(12, 8, 12, 12)))
        self.setLayout(column(scrolled(whole), gap=0))
        hand_keys(self, self.language)

    def _name(self, name: str) -> QWidget:
        said = label(self.look, name, "text2")
        said.setFixedWidth(self.look.px(140))
        return said

    def _line(self, name: str, control: QWidget) -> QHBoxLayout:
        return row(self._name(name), control, None)

    def _keep(self, settings: Settings) -> None:
        self._settings = settings
        write_settings(settings_file(), settings)
        self.changes.settings.emit()
