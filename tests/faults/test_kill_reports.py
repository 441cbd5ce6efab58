"""kill -9 while a report is issued, signed, handed over, or a safety case is opened."""

import os
import random
import signal
import subprocess
import sys

from registry_app.domain.report import Kind
from registry_app.paths import ROOT
from registry_app.services import trail
from registry_app.services.cuts import cuts
from registry_app.services.reports import filed_pdf, issued
from registry_app.services.safety import case_file, safety_cases
from registry_app.services.signing import signatures
from registry_app.services.transmittals import transmittals
from registry_app.services.verifying import Standing, verify_filed
from tests.builders import PASSWORD, USER, a_registry, at_desk
from tests.services.report_room import a_patient, made

KILLS = 24
#: For each line it reads, forks a writer: that opens a case, issues a report of what is
#: there now, signs it and hands it over, and says so after each, until it is killed.
NURSERY = """
import os, sys
from pathlib import Path
from registry_app.domain.report import Kind
from registry_app.domain.signature import Meaning
from registry_app.services import registry, reports, signing, transmittals
from registry_app.services.protocol import today_in_japan
from registry_app.services.subjects import open_subject
from tests.services.report_room import JA, a_case
from tests.services.test_transmittals import handed

import registry_app.reports.document, registry_app.services.papers  # not in each child

def say(what):
    os.write(1, f"{what}\\n".encode())

def write():
    say(os.getpid())
    desk = registry.sign_in(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
    subject = open_subject(desk, sys.argv[4]).subject
    say("open")
    while True:
        say(f"case {a_case(desk, subject).id}")
        report = reports.make_report(desk, Kind.DISCLOSURE, (JA,))
        say(f"issued {report.number}")
        signing.sign(desk, report.number, Meaning.PREPARED, sys.argv[3])
        say(f"signed {report.number}")
        sent = handed(report.number, sent_on=today_in_japan(desk))
        transmittals.transmit(desk, sent)
        say(f"sent {report.number}")

for _ in sys.stdin:
    child = os.fork()
    if not child:
        write()
    os.waitpid(child, 0)
    say("dead")
"""


def test_what_was_said_to_be_issued_signed_or_sent_survives_being_killed(tmp_path):
    path = tmp_path / "site.registry"
    desk = a_registry(path)
    subject = a_patient(desk)
    made(desk, Kind.DISCLOSURE, subject)
    desk.close()
    nursery = subprocess.Popen(
        [sys.executable, "-c", NURSERY, path, USER, PASSWORD, subject.id],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
        cwd=ROOT,
    )
    chance = random.Random(20260402)
    told = {"case": set(), "issued": set(), "signed": set(), "sent": set()}
    for _ in range(KILLS):
        nursery.stdin.write("another\n")
        writer = int(nursery.stdout.readline())
        # At a random moment of any of the four.
        said = [nursery.stdout.readline() for _ in range(1 + chance.randrange(5))]
        _linger(chance.randrange(2_000_000))
        os.kill(writer, signal.SIGKILL)
        said += iter(nursery.stdout.readline, "dead\n")
        for line in said:
            what, _, which = line.strip().partition(" ")
            told.get(what, set()).add(which)
    nursery.communicate()

    desk = at_desk(path)
    assert trail.verify(desk).problems == ()
    numbers = {one.id for one in issued(desk)}
    assert told["issued"] <= numbers
    for number in numbers:
        assert verify_filed(desk, number).standing is Standing.SAME
        assert filed_pdf(desk, number).startswith(b"%PDF")
    signed = {number for number in numbers if signatures(desk, number)}
    assert told["signed"] <= signed
    for one in issued(desk):
        assert one.options.get("signed", "0") == f"{len(signatures(desk, one.id))}"
    assert told["sent"] <= {one.report for one in transmittals(desk)} <= signed
    numbered = sorted(int(cut.id) for cut in cuts(desk))
    assert numbered == list(range(1, len(numbered) + 1))
    cases = [line.case.id for line in safety_cases(desk)]
    assert told["case"] <= set(cases)
    assert sorted(cases) == [f"SAP-S{n:04d}" for n in range(1, len(cases) + 1)]
    for case in cases:
        file = case_file(desk, case)
        assert (len(file.events), len(file.clocks) > 0) == (1, True)
    assert len(told["signed"]) > 1
    desk.close()


def _linger(rounds):
    """A moment that is not a whole number of saves."""
    for _ in range(rounds):
        pass
