"""The validation file: requirement, test, result (ICH E6(R3) 4.2; REGULATION 7, 8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from registry_app.domain.message import Told


@dataclass(frozen=True, slots=True)
class Requirement:
    """What is required, where that stands, and the tests that show it.

    `tests`: files, folders or single tests (after "::") under tests/. `confidence`: how
    sure the source is (confirmed, secondary, unconfirmed).
    """

    id: str
    part: str
    text: Told
    source: Told
    confidence: str
    tests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the tests of a requirement gave in one run; skipped ones are not passed."""

    passed: int
    failed: int

    @property
    def shown(self) -> bool:
        """Whether the requirement was shown: some test, and none that failed."""
        return self.passed > 0 and self.failed == 0


@dataclass(frozen=True, slots=True)
class Run:
    """One run of all tests: when, of which code, on what, and what became of each.

    `code`: SHA-256 of the sources, as ``registry-app --version`` says it.
    """

    on: date
    program: str
    code: str
    machine: str
    outcomes: Mapping[str, Outcome]


@dataclass(frozen=True, slots=True)
class Validation:
    """All requirements with their results. `run` None: the tests were never run."""

    requirements: tuple[Requirement, ...]
    run: Run | None

    def outcome(self, requirement: Requirement) -> Outcome | None:
        """What its tests gave; None where they were not run."""
        return None if self.run is None else self.run.outcomes.get(requirement.id)

    @property
    def shown(self) -> int:
        """How many requirements were shown."""
        found = (self.outcome(one) for one in self.requirements)
        return sum(one is not None and one.shown for one in found)


def meant(test: str, file: str, name: str) -> bool:
    """Whether a test of the run is one that a requirement names.

    >>> meant("packs", "packs/test_loader.py", "test_a")
    True
    >>> meant("packs/test_loader.py::test_b", "packs/test_loader.py", "test_a[1]")
    False
    """
    where, _, one = test.partition("::")
    there = file == where or file.startswith(f"{where}/")
    return there and (not one or name.partition("[")[0] == one)
