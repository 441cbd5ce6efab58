"""What a fault was tried on and what became of it: a line of docs/reliability.md."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Seen:
    """One fault: what the program made of each trial, and where it failed."""

    what: str
    outcomes: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    @property
    def tried(self):
        """How many trials there were."""
        return sum(self.outcomes.values())

    def was(self, outcome):
        """A trial ended as it should, in one of several ways."""
        self.outcomes[outcome] += 1

    def failed(self, why):
        """A trial ended as none should."""
        self.outcomes["FAILED"] += 1
        self.failures.append(why)

    def expect(self, well, outcome, why):
        """`outcome` where it went well; else the reason is kept."""
        if well:
            self.was(outcome)
        else:
            self.failed(why)
