"""What every kind of paper has: its frame, its digest, its origin, its archive file."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Final

from reportlab.platypus import Flowable, KeepTogether

from registry_app.domain.figures.document import FieldRow, Said
from registry_app.reports import fonts
from registry_app.reports.archive import Attachment, archive, written_options
from registry_app.reports.behind import Found
from registry_app.reports.document_tables import fields_grid
from registry_app.reports.figures_file import csv_of, flattened, json_of
from registry_app.reports.issue import Issue
from registry_app.reports.page import Ended, Pages, Properties, Running, build
from registry_app.reports.sheet import MEASURE
from registry_app.reports.tables import fields
from registry_app.reports.text import Heading, Words
from registry_app.reports.voice import Voice

#: How close the common fields and the origin stand, mm.
_CLOSE: Final = 0.4
#: The common fields that the title and the origin say.
_SAID: Final = ("type", "cut")
Row = tuple[tuple[str, str], Words]


@dataclass(frozen=True)
class Paper:
    """One paper about to be printed.

    `template`: raised with every change of what it says or how; part of the digest.
    `title`: its title. `figures`: all that is printed, as plain data. `subject_id`: the
    case it is about, or "". `engines`: what classified its exams. `covered`: its first
    page is a cover. `lines`: the figures as lines of CSV; flattened, where none are
    given.
    """

    template: str
    title: Said
    figures: Mapping[str, object]
    issue: Issue
    subject_id: str = ""
    engines: str = ""
    covered: bool = False
    lines: Iterable[str] = ()

    @cached_property
    def voice(self) -> Voice:
        """The one or two languages."""
        return Voice(self.issue.languages)

    @cached_property
    def written(self) -> bytes:
        """The figures as JSON."""
        return b"".join(json_of(self.figures))

    @cached_property
    def digest(self) -> str:
        """SHA-256 over what is printed and the template, not over the file's bytes.

        Neither over the signatures: it is what they sign.
        """
        issue = self.issue
        said = {
            "template": self.template,
            "languages": list(issue.languages),
            "number": issue.number,
            "cut": [issue.cut.seq, issue.cut.head, issue.cut_time],
            "registry": [issue.registry.id, issue.registry.site, issue.registry.pack],
            "pack": [issue.pack_name(language) for language in issue.languages],
            "state": [issue.registry.training, issue.draft, issue.identifiable],
            "form": issue.official_form_no,
        }
        whole = hashlib.sha256(b"".join(json_of(said)))
        whole.update(self.written)
        return whole.hexdigest()

    @property
    def facts(self) -> dict[str, object]:
        """Which issue of which report this is, as data."""
        issue = self.issue
        cut, frozen = issue.cut, issue.cut_record
        days = issue.period
        return {
            "number": issue.number,
            "kind": issue.kind.value,
            "cut": {
                "seq": cut.seq,
                "head": cut.head,
                "time": issue.cut_time,
                "number": None if frozen is None else frozen.id,
            },
            "period": None if days is None else [day.isoformat() for day in days],
            "options": dict(issue.options),
            "template": self.template,
            "digest": self.digest,
        }

    @property
    def whole(self) -> dict[str, object]:
        """The facts and the figures: what is attached, and what is given as data."""
        return {"report": self.facts, **self.figures}

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
            report=f"{self.name}  {self.subject_id}".strip(),
            cut=f"{voice.line('report.field-cut')} {self.cut}",
            number=issue.number,
            software=issue.software,
            digest=self.digest,
            label=issue.official_form_no or voice.lead("report.not-official"),
            cover=self.covered,
        )

    @property
    def name(self) -> str:
        """Its title in the languages of the report."""
        return " ".join(filter(None, self.voice.said(self.title)))

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
        return [fields(rows, 58 if voice.doubled else 36, MEASURE, _CLOSE)]

    def closing(
        self, cover: Sequence[FieldRow], signed: Sequence[Flowable] = ()
    ) -> Flowable:
        """The last section, in one piece: the common fields, where no cover has them,
        but what the title and the origin say; who signed; and the origin.
        """
        heading = Heading(1, *self.voice.pair("report.section-about"))
        rows = [row for row in cover if row.id not in _SAID]
        fields: list[Flowable] = []
        if rows:
            fields = [fields_grid(rows, self.voice, pad=_CLOSE, close=True)]
        return KeepTogether([heading, *fields, *signed, *self.origin])

    def numbers(self, key: str) -> Iterator[str]:
        """The first number, the second, and so on without end."""
        return (self.voice.lead(key, n=n) for n in count(1))

    def print(
        self, story: Sequence[Flowable], found: Found = lambda _regions: None
    ) -> bytes:
        """The pages as an archive file; the same bytes for the same paper and story.

        `found`: told where the values stand whose sources are known.
        """
        pages = self.pages(story)
        found(pages.regions)
        return self.archived(pages.pdf)

    def pages(
        self, story: Sequence[Flowable], ended: Ended = lambda _page: None
    ) -> Pages:
        """The pages, before they are made an archive file."""
        run, voice = self.running, self.voice
        lead = voice.said(self.title)[0]
        properties = Properties(
            title=f"{lead} {self.subject_id}".strip(),
            author=run.owner,
            subject=f"{run.report} {run.cut}",
            language={"ja": "ja-JP", "en": "en-GB"}[voice.language],
            creator=self.issue.software,
        )
        return build(story, run, properties, ended)

    def archived(
        self, pages: bytes, going: Callable[[int], None] = lambda _percent: None
    ) -> bytes:
        """PDF/A, with the figures inside unless the issue or the kind is without."""
        with_figures = self.issue.form == "3b" and self.issue.kind.archived
        attached = self._figures() if with_figures else ()
        return archive(pages, self._marks, attached, going)

    def _figures(self) -> tuple[Attachment, ...]:
        """The figures as JSON and as CSV: to check them again without this program."""
        facts = b"".join(json_of(self.facts))
        # As `whole`, without writing the figures a second time.
        document = b'{"report":' + facts + b"," + self.written[1:] + b"\n"
        table = csv_of(self.lines or flattened(self.figures))
        return (
            Attachment("figures.json", "application/json", "Data", document),
            Attachment("figures.csv", "text/csv", "Supplement", table),
        )

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
