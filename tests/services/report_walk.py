"""The services about reports, each once (test_every_write.py)."""

from datetime import date

from registry_app.domain.evaluation import Evaluation
from registry_app.domain.figures.document import Ref
from registry_app.domain.publication import Publication, PublicationKind
from registry_app.domain.report import Kind
from registry_app.domain.signature import Meaning
from registry_app.services import (
    certificate,
    cuts,
    demo_safety,
    evaluation,
    filed,
    making,
    obligations,
    papers,
    publications,
    report_documents,
    report_kinds,
    report_texts,
    reports,
    signing,
    sources,
    transmittals,
    verifying,
)
from registry_app.words import Language
from tests.services.report_room import a_case
from tests.services.test_certificate import SECRET, a_key
from tests.services.test_transmittals import handed


def report_side(walk, subject):
    """Cuts, reports of each kind, signatures, texts, what was handed over."""
    trial = Publication("", PublicationKind.TRIAL, "A made-up trial")
    walk(publications.save_publication, trial)
    assert walk.kinds == ["publication"]
    plan = Evaluation("", "first", date(2026, 4, 1), "")
    saved = walk(evaluation.save_evaluation, plan)
    assert walk.kinds == ["evaluation"]
    walk(evaluation.lock_evaluation, saved.id, "board")
    assert walk.kinds == ["evaluation"]
    number = a_case(walk.desk, subject).id
    walk.look_again()

    cut = walk(cuts.freeze, "half-year")
    assert walk.kinds == ["cut"]
    told = (Kind.DISCLOSURE, cut.id, {"discussion": ("考察", "")})
    walk(report_texts.save_texts, *told)
    assert walk.kinds == ["report_text"]
    assert not walk(report_texts.texts_issued, Kind.DISCLOSURE, cut.id)
    for kind in Kind:
        case = subject.id if kind.of_one_case else ""
        about = number if kind.of_safety_case else ""
        asked = {"subject_id": case, "about": about}
        report = walk(reports.make_report, kind, (Language.JA,), **asked)
        assert walk.kinds == ["report"]
        walk(verifying.verify_report, report.pdf)
        assert walk.kinds == []
    issued = next(one for one in reports.issued(walk.desk) if one.digest)
    password = "quince jelly"  # of the person since registry.change_password
    walk(signing.sign, issued.id, Meaning.PREPARED, password)
    assert walk.kinds == ["signature", "report"]
    sent = walk(transmittals.transmit, handed(issued.id))
    assert walk.kinds == ["transmittal"]
    walk(transmittals.add_receipt, sent.id, "R-1", sent.sent_on)
    assert walk.kinds == ["transmittal"]

    for reads, *asked in (
        (certificate.with_certificate, issued.id, a_key(), SECRET),
        (cuts.cuts,),
        (cuts.cut_numbered, cut.id),
        (cuts.changed_since, cut.id),
        (cuts.cut_as_of, walk.desk.clock().date()),
        (evaluation.evaluations,),
        (evaluation.drift,),
        (filed.behind, issued.id),
        (filed.as_filed, issued, ()),
        (publications.publications,),
        (report_kinds.wanted_reports,),
        (report_kinds.duties_served, Kind.PERIODIC),
        (report_kinds.reportable_cases,),
        (report_texts.texts, Kind.DISCLOSURE, cut.id),
        (reports.issued,),
        (reports.issued_report, issued.id),
        (reports.filed_pdf, issued.id),
        (signing.signatures, issued.id),
        (signing.same_hand, issued.id),
        (sources.records_behind, [Ref("subject", subject.id)]),
        (transmittals.transmittals,),
        (verifying.verify_filed, issued.id),
    ):
        walk(reads, *asked)
        assert walk.kinds == []
    for inner in (
        cuts.cut_at,
        demo_safety.write_plan,
        demo_safety.write_safety,
        making.made,
        making.written_parts,
        obligations.settle_in,
        papers.paper,
        report_documents.document,
        reports.signed,
    ):  # by make_report, transmit and make_training_registry
        walk.called.add((inner.__module__, inner.__name__))
