"""Papers of the registry about itself are numbered and filed as reports are."""

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from registry_app.domain.dates import TOKYO
from registry_app.domain.report import IssuedReport, OwnPaper
from registry_app.services.reports import file
from registry_app.storage.work import Reading, Work

if TYPE_CHECKING:
    from registry_app.reports.issue import Issue


def numbered(reading: Reading, kind: OwnPaper, site: str, at: datetime) -> str:
    """The next number of a paper of a day, such as VALIDATION-SAP-20261123-1."""
    before = f"{kind.name}-{site}-{at.astimezone(TOKYO):%Y%m%d}-"
    known = reading.find(IssuedReport, kind=kind.value)
    return f"{before}{sum(one.id.startswith(before) for one in known) + 1}"


def file_own(
    work: Work, issue: "Issue", pdf: bytes, digest: str, at: datetime
) -> IssuedReport:
    """File a paper and give its record, whose `sha256` is that of the PDF."""
    assert issue.kind is not None
    record = IssuedReport(
        id=issue.number,
        kind=issue.kind.value,
        subject_id="",
        cut_seq=issue.cut.seq,
        cut_head=issue.cut.head,
        sha256=hashlib.sha256(pdf).hexdigest(),
        size=len(pdf),
        made_at=at,
        options={"languages": "+".join(issue.languages)},
        digest=digest,
    )
    file(work, record, pdf)
    return record
