"""A sitting ends in a seal of the trail, and the next one begins with a look at it."""

import sqlalchemy as sa

from registry_app.domain.person import Role
from registry_app.domain.seal import TrailSeal
from registry_app.services import registry, session, trail
from registry_app.storage import trail as chain
from registry_app.storage.tables import entry
from tests.builders import (
    CHEAP,
    PASSWORD,
    a_registry,
    a_subject,
    an_exam,
    at_desk,
)


def keys(messages):
    return [message.key for message in messages]


def seals_of(desk):
    with desk.read() as reading:
        return reading.find(TrailSeal)


def made_anew(desk, change):
    """The trail as whoever holds all keys of the file would write it anew."""
    made = desk.store._engine
    with made.connect() as connection:
        raw = connection.connection.driver_connection
        for table in ("entry",):
            for verb in ("update", "delete"):
                raw.execute(f"DROP TRIGGER {table}_no_{verb}")
        change(raw)
        head = chain.GENESIS
        rows = connection.execute(sa.select(entry).order_by(entry.c.seq)).mappings()
        for row in list(rows):
            head = chain.seal(desk.store.secrets.trail, head, row)
            raw.execute("UPDATE entry SET head = ? WHERE seq = ?", [head, row["seq"]])
        raw.commit()
        raw.execute(
            "CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry BEGIN"
            " SELECT RAISE(ABORT, 'entries of the trail stay as they are'); END"
        )
        raw.execute(
            "CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry BEGIN"
            " SELECT RAISE(ABORT, 'entries of the trail stay as they are'); END"
        )
        raw.commit()


def test_a_sign_out_seals_the_trail_with_the_persons_own_key(desk):
    a_subject(desk)
    end = trail.head(desk)

    assert session.leave(desk) == ()

    (seal,) = seals_of(desk)
    assert (seal.person, seal.seq, seal.head) == (desk.person.id, end.seq, end.head)
    assert seal.public_key == desk.person.public_key
    assert trail.verify(desk).problems == ()


def test_who_wrote_nothing_new_seals_nothing(desk):
    session.leave(desk)
    end = trail.head(desk)

    session.leave(desk)

    assert trail.head(desk) == end


def test_a_trail_made_anew_with_all_keys_of_the_file_is_found_by_the_seal(desk):
    an_exam(desk, a_subject(desk))
    session.leave(desk)

    made_anew(
        desk, lambda raw: raw.execute("UPDATE entry SET reason = 'no' WHERE seq = 3")
    )

    assert keys(trail.verify(desk).problems) == ["trail.seal-of-another"]
    assert keys(session.arrive(desk).problems) == ["trail.seal-of-another"]


def test_a_seal_that_somebody_else_made_is_found(desk):
    a_subject(desk)
    session.leave(desk)

    made_anew(
        desk, lambda raw: raw.execute("UPDATE trail_seal SET signed = public_key")
    )

    assert "trail.record-changed" in keys(trail.verify(desk).problems)
    assert keys(session.arrive(desk).problems) == ["trail.seal-not-theirs"]


def test_a_sitting_that_was_cut_short_is_sealed_at_the_next_sign_in(tmp_path):
    desk = a_registry(tmp_path / "site.registry")
    session.leave(desk)
    a_subject(desk)
    assert keys(trail.verify(desk).notes) == ["trail.unsealed"]
    desk.close()  # as after a power cut: without a seal

    desk = at_desk(tmp_path / "site.registry")
    arrival = session.arrive(desk)

    assert (arrival.problems, arrival.checked > 0) == ((), True)
    assert len(seals_of(desk)) == 2
    assert trail.verify(desk).notes == ()
    desk.close()


def test_only_what_came_after_the_newest_seal_is_checked_at_sign_in(desk):
    a_subject(desk)
    session.leave(desk)
    assert session.arrive(desk).checked == 1  # the seal itself
    a_subject(desk)
    checked = session.arrive(desk).checked

    assert 1 < checked < trail.head(desk).seq


def test_a_record_changed_since_the_seal_is_found_at_sign_in(desk):
    session.leave(desk)
    subject = a_subject(desk)
    with desk.store._engine.connect() as connection:
        raw = connection.connection.driver_connection
        raw.execute("UPDATE subject SET cause = 'x' WHERE id = ?", [subject.id])
        raw.commit()

    found = session.arrive(desk)

    assert "trail.record-changed" in keys(found.problems)
    assert len(seals_of(desk)) == 1  # nobody seals what is not as it was


def test_seals_that_were_taken_away_for_months_are_a_problem(desk, tmp_path):
    registry.add_person(desk, "佐藤", "架空", Role.ENTRY, PASSWORD, cost=CHEAP)
    session.leave(desk)
    desk.close()
    path = desk.path
    other = at_desk(path, "佐藤")
    a_subject(other)
    other.close()

    desk = at_desk(path)
    made_anew(
        desk,
        lambda raw: raw.execute(
            "UPDATE entry SET at = '2026-09-01 00:00:00'"
            " WHERE seq = (SELECT max(seq) FROM entry WHERE actor = '佐藤')"
        ),
    )

    assert "trail.seals-missing" in keys(trail.verify(desk).problems)
    desk.close()
