"""How everything looks: tokens (resources/theme) to colours, fonts, palette, sheet.

The only module that reads tokens.toml; no other module of `ui` names a colour. One
`Look` is made when the window is built and handed to every widget; another theme,
text size or registry means a new `Look` and a new window, so it never changes.

    look.colour("accent")            # any name of [light] / [dark]
    look.colour("score.motor.3")     # nested tables by dots, lists by index
    look.colour("bodymap.level_1"), look.colour("chart.series.0")
    look.font("caption", MEDIUM)     # roles caption, body, title, figure
    look.px(28)                      # a measure at 100 %, times the user's text size
    look.size("row_table")           # a measure of [size], likewise

Painting with these is in `ui/paint.py`; ready-made widgets are in `ui/widgets.py`.
"""

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication

from registry_app.paths import RESOURCES
from registry_app.ui.style import Style, style_sheet

REGULAR, MEDIUM, BOLD = 400, 500, 700
#: Text sizes a user can choose, in hundredths.
TEXT_SIZES = (100, 110, 125, 150, 175, 200)


class Theme(StrEnum):
    """The two sets of colours."""

    LIGHT = "light"
    DARK = "dark"


def load_fonts() -> None:
    """Give the bundled fonts to Qt, once, before the first widget."""
    for file in sorted((RESOURCES / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


class Look:
    """What a widget asks while it is built and while it paints."""

    def __init__(
        self,
        theme: Theme = Theme.LIGHT,
        *,
        training: bool = False,
        text_size: int = 100,
    ) -> None:
        self.theme, self.training, self.text_size = theme, training, text_size
        file = RESOURCES / "theme" / "tokens.toml"
        self._tokens: Mapping[str, Any] = tomllib.loads(file.read_text("utf-8"))
        colours: dict[str, Any] = dict(self._tokens[theme])
        if training:
            for name in ("", "_hover", "_weak"):
                colours["accent" + name] = colours["training" + name]
        for table in ("score", "chart", "bodymap"):
            colours[table] = self._tokens[table][theme]
        self._colours = colours

    def colour(self, name: str, alpha: float = 1.0) -> QColor:
        """The colour of a token, such as ``accent`` or ``score.motor.3``."""
        found: Any = self._colours
        for part in name.split("."):
            found = found[int(part) if part.isdigit() else part]
        colour = QColor(found)
        colour.setAlphaF(alpha)
        return colour

    def px(self, length: float) -> int:
        """A length at 100 %, in pixels at the user's text size."""
        return round(length * self.text_size / 100)

    def size(self, name: str) -> int:
        """A measure of [size] in tokens.toml, at the user's text size."""
        return self.px(self._tokens["size"][name])

    def font(self, role: str = "body", weight: int | None = None) -> QFont:
        """The font of a role: caption 11, body 13, title 18, figure 24 px."""
        spec = self._tokens["type"][role]
        made = QFont()
        made.setFamilies(self._tokens["type"]["family"])
        made.setPixelSize(self.px(spec["size"]))
        made.setWeight(QFont.Weight(weight or spec["weight"]))
        made.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
        # The bundled font has equal digits anyway; a fall-back may not.
        made.setFeature(QFont.Tag("tnum"), 1)
        return made

    def width(self, text: str, role: str = "body", weight: int | None = None) -> float:
        """How wide a text is in that font, in pixels."""
        return QFontMetricsF(self.font(role, weight)).horizontalAdvance(text)

    def apply(self, app: QApplication) -> None:
        """Give style, palette, font and sheet to the application."""
        style = Style(self)
        style.setParent(app)  # or Python lets go of it while Qt still draws with it
        app.setStyle(style)
        app.setPalette(self.palette())
        app.setFont(self.font())
        app.setStyleSheet(style_sheet(self))

    def palette(self) -> QPalette:
        """Every role of Qt's palette, from tokens: no grey of the system is left."""
        role, group = QPalette.ColorRole, QPalette.ColorGroup
        made = QPalette()
        for name, colour in {
            role.Window: "background",
            role.Base: "surface",
            role.AlternateBase: "raised",
            role.Button: "surface",
            role.Text: "text1",
            role.WindowText: "text1",
            role.ButtonText: "text1",
            role.BrightText: "on_accent",
            role.PlaceholderText: "text3",
            role.Highlight: "accent",
            role.HighlightedText: "on_accent",
            role.Link: "accent",
            role.LinkVisited: "accent",
            role.ToolTipBase: "raised",
            role.ToolTipText: "text1",
            role.Light: "surface",
            role.Midlight: "raised",
            role.Mid: "border",
            role.Dark: "border_strong",
            role.Shadow: "border_strong",
            role.Accent: "accent",
        }.items():
            made.setColor(name, self.colour(colour))
        for name in (role.Text, role.WindowText, role.ButtonText):
            made.setColor(group.Disabled, name, self.colour("text3"))
        return made
