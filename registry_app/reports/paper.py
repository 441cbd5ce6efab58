"""What every kind of paper has: its frame, its digest, its origin, its archive file."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count

from reportlab.platypus import Flowable

from registry_app.reports import fonts
from registry_app.reports.archive import archive, written_options
from registry_app.reports.issue import Issue
from registry_app.reports.page import Properties, Running, build
from registry_app.reports.sheet import MEASURE
from registry_app.reports.tables import fields
from registry_app.reports.text import Words
from registry_app.reports.voice import Voice

Row = tuple[tuple[str, str], Words]


@dataclass(frozen=True)
class Paper:
    """One paper about to be printed.

    `template`: raised with every change of what it says or how; part of the digest.
    `title`: the key of its title. `figures`: all that is printed, as plain data.
    `subject_id`: the case it is about, or "". `engines`: what classified its exams.
    """

    template: str
    title: str
    figures: Mapping[str, object]
    issue: Issue
    subject_id: str = ""
    engines: str = ""

    @cached_property
    def voice(self) -> Voice:
        """The one or two languages."""
        return Voice(self.issue.languages)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over what is printed and the template, not over the file's bytes."""
        issue = self.issue
        said = {
            "template": self.template,
            "figures": self.figures,
            "languages": list(issue.languages),
            "number": issue.number,
            "cut": [issue.cut.seq, issue.cut.head, issue.cut_time],
            "registry": [issue.registry.id, issue.registry.site, issue.registry.pack],
            "pack": [issue.pack_name(language) for language in issue.languages],
            "state": [issue.registry.training, issue.draft, issue.identifiable],
        }
        text = json.dumps(
            said, sort_keys=True, ensure_ascii=False, separators=(",", ":")
        )
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def mode(self) -> str:
        """What it shows of persons, as the key of a text."""
        if self.issue.identifiable:
            return "report.state-identifiable"
        return "report.state-pseudonymous"

    @property
    def cut(self) -> str:
        """The time of the cut, and the number of its entry in the trail."""
        return f"{self.issue.cut_time}  #{self.issue.cut.seq}"

    @property
    def running(self) -> Running:
        """What stands on every page."""
        voice, issue = self.voice, self.issue
        states = [
            *(["report.state-training"] if issue.registry.training else []),
            *(["report.state-draft"] if issue.draft else []),
            self.mode,
        ]
        owner = {
            "pack": fonts.writable(issue.pack_name(voice.language)),
            "site": issue.registry.site,
        }
        return Running(
            state="  /  ".join(voice.line(key) for key in states),
            owner=voice.lead("report.owner", **owner),
            report=f"{voice.line(self.title)}  {self.subject_id}".strip(),
            cut=f"{voice.line('report.field-cut')} {self.cut}",
            number=issue.number,
            software=issue.software,
            digest=self.digest,
            label=voice.lead("report.not-official"),
        )

    @property
    def origin(self) -> list[Flowable]:
        """From which state of which registry, by which program: to check it later."""
        voice, issue = self.voice, self.issue

        def one(key: str, words: str) -> Row:
            return (voice.line(key), ""), words

        registry = f"{issue.registry.id}  {issue.registry.pack}"
        program = f"{self.engines}  {issue.software}".strip()
        rows: list[Row] = [
            one("report.field-number", issue.number),
            one("report.field-registry", registry),
            one("report.field-cut", self.cut),
            one("report.field-head", issue.cut.head),
            one("report.field-engine", program),
            one("report.field-digest", f"{self.template}  {self.digest}"),
        ]
        return [fields(rows, 58 if voice.doubled else 36, MEASURE)]

    def numbers(self, key: str) -> Iterator[str]:
        """The first number, the second, and so on without end."""
        return (self.voice.lead(key, n=n) for n in count(1))

    def print(self, story: Sequence[Flowable]) -> bytes:
        """The pages as PDF/A-1b; the same bytes for the same paper and story."""
        run, voice = self.running, self.voice
        properties = Properties(
            title=f"{voice.lead(self.title)} {self.subject_id}".strip(),
            author=run.owner,
            subject=f"{run.report} {run.cut}",
            language={"ja": "ja-JP", "en": "en-GB"}[voice.language],
            creator=self.issue.software,
        )
        return archive(build(story, run, properties), self._marks)

    def check(self) -> None:
        """Raise Refused, with every character named, where the fonts lack one."""
        fonts.register()
        texts = map(fonts.writable, _strings(self.figures))
        fonts.check([*texts, *self.running.texts])

    @property
    def _marks(self) -> dict[str, str]:
        issue = self.issue
        return {
            "RegistryId": issue.registry.id,
            "ReportNumber": issue.number,
            "ReportKind": issue.kind.value,
            "SubjectId": self.subject_id,
            "CutSequence": f"{issue.cut.seq}",
            "CutHead": issue.cut.head,
            "ContentDigest": self.digest,
            "EngineVersion": self.engines,
            "TemplateVersion": self.template,
            "Options": written_options(issue.options),
        }


def _strings(value: object) -> Iterator[str]:
    """Every text inside plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
