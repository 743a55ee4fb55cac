"""Engines for the two databases: SQLite in a file (the default) and PostgreSQL by URL, through pg8000."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from pipeline.errors import UnusableStore

BUSY = 60.0
"""Seconds that a writer waits for the others."""

ACTING = 0x6A697368656F
"""The advisory lock of PostgreSQL that is held while a person acts."""


def connect(url: str) -> sa.Engine:
    """An engine for ``url``; raises ``UnusableStore`` where the URL names no database that is supported."""
    try:
        address = sa.make_url(url)
    except sa.exc.ArgumentError as error:
        raise UnusableStore("数据库地址的写法不对。请写成 sqlite:///路径 或 postgresql://用户@主机/库名。") from error
    match address.get_backend_name():
        case "sqlite":
            return _sqlite(address)
        case "postgresql":
            return _postgresql(address.set(drivername="postgresql+pg8000"))
        case other:
            raise UnusableStore(f"不支持 {other} 数据库。请用 SQLite 或 PostgreSQL。")


@contextmanager
def explained(engine: sa.Engine, *, opening: bool = False) -> Iterator[None]:
    """Turns a database that cannot be used into ``UnusableStore``; a statement that it refuses stays what it is, a bug.

    ``opening``: whatever the database says then is about the database, not about our statements.
    """
    try:
        yield
    except sa.exc.DBAPIError as error:
        unusable = isinstance(error, sa.exc.OperationalError | sa.exc.InterfaceError) or error.connection_invalidated
        if not (unusable or opening):
            raise
        place = engine.url.render_as_string(hide_password=True)
        raise UnusableStore(f"数据库 {place} 不能使用：{error.orig}。请检查地址、权限和磁盘空间。") from error


def _sqlite(address: sa.URL) -> sa.Engine:
    if not address.database or address.database == ":memory:":
        raise UnusableStore("数据库地址里没有文件路径。请写成 sqlite:///路径。")
    try:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnusableStore(f"建不了数据库所在的文件夹：{error}。请检查路径和权限。") from error
    engine = sa.create_engine(address, connect_args={"timeout": BUSY})
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    # Transactions are begun by ``_begin``: the driver's own begin late and as readers.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    # FULL: one fsync a commit, so that what was acknowledged outlives a power cut; NORMAL would roll it back. A batch
    # commits once a chunk, so it costs little.
    connection.execute("PRAGMA synchronous = FULL")
    # kB: what the queue of 100,000 reports is filtered by stays in memory.
    connection.execute("PRAGMA cache_size = -32000")
    deadline = time.monotonic() + BUSY
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            # Two processes that both turn a new file to WAL do not wait for each other: the busy timeout is not used.
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def _begin(connection: sa.Connection) -> None:
    # A reader that turns writer fails at once when somebody else wrote in between; a writer from the start waits.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def _postgresql(address: sa.URL) -> sa.Engine:
    try:
        return sa.create_engine(address, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise UnusableStore("连接 PostgreSQL 需要另装驱动：pip install 'jishen[postgres]'。") from error
