"""One object that says what a service has changed; pages re-read when told."""

from PySide6.QtCore import QObject, Signal


class Changes(QObject):
    """Who changes something through a service announces it here, after it is saved.

    subject(case ID): that subject, its visits or its forms are no longer as before.
    plan(): what is due is no longer as before: a setting of the plan, the regime, an
    occurrence, a kit, or a duty that was settled.
    settings(): language, theme or text size; the window is then built anew.
    """

    subject = Signal(str)
    plan = Signal()
    settings = Signal()
