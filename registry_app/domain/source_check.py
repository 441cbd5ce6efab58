"""A mark that what a form says was compared with its source document."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SourceCheck:
    """Somebody compared a form, or one item of it, with its source (原資料照合).

    `item`: as the trail names it, ``values.R_LT_C2``; "" for the whole form.
    `form_version`: the version of the form that was compared. The mark drops as soon as
    a later version changes what it is of. `withdrawn`: it was set by mistake.
    """

    id: str
    form_id: str
    item: str
    form_version: int
    person: str
    at: datetime
    withdrawn: bool = False
    version: int = 0
