"""The services of the access log, each once (test_every_write.py)."""

from registry_app.domain.access import Act
from registry_app.domain.handover import NOT_STATED
from registry_app.domain.report import Kind
from registry_app.services import access, outgoing, reports


def looking(walk, subject):
    """What was noted is written at once, by one of them, and can be read."""
    walk(access.opened, "patient", subject.id)
    walk(access.searched, "カクウ", 1)
    walk(access.printed, "R5-1", subject.id)
    assert walk.kinds == []
    told = ("R5-1", Kind.PATIENT_SUMMARY, subject.id)
    paper = walk(outgoing.outgoing_paper, *told, identifiable=True)
    filed = walk(outgoing.outgoing_filed, walk(reports.issued)[0].id)
    assert filed.what
    walk(access.exported, paper, NOT_STATED)
    walk(access.consents_of, [subject.id])
    assert walk.kinds == []
    walk(access.write_access)
    assert set(walk.kinds) == {"access"}
    found = walk(access.access_ids, access.AccessQuery(act=Act.PRINTED))
    assert [one.what for one in walk(access.access_rows, found)] == ["R5-1"]
    assert len(walk(access.access_people)) == 1
    assert walk.kinds == []
