"""Brings a database to the newest schema, however many processes open it at once.

For developers: change ``tables.py``, then ``python -m pipeline.store.migrate "what changes"`` drafts the next revision
in ``migrations/versions``; read and finish it. A file there is named after its revision (``v0001_…``), so that a store
at the newest one is recognised without loading Alembic.
"""

import re
import sys
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from pipeline.errors import NewerStore
from pipeline.store.connect import connect

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
REVISIONS = tuple(sorted(path.stem.partition("_")[0] for path in (MIGRATIONS / "versions").glob("v*.py")))
"""Oldest first."""

# Alembic's ``context`` is one a process; the key is any number that no other program takes on this database.
_ONE_THREAD = threading.Lock()
_ADVISORY_KEY = 0x6A697368656E


def migrate(engine: sa.Engine) -> None:
    """Creates or upgrades the schema where it is due. Raises ``NewerStore`` if this edition does not know it."""
    with engine.connect() as connection:
        if _due(connection):
            connection.rollback()
            upgrade(engine, REVISIONS[-1])


def upgrade(engine: sa.Engine, revision: str) -> None:
    """Upgrades to ``revision`` in one transaction; who comes second waits and finds it done."""
    from alembic import command

    with _ONE_THREAD, engine.execution_options(writes=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_ADVISORY_KEY)))
        if _due(connection):
            command.upgrade(_config(connection), revision)


def stored_revision(connection: sa.Connection) -> str | None:
    """The revision that the database is at, or None if it is empty."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return revision


def _due(connection: sa.Connection) -> bool:
    stored = stored_revision(connection)
    if stored is not None and stored not in REVISIONS:
        place = connection.engine.url.render_as_string(hide_password=True)
        raise NewerStore(
            f"数据库 {place} 是更新版本的绩审写的（{stored}），本版本不能打开。请升级绩审，或另选工作目录。"
        )
    return stored != REVISIONS[-1]


def _config(connection: sa.Connection) -> "Config":
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _draft(message: str) -> None:
    from alembic import command

    slug = re.sub(r"\W+", "_", message).strip("_").lower()
    with tempfile.TemporaryDirectory() as folder:
        engine = connect(f"sqlite:///{folder}/draft.sqlite3")
        migrate(engine)
        with engine.connect() as connection:
            config = _config(connection)
            config.set_main_option("file_template", f"%%(rev)s_{slug}")
            command.revision(config, message, autogenerate=True, rev_id=f"v{len(REVISIONS) + 1:04}")
        engine.dispose()


if __name__ == "__main__":
    _draft(sys.argv[1])
