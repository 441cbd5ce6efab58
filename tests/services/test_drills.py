"""A drill proves the newest backup, files a certificate, and finds what is wrong."""

from dataclasses import replace
from pathlib import Path

import pytest

from registry_app.domain.errors import NotFound, Refused
from registry_app.domain.keeping import Occasion
from registry_app.reports.claim import claimed
from registry_app.services import backups, drills, people, trail
from registry_app.services.policy import policy, set_policy
from registry_app.services.reports import issued
from registry_app.services.verifying import Standing, verify_report
from registry_app.words import Language
from tests.builders import a_subject


@pytest.fixture
def backup(desk, tmp_path):
    """The newest backup, made before more was written."""
    place = tmp_path / "backups"
    place.mkdir()
    a_subject(desk)
    set_policy(desk, replace(policy(desk), backup_place=str(place)))
    (made,) = backups.back_up(desk, Occasion.DEMAND).records
    a_subject(desk)
    return made


def test_a_sound_backup_is_proved_and_its_certificate_filed(desk, backup, tmp_path):
    before = {one.name for one in tmp_path.iterdir()}

    proof = drills.drill(desk, (Language.JA, Language.EN))

    assert proof.problems == ()
    assert (proof.drill.seq, proof.drill.head) == (backup.seq, backup.head)
    assert proof.drill.backup == backup.id
    assert backups.generations(desk)[0].proved
    number, pdf = drills.certificate_of(desk, proof.drill.id)
    assert number == proof.certificate
    assert claimed(pdf) == (desk.registry.id, number)
    assert verify_report(desk, pdf).standing is Standing.SAME
    assert issued(desk) == ()
    assert trail.verify(desk).problems == ()
    assert {one.name for one in tmp_path.iterdir()} == before
    assert [one.name for one in Path(backup.file).parent.iterdir()] == [
        Path(backup.file).name
    ]


def test_a_certificate_that_was_altered_is_found(desk, backup):
    proof = drills.drill(desk)
    _, pdf = drills.certificate_of(desk, proof.drill.id)

    assert verify_report(desk, pdf + b" ").standing is Standing.ALTERED


@pytest.mark.parametrize("at", [300, -2000, -90000])
def test_a_flipped_byte_is_found_and_recorded(desk, backup, at):
    file = Path(backup.file)
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    file.write_bytes(content)

    proof = drills.drill(desk)

    assert proof.problems
    assert proof.drill.problem == proof.problems[0].key
    assert not backups.generations(desk)[0].proved
    with pytest.raises(NotFound, match=r"backup\.no-certificate"):
        drills.certificate_of(desk, proof.drill.id)
    assert drills.drills(desk) == (proof.drill,)


def test_a_backup_of_before_another_data_key_is_proved_by_its_own_slots(desk, backup):
    people.rotate(desk)

    assert drills.drill(desk).problems == ()


def test_without_a_backup_there_is_nothing_to_prove(desk):
    with pytest.raises(Refused, match=r"backup\.nothing-to-prove"):
        drills.drill(desk)


def test_a_backup_whose_file_is_gone_is_passed_over_for_the_one_before(desk, backup):
    (newer,) = backups.back_up(desk, Occasion.DEMAND).records
    Path(newer.file).unlink()

    assert drills.drill(desk).drill.backup == backup.id
