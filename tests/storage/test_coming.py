from datetime import timedelta

import sqlalchemy as sa

from registry_app.storage.coming import Coming, next_visits, unmet_visits
from tests.builders import INJURY, a_registry, a_subject, an_exam

DAY_90 = Coming("day-90", INJURY + timedelta(days=76), INJURY + timedelta(days=104))


def test_the_visit_that_closes_first_is_the_next_and_a_closed_one_is_not(tmp_path):
    desk = a_registry(tmp_path / "site.registry")
    subject = a_subject(desk)
    with desk.read() as reading:
        for number, visit in ((56, "baseline"), (57, "day-90"), (105, "endpoint")):
            found = next_visits(reading, INJURY + timedelta(days=number))
            assert found[subject.id].visit == visit
        assert next_visits(reading, DAY_90.last, [subject.id]) == {subject.id: DAY_90}
        assert next_visits(reading, DAY_90.last, ["SAP-9"]) == {}
    an_exam(desk, subject, INJURY + timedelta(days=90), "day-90")
    with desk.read() as reading:
        assert next_visits(reading, DAY_90.first)[subject.id].visit == "endpoint"
        assert unmet_visits(reading, INJURY, DAY_90.last) == [
            (subject.id, "baseline", INJURY + timedelta(days=56))
        ]
    desk.close()


def test_what_looks_at_all_cases_reads_nothing_but_the_index(tmp_path):
    desk = a_registry(tmp_path / "site.registry")
    told = []
    with desk.read() as reading:

        def listen(_, cursor, statement, parameters, *__):
            if "FROM planned" in statement:
                told.append((statement, parameters))

        sa.event.listen(reading.connection, "after_cursor_execute", listen)
        next_visits(reading, INJURY)
        unmet_visits(reading, INJURY, INJURY)
        for statement, parameters in list(told):
            plan = reading.connection.exec_driver_sql(
                f"EXPLAIN QUERY PLAN {statement}", parameters
            )
            assert "COVERING INDEX ix_planned_open_last" in str(plan.all())
        assert len(told) >= 2
    desk.close()
