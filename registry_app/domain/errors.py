"""Refusals, worded for the person at the keyboard."""

from registry_app.domain.message import Message, say


class RegistryError(Exception):
    """Something the user can understand and act upon; any other exception is a bug.

    `str()` gives only the key, so that a log never holds a value of a patient.
    """

    def __init__(self, key: str, **params: object) -> None:
        self.message: Message = say(key, **params)
        super().__init__(key)


class InvalidValue(RegistryError):
    """What was typed or read is not a value of that place."""


class Refused(RegistryError):
    """The thing asked for is not allowed, or cannot be done now."""


class NotFound(RegistryError):
    """What was asked for is not in this registry."""
