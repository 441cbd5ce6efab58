"""The columns of every list of changes: the item, what was before, what came after."""

from registry_app.domain.trail import Change, Entry
from registry_app.services.trail_words import item_text, value_text
from registry_app.ui.rows_model import Column
from registry_app.words import Words


def change_columns(words: Words, entry: Entry) -> list[Column]:
    """For the changes of one entry."""
    kind = entry.kind

    def item(change: Change) -> str:
        return item_text(words, kind, change.item)

    def old(change: Change) -> str:
        return value_text(words, kind, change, change.old)

    def new(change: Change) -> str:
        return value_text(words, kind, change, change.new)

    return [
        Column(words("trail_page.col-item"), item, 0),
        Column(words("trail_page.col-old"), old, 260),
        Column(words("trail_page.col-new"), new, 260),
    ]
