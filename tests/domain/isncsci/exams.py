"""Made-up exams for the tests: a lesion, and open and starred scores laid over it."""

import random

from hypothesis import strategies as st

from registry_app.domain.isncsci.exam import ALLOWED
from registry_app.domain.isncsci.segments import (
    DERMATOMES,
    KEY_MUSCLES,
    NEEDED_ITEMS,
    NON_KEY_ITEMS,
    SCORE_ITEMS,
    SEGMENTS,
)

#: Items that decide more than the others, so that they are open more often.
_SACRAL = [i for i in SCORE_ITEMS if i.endswith("_S4_5")]
_MOTOR = [i for i in SCORE_ITEMS if "_M_" in i]
_UNCERTAIN = {
    item: [v for v in ALLOWED[item] if not v.isdigit() and v not in ("Yes", "No")]
    for item in NEEDED_ITEMS
}


def lesion(seed):
    """A certain exam: normal above a level of each side, something below it."""
    chance = random.Random(seed)
    values = {}
    for side in "RL":
        level = chance.choice([*range(30), 27, 28, 29])
        motor = max(0, level + chance.choice([0, 0, 0, -3, -1, 1, 2, 5]))
        for modality in ("LT", "PP"):
            below = chance.choice(["0001122", "0000000001"])
            for n, segment in enumerate(DERMATOMES):
                score = "2" if n < level else chance.choice(below)
                values[f"{side}_{modality}_{segment}"] = score
        below = chance.choice(["012345", "00000000000123", "0" * 20 + "1"])
        for segment in KEY_MUSCLES:
            intact = SEGMENTS.index(segment) <= motor
            values[f"{side}_M_{segment}"] = "5" if intact else chance.choice(below)
        if chance.random() < 0.4:
            values[f"{side}_NK"] = chance.choice(KEY_MUSCLES)
        if chance.random() < 0.6:
            for modality in ("LT", "PP"):
                values[f"{side}_{modality}_S4_5"] = "0"
    values["VAC"] = chance.choice(["Yes", "No", "No"])
    values["DAP"] = chance.choice(["Yes", "No", "No"])
    return values


@st.composite
def _uncertain_cell(draw):
    item = draw(
        st.sampled_from(_MOTOR)
        | st.sampled_from(SCORE_ITEMS)
        | st.sampled_from(["VAC", "DAP", *_SACRAL])
    )
    return item, draw(st.sampled_from(_UNCERTAIN[item]))


lesions = st.integers(0, 2**32).map(lesion)


@st.composite
def few_uncertain(draw):
    """Item to value: a lesion with up to six open or starred items."""
    return draw(lesions) | dict(draw(st.lists(_uncertain_cell(), max_size=6)))


@st.composite
def any_exams(draw):
    """Item to value: a lesion with any number of items open, starred or missing."""
    values = draw(lesions)
    chance = random.Random(draw(st.integers(0, 2**32)))
    share = draw(st.sampled_from([0, 0.02, 0.1, 0.4, 1]))
    missing = draw(st.sampled_from([0, 0, 0.05, 0.5]))
    for item in list(values):
        if item not in NON_KEY_ITEMS and chance.random() < share:
            values[item] = chance.choice(_UNCERTAIN[item])
        if chance.random() < missing:
            del values[item]
    return values
