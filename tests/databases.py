"""Both databases: a file of SQLite, and a throwaway PostgreSQL cluster on a socket in its own folder."""

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa


def _binaries() -> Path | None:
    found = [Path(path).parent for path in [shutil.which("initdb")] if path]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in found if (folder / "initdb").exists() and (folder / "pg_ctl").exists()), None)


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """URL of a running server, without a database's name; stopped and removed at the end."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL server binaries on this machine (Debian: apt-get install postgresql)")
    # The server refuses to run as root.
    as_postgres = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] if os.geteuid() == 0 else []
    # Short: the path of a socket may have about 100 bytes.
    folder = Path(tempfile.mkdtemp(prefix="jishen-pg-", dir="/tmp"))

    def run(program: str, *words: str) -> None:
        # Not a pipe: the server inherits it and would keep it open.
        with (folder / "log").open("ab") as log:
            command = [*as_postgres, binaries / program, "--pgdata", folder / "data", *words]
            subprocess.run(command, check=True, cwd=folder, stdout=log, stderr=log)

    try:
        if as_postgres:
            shutil.chown(folder, "postgres", "postgres")
        run("initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        settings = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c max_connections=60"
        run("pg_ctl", "start", "--wait", "--options", settings)
        try:
            yield f"postgresql+pg8000://postgres@/{{}}?unix_sock={folder}/.s.PGSQL.5432"
        finally:
            run("pg_ctl", "stop", "--wait", "--mode=fast")
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def postgres_url(cluster: str) -> Iterator[str]:
    """URL of an empty database of its own."""
    name = f"t{uuid.uuid4().hex}"
    engine = sa.create_engine(cluster.format("postgres"), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield cluster.format(name)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of an empty database, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / '工作 目录%' / 'jishen.sqlite3'}"
    return str(request.getfixturevalue("postgres_url"))
