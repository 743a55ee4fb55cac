"""The audit log: whoever changes a line, drops one or cuts the end is found out."""

from contextlib import suppress
from pathlib import Path

import pytest
import sqlalchemy as sa

from pipeline.desk.auditing import Audit, act, noted_heads
from pipeline.errors import BrokenLog
from pipeline.records import Person
from pipeline.store.audit import acting, log
from tests.office import Office


def tamper(office: Office, statement: str) -> None:
    """As the owner of the database could: without the triggers."""
    with office.store.writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("ALTER TABLE audit DISABLE TRIGGER ALL"))
        else:
            triggers = connection.scalars(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all()
            for trigger in triggers:
                connection.execute(sa.text(f"DROP TRIGGER {trigger}"))
        connection.execute(sa.text(statement))


@pytest.fixture
def busy(office: Office, wang: Person) -> Office:
    report = office.report()
    for i in range(4):
        office.deciding.decide(wang, report, f"f{i}", "accepted")
    office.audit.write(None, "export", "/坏\udcc4\x00", after={"数": 1, "理由": None, "名": ["\udcc4", "\U00020000"]})
    return office


def test_an_untouched_log_is_whole(busy: Office) -> None:
    assert busy.audit.verify() is None
    seqs = [entry.seq for entry in busy.audit.entries()]
    assert seqs == list(range(len(seqs), 0, -1))
    assert busy.audit.head() == (seqs[0], busy.audit.entries(limit=1)[0].hash)
    assert [e.seq for e in busy.audit.entries(before=3, limit=1)] == [2]
    assert busy.audit.entries(actor="王审核", action="decide")


@pytest.mark.parametrize(
    ("statement", "bad"),
    [
        ("UPDATE audit SET actor = '李审核' WHERE seq = 4", 4),
        ("UPDATE audit SET reason = 'x' WHERE seq = 5", 5),
        ("UPDATE audit SET hash = 'x' WHERE seq = 3", 3),
        ("DELETE FROM audit WHERE seq = 4", 5),
        ("DELETE FROM audit WHERE seq = 1", 2),
        ("UPDATE audit SET seq = 100 WHERE seq = 6", 7),
    ],
)
def test_the_first_bad_line_is_named(busy: Office, statement: str, bad: int) -> None:
    tamper(busy, statement)
    entry = busy.audit.verify()
    assert entry is not None
    assert entry.seq == bad


def test_a_log_cut_at_its_end_or_written_anew_is_found_by_a_noted_head(busy: Office, tmp_path: Path) -> None:
    file = tmp_path / "heads.txt"
    busy.audit.note_head(file)
    busy.audit.write(None, "export")
    busy.audit.note_head(file)
    heads = noted_heads(file)
    assert len(heads) == 1
    assert busy.audit.verify(heads) is None
    seq, digest = next(iter(heads.items()))
    entry = busy.audit.verify({seq: digest[::-1]})
    assert entry is not None
    assert entry.seq == seq
    tamper(busy, f"DELETE FROM audit WHERE seq >= {seq}")  # noqa: S608
    assert busy.audit.verify() is None
    with pytest.raises(BrokenLog, match="缺了末尾"):
        busy.audit.verify(heads)


def test_a_line_is_written_with_what_it_tells_or_not_at_all(office: Office, wang: Person) -> None:
    before = office.audit.head()
    with suppress(RuntimeError), acting(office.store) as connection:
        log(connection, act(wang, "view"))
        raise RuntimeError
    assert office.audit.head() == before


def test_a_replaced_line_is_refused(busy: Office) -> None:
    columns = "seq, at, actor, action, about, before, after, reason, ip, session, version, previous, hash"
    again = f"INSERT INTO audit ({columns}) SELECT {columns} FROM audit WHERE seq = 2"  # noqa: S608
    if busy.store._engine.dialect.name == "sqlite":
        again = again.replace("INSERT", "INSERT OR REPLACE")
    with pytest.raises(sa.exc.DBAPIError), busy.store.writing() as connection:
        connection.execute(sa.text(again))
    assert Audit(busy.store).verify() is None
