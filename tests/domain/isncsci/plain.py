"""Part 1 of the rules written down once more, as plainly as it can be, for the tests.

One certain exam in, one value for each field out; slow, and without any thought for
uncertain scores. `enumerated` classifies an uncertain exam with it world by world.
"""

from functools import lru_cache
from itertools import product

SEGMENTS = [
    *(f"C{n}" for n in range(1, 9)),
    *(f"T{n}" for n in range(1, 13)),
    *(f"L{n}" for n in range(1, 6)),
    *("S1", "S2", "S3", "S4_5", "INT"),
]
AT = {segment: n for n, segment in enumerate(SEGMENTS)}
ARM = ["C5", "C6", "C7", "C8", "T1"]
LEG = ["L2", "L3", "L4", "L5", "S1"]
ORDER = ["NA", *SEGMENTS]


def between(first, last):
    return SEGMENTS[AT[first] : AT[last] + 1]


#: Remembered of the world at hand, for each field asks for the same levels again.
remembered = lru_cache(maxsize=256)


class World:
    """One certain exam: item to score, all of them written."""

    def __init__(self, items):
        self.items = items
        self.vac, self.dap = items["VAC"] == "Yes", items["DAP"] == "Yes"

    def touch(self, side, segment):
        return int(self.items[f"{side}_LT_{segment}"])

    def pin(self, side, segment):
        return int(self.items[f"{side}_PP_{segment}"])

    def muscle(self, side, segment):
        return int(self.items[f"{side}_M_{segment}"])

    @remembered
    def normal(self, side, segment):
        return self.touch(side, segment) == 2 and self.pin(side, segment) == 2

    @remembered
    def felt(self, side, segment):
        return self.touch(side, segment) > 0 or self.pin(side, segment) > 0

    # 1.2
    @remembered
    def sensory_level(self, side):
        for segment in between("C2", "S4_5"):
            if not self.normal(side, segment):
                return SEGMENTS[AT[segment] - 1]
        return "INT"

    # 1.3, its eight steps
    @remembered
    def motor_level(self, side):
        for segment in ["C2", "C3", "C4"]:
            if not self.normal(side, segment):
                return SEGMENTS[AT[segment] - 1]
        level = self._stopped_by_muscle(side, ARM)
        if level:
            return level
        if not all(self.normal(side, s) for s in between("C5", "T2")):
            return "T1"
        for segment in between("T3", "L1"):
            if not self.normal(side, segment):
                return SEGMENTS[AT[segment] - 1]
        level = self._stopped_by_muscle(side, LEG)
        if level:
            return level
        if not all(self.normal(side, s) for s in between("L2", "S2")):
            return "S1"
        for segment in ["S3", "S4_5"]:
            if not self.normal(side, segment):
                return SEGMENTS[AT[segment] - 1]
        return "INT" if self.vac else "S3"

    def _stopped_by_muscle(self, side, group):
        for segment in group:
            grade = self.muscle(side, segment)
            if grade <= 2:
                return SEGMENTS[AT[segment] - 1]
            if grade < 5:
                return segment
        return None

    # 1.4
    @remembered
    def nli(self):
        levels = [f(s) for s in "RL" for f in (self.sensory_level, self.motor_level)]
        return min(levels, key=AT.get)

    # 1.5
    def sacral_sensation(self):
        return any(self.felt(side, "S4_5") for side in "RL")

    @remembered
    def completeness(self):
        nothing = not self.vac and not self.dap and not self.sacral_sensation()
        return "C" if nothing else "I"

    # 1.6
    def far_below(self, side, segment):
        return AT[segment] >= AT[self.motor_level(side)] + 4

    @remembered
    def key_muscle_far_below(self, side):
        return any(
            self.muscle(side, s) >= 1 and self.far_below(side, s) for s in ARM + LEG
        )

    def non_key_far_below(self, side):
        segment = self.items.get(f"{side}_NK")
        return segment is not None and self.far_below(side, segment)

    def ais(self):
        if self.completeness() == "C":
            return "A"
        if self.nli() == "INT":
            return "E"
        motor_incomplete = self.vac or (
            (self.dap or self.sacral_sensation())
            and any(
                self.key_muscle_far_below(s) or self.non_key_far_below(s) for s in "RL"
            )
        )
        if not motor_incomplete:
            return "B"
        nli = AT[self.nli()]
        below = [self.muscle(s, m) for s in "RL" for m in ARM + LEG if AT[m] > nli]
        return "D" if sum(g >= 3 for g in below) * 2 >= len(below) else "C"

    # 1.7
    def sensory_zone(self, side):
        if self.dap or self.felt(side, "S4_5"):
            return "NA"
        felt = [s for s in between("C2", "S3") if self.felt(side, s)]
        return felt[-1] if felt else "C1"

    # 1.8
    def motor_zone(self, side):
        if self.vac:
            return "NA"
        only_non_key = (
            self.completeness() == "I"
            and self.non_key_far_below(side)
            and not any(self.key_muscle_far_below(s) for s in "RL")
        )
        if only_non_key:
            return self.items[f"{side}_NK"]
        working = [s for s in ARM + LEG if self.muscle(side, s) >= 1]
        return max([*working, self.motor_level(side)], key=AT.get)

    def fields(self):
        return {
            "sensory_right": self.sensory_level("R"),
            "sensory_left": self.sensory_level("L"),
            "motor_right": self.motor_level("R"),
            "motor_left": self.motor_level("L"),
            "nli": self.nli(),
            "completeness": self.completeness(),
            "ais": self.ais(),
            "zpp_sensory_right": self.sensory_zone("R"),
            "zpp_sensory_left": self.sensory_zone("L"),
            "zpp_motor_right": self.motor_zone("R"),
            "zpp_motor_left": self.motor_zone("L"),
        }


def domain(item, written, reading):
    """The table of 2.1."""
    if item in ("VAC", "DAP"):
        return [written] if written in ("Yes", "No") else ["Yes", "No"]
    normal = 5 if "_M_" in item else 2
    score, stars = written.rstrip("*"), written.count("*")
    everything = range(normal + 1)
    if reading == "examined" or stars == 0:
        return list(everything) if score in ("", "NT", "UNK") else [int(score)]
    if stars == 2:
        return [normal]
    return list(range(0 if score == "NT" else int(score), normal))


def worlds(values, items, reading):
    """Every certain exam that `values` (with `items` needed) can stand for."""
    written = {item: domain(item, values.get(item, ""), reading) for item in items}
    non_key = {k: v for k, v in values.items() if k.endswith("_NK")}
    for scores in product(*written.values()):
        yield dict(zip(written, scores, strict=True)) | non_key


def world_count(values, items, reading):
    """How many worlds there are."""
    count = 1
    for item in items:
        count *= len(domain(item, values.get(item, ""), reading))
    return count


def enumerated(values, items):
    """Field to (values in order, star), by going through every world."""
    sets = {}
    for reading in ("assumed", "examined"):
        found = {}
        for world in worlds(values, items, reading):
            for field, value in World(world).fields().items():
                found.setdefault(field, set()).add(value)
        sets[reading] = found

    def order(value):
        return ORDER.index(value) if value in ORDER else ord(value)

    return {
        field: (tuple(sorted(s, key=order)), s != sets["examined"][field])
        for field, s in sets["assumed"].items()
    }
