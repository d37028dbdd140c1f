"""A history with both kinds: revisions in one transaction, and some that leave it for what cannot run in one."""

from __future__ import annotations

from tests.deploy.project import Folder

TABLES = (
    """
    op.create_table("item", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.Text, nullable=False))
    op.create_table("log", sa.Column("number", sa.Integer), sa.Column("what", sa.Text))
    item = sa.table("item", sa.column("id", sa.Integer), sa.column("name", sa.Text))
    op.bulk_insert(item, [{"id": number, "name": f"item {number}"} for number in range(1, 4)])
    op.execute("CREATE TYPE mood AS ENUM ('bad', 'good')")
    op.execute("CREATE TABLE feeling (item integer, mood mood)")
    op.execute("CREATE TABLE part (id integer, at integer) PARTITION BY RANGE (at)")
    for number in (1, 2, 3):
        op.execute(f"CREATE TABLE part_{number} PARTITION OF part FOR VALUES FROM ({number}) TO ({number + 1})")
    op.execute("INSERT INTO part SELECT at, at FROM generate_series(1, 3) at")
    op.create_index("ix_item_old", "item", ["name", "id"])
    """,
    """
    op.execute("DROP TABLE part, feeling, log, item CASCADE")
    op.execute("DROP TYPE mood")
    """,
)
BOTH = (
    """
    op.add_column("item", sa.Column("note", sa.Text))
    names = bind.execute(text("SELECT id, name FROM item ORDER BY id")).all()
    with alone():
        op.create_index("ix_item_name", "item", ["name"], postgresql_concurrently=True)
        for number, name in names:
            bind.execute(text("INSERT INTO log VALUES (:number, :name)"), {"number": number, "name": name})
        op.execute("ALTER TYPE mood ADD VALUE 'great'")
        op.execute("VACUUM item")
    op.execute("INSERT INTO feeling VALUES (1, 'great')")
    with alone():
        for number in bind.scalars(text("SELECT id FROM item WHERE note IS NULL ORDER BY id")).all():
            bind.execute(text("UPDATE item SET note = 'noted ' || :number WHERE id = :number"), {"number": number})
        op.execute("REINDEX INDEX CONCURRENTLY ix_item_name")
        op.drop_index("ix_item_old", "item", postgresql_concurrently=True)
        op.execute("ALTER TABLE part DETACH PARTITION part_2 CONCURRENTLY")
    op.alter_column("item", "note", nullable=False)
    """,
    """
    bind.execute(text("DELETE FROM feeling"))
    with alone():
        op.execute("DROP INDEX CONCURRENTLY ix_item_name")
        op.create_index("ix_item_old", "item", ["name", "id"], postgresql_concurrently=True)
        for number in bind.scalars(text("SELECT number FROM log ORDER BY number")).all():
            bind.execute(text("DELETE FROM log WHERE number = :number"), {"number": number})
    op.execute("ALTER TABLE part ATTACH PARTITION part_2 FOR VALUES FROM (2) TO (3)")
    op.drop_column("item", "note")
    with alone():
        op.execute("REINDEX TABLE CONCURRENTLY item")
    """,
)
SESSIONS = (
    """
    class Base(DeclarativeBase):
        pass

    class Kept(Base):
        __tablename__ = "kept"
        id: Mapped[int] = mapped_column(primary_key=True)
        code: Mapped[str] = mapped_column(sa.Text, sa.Computed("'code ' || id", persisted=True))
        seen: Mapped[int] = mapped_column(server_default="0")

    Base.metadata.create_all(bind)
    with Session(bind) as session:
        session.add_all([Kept(id=1), Kept(id=2)])
        session.commit()
    with alone():
        with Session(bind) as session:
            first = Kept(id=3)
            session.add(first)
            session.flush()
            op.execute(f"INSERT INTO log VALUES (3, '{first.code}')")
            first.seen += 1
            session.commit()
        op.bulk_insert(Kept.__table__, [{"id": 4}, {"id": 5}])
        op.create_index("ix_kept_code", "kept", ["code"], unique=True, postgresql_concurrently=True)
        see = "UPDATE kept SET seen = 7 WHERE id = (SELECT min(id) FROM kept WHERE seen < 7)"
        while bind.execute(text(see)).rowcount:
            pass
    new = bind.execute(text("INSERT INTO log VALUES (9, 'new') RETURNING number")).scalar_one()
    op.execute(f"UPDATE log SET what = 'newer' WHERE number = {new}")
    try:
        with bind.begin_nested():
            op.execute("INSERT INTO kept (id) VALUES (5)")
    except sa.exc.IntegrityError:
        op.execute("INSERT INTO log VALUES (5, 'is there already')")
    with alone():
        op.execute("VACUUM kept")
    """,
    """
    with alone():
        op.execute("DROP INDEX CONCURRENTLY ix_kept_code")
        gone = bind.scalars(text("DELETE FROM log WHERE number IN (3, 5, 9) RETURNING what")).all()
        op.execute(f"INSERT INTO log VALUES ({len(gone)}, 'gone')")
        op.execute("VACUUM log")
    op.execute("DROP TABLE kept")
    op.execute("DELETE FROM log WHERE what = 'gone'")
    """,
)
LAST = (
    """
    op.execute("CREATE VIEW noted AS SELECT id, note FROM item")
    op.execute("COMMENT ON VIEW noted IS 'what''s noted; and -- more'")
    """,
    """
    op.execute("DROP VIEW noted")
    """,
)


def write(folder: Folder) -> None:
    """Its revisions."""
    folder.revision("tables", *TABLES)
    folder.revision("both", *BOTH)
    folder.revision("sessions", *SESSIONS)
    folder.revision("last", *LAST)
