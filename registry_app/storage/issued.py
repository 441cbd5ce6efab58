"""Which texts are in a report that was issued: they change with a reason alone."""

import sqlalchemy as sa

from registry_app.storage.report_tables import data_cut, report


def issued_with(connection: sa.Connection, kind: str, cut: str) -> bool:
    """Whether a report of this kind was issued from the data cut of this number."""
    seq = sa.select(data_cut.c.seq).where(data_cut.c.id == cut).scalar_subquery()
    query = sa.select(report.c.id).where(report.c.kind == kind, report.c.cut_seq == seq)
    return connection.execute(query.limit(1)).first() is not None
