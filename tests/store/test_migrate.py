"""Schemas: from nothing, from every earlier revision, and from a future one."""

import ast
import json
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import pipeline
from pipeline.errors import NewerStore
from pipeline.store import Store, UnusableStore
from pipeline.store.connect import connect
from pipeline.store.migrate import MIGRATIONS, REVISIONS, stored_revision, upgrade
from pipeline.store.queue_tables import findings_of, lines, titles
from pipeline.store.tables import metadata, reports, reviews


def assert_newest(url: str) -> None:
    engine = connect(url)
    with engine.connect() as connection:
        assert stored_revision(connection) == REVISIONS[-1]
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_files_are_named_after_their_revisions() -> None:
    script = ScriptDirectory(str(MIGRATIONS))
    assert tuple(revision.revision for revision in reversed(list(script.walk_revisions()))) == REVISIONS


def test_an_empty_database_comes_to_the_tables_of_the_code(url: str) -> None:
    Store.open(url).close()
    assert_newest(url)
    Store.open(url).close()


@pytest.mark.parametrize("revision", REVISIONS)
def test_every_earlier_revision_is_upgraded(url: str, revision: str) -> None:
    engine = connect(url)
    upgrade(engine, revision)
    with engine.connect() as connection:
        assert stored_revision(connection) == revision
    engine.dispose()
    with Store.open(url) as store:
        assert store.submit("0" * 64, "甲.docx", "/报送/甲.docx", 1)
    assert_newest(url)


def test_reviews_of_before_the_queue_are_in_it(url: str) -> None:
    """Their lines are the same as if they were saved anew."""
    engine = connect(url)
    upgrade(engine, "v0003")
    review = {
        "findings": [
            {"rule": "r1", "severity": "low"},
            {"rule": "r1", "severity": "high"},
            {"rule": "r2", "severity": "info"},
        ]
    }
    data = json.dumps(review).encode()
    names = ["名" * 70 + ".docx", "\x1a0000甲.docx", "B 乙.docx"]
    with engine.execution_options(writes=True).begin() as connection:
        for i, name in enumerate(names):
            values = {
                "report": f"{i:064x}", "edition": "e1", "name": name, "agency": "云溪县水利局", "title": "自评报告", "year": 2030,
                "kind": "project", "score": 10.5 * i, "band": "watch", "because": (), "high": 1, "medium": 0, "low": 1,
                "info": 1, "reviewed_at": datetime(2031, 3, 4, tzinfo=UTC), "data": zlib.compress(data),
            }  # fmt: skip
            connection.execute(sa.insert(reports).values(id=f"{i:064x}", size=1))
            connection.execute(sa.insert(reviews).values(values))
    engine.dispose()
    with Store.open(url) as store:
        kept = made(store)
        rules = {"r1": "high", "r2": "info"}
        entries = [replace(entry, rules=rules) for entry in store.queue(None, "e1")]
        assert [entry.name for entry in entries] == names[::-1]
        store.save_many("e1", [(data, entry) for entry in entries])
        assert made(store) == kept
        assert [len(rows) for rows in kept] == [3, 3, 6]


def made(store: Store) -> list[list[tuple[object, ...]]]:
    with store.reading() as connection:
        return [
            [tuple(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key))]
            for table in (lines, titles, findings_of)
        ]


def test_a_newer_schema_is_refused_and_left_alone(url: str) -> None:
    with Store.open(url) as store:
        store.submit("0" * 64, "甲.docx", "/报送/甲.docx", 1)
    engine = connect(url)
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = 'v9999'"))
    with pytest.raises(NewerStore, match="更新版本的绩审写的（v9999）"):
        Store.open(url)
    with engine.connect() as connection:
        assert stored_revision(connection) == "v9999"
        assert connection.scalar(sa.text("SELECT count(*) FROM submissions")) == 1
    engine.dispose()


def test_a_migration_that_fails_leaves_nothing_behind(url: str) -> None:
    engine = connect(url)
    with engine.execution_options(writes=True).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE failures (anything INTEGER)")
    with pytest.raises(UnusableStore):
        Store.open(url)
    with engine.connect() as connection:
        assert sa.inspect(connection).get_table_names() == ["failures"]
    engine.dispose()


def test_alembic_is_loaded_only_where_a_migration_may_be_due() -> None:
    for path in (Path(pipeline.__file__).parent / "store").glob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            named = getattr(node, "module", None) or ",".join(name.name for name in getattr(node, "names", []))
            assert not named.startswith("alembic"), path


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("jishen.sqlite3", "写法不对"),
        ("mysql://host/name", "不支持 mysql"),
        ("sqlite://", "没有文件路径"),
        ("postgresql://nobody:geheim@127.0.0.1:1/none", "不能使用"),
    ],
)
def test_what_is_wrong_with_an_address_is_said(url: str, sentence: str) -> None:
    with pytest.raises(UnusableStore, match=sentence) as refused:
        Store.open(url)
    assert "geheim" not in str(refused.value)


@pytest.mark.postgres
def test_a_missing_database_is_said(cluster: str) -> None:
    with pytest.raises(UnusableStore, match="不能使用"):
        Store.open(cluster.format("missing"))


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite3").write_text("这不是数据库" * 1000, encoding="utf-8")
    with pytest.raises(UnusableStore, match="不能使用"):
        Store.open(f"sqlite:///{tmp_path / 'x.sqlite3'}")
    (tmp_path / "file").touch()
    with pytest.raises(UnusableStore, match="建不了数据库所在的文件夹"):
        Store.open(f"sqlite:///{tmp_path / 'file' / 'x.sqlite3'}")
