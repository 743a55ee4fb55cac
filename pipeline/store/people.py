"""Accounts, log-ins and keys as rows. Secrets come here hashed; every change is logged in its transaction."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from pipeline.errors import Conflict, WrongUsage
from pipeline.records import Person, PersonRole, Token
from pipeline.store.audit import Act, acting, log
from pipeline.store.desk_tables import links, passwords, people, refusals, sessions, tokens
from pipeline.store.store import Store


@dataclass(frozen=True, slots=True)
class LogIn:
    """A session as kept."""

    hash: str
    person: Person
    csrf: str
    begun: datetime
    seen: datetime


class Accounts:
    """Reads and writes of people; every method is one transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def everybody(self) -> tuple[Person, ...]:
        with self._store.reading() as connection:
            return tuple(_person(row) for row in connection.execute(sa.select(people).order_by(people.c.name)))

    def person(self, person: str) -> Person | None:
        with self._store.reading() as connection:
            row = connection.execute(sa.select(people).where(people.c.id == person)).one_or_none()
        return _person(row) if row else None

    def named(self, name: str) -> Person | None:
        with self._store.reading() as connection:
            row = connection.execute(sa.select(people).where(people.c.name == name)).one_or_none()
        return _person(row) if row else None

    def hashes(self, person: str, count: int) -> tuple[str, ...]:
        """The latest ``count`` password hashes, the one that holds first."""
        found = sa.select(passwords.c.hash).where(passwords.c.person == person)
        with self._store.reading() as connection:
            return tuple(connection.scalars(found.order_by(passwords.c.at.desc(), passwords.c.id).limit(count)))

    def add(
        self, name: str, roles: Collection[PersonRole], hashed: str, now: datetime, act: Act, *, link: str | None = None
    ) -> Person:
        """A new account, whose password is to be changed; with a ``link``, the first one, whose owner chose it.

        Raises Conflict for a name that is taken, or if the link is spent.
        """
        person = Person(uuid4().hex[:12], name, frozenset(roles), must_change=link is None)
        with acting(self._store) as connection:
            if link is not None:
                spent = connection.execute(sa.delete(links).where(links.c.hash == link, links.c.ends > now))
                if not spent.rowcount or connection.scalar(sa.select(sa.func.count()).select_from(people)):
                    raise Conflict("这个链接已经用过或过期。请用账号登录，或重新启动服务取得新的链接。")
            if connection.scalar(sa.select(people.c.id).where(people.c.name == name)) is not None:
                raise Conflict(f"已有名为“{name}”的用户。请换一个名字。")
            connection.execute(
                sa.insert(people).values(
                    id=person.id,
                    name=name,
                    roles=tuple(sorted(roles)),
                    active=True,
                    must_change=person.must_change,
                    at=now,
                )
            )
            _set_password(connection, person.id, hashed, now)
            log(connection, act)
        return person

    def change(self, person: str, changed: Callable[[Person], Person], now: datetime, act: Act) -> Person:
        """Sets roles and activity; a closed account loses its log-ins and keys. The last administrator must stay one."""
        with acting(self._store) as connection:
            row = connection.execute(sa.select(people).where(people.c.id == person)).one_or_none()
            if row is None:
                raise WrongUsage("没有这个用户。请刷新用户列表。")
            new = changed(_person(row))
            values = {"roles": tuple(sorted(new.roles)), "active": new.active}
            connection.execute(sa.update(people).where(people.c.id == person).values(values))
            others = connection.execute(sa.select(people).where(people.c.active.is_(True)))
            if not any("admin" in other.roles for other in others):
                raise WrongUsage("至少要留一名可用的系统管理员。请先给别人管理员角色。")
            if not new.active:
                connection.execute(sa.delete(sessions).where(sessions.c.person == person))
                open_tokens = sa.update(tokens).where(tokens.c.person == person, tokens.c.revoked.is_(None))
                connection.execute(open_tokens.values(revoked=now))
            log(connection, act)
        return new

    def set_password(
        self, person: str, hashed: str, now: datetime, act: Act, *, must_change: bool, keep: str | None
    ) -> None:
        """A new password; every log-in but ``keep`` ends."""
        with acting(self._store) as connection:
            _set_password(connection, person, hashed, now)
            connection.execute(sa.update(people).where(people.c.id == person).values(must_change=must_change))
            ended = sa.delete(sessions).where(sessions.c.person == person)
            connection.execute(ended if keep is None else ended.where(sessions.c.hash != keep))
            log(connection, act)

    def offer_link(self, hashed: str, ends: datetime) -> bool:
        """Makes the link of the first account, in place of earlier ones; false if there are accounts."""
        with acting(self._store) as connection:
            if connection.scalar(sa.select(sa.func.count()).select_from(people)):
                return False
            connection.execute(sa.delete(links))
            connection.execute(sa.insert(links).values(hash=hashed, ends=ends))
        return True

    def refused(self, name: str, since: datetime) -> int:
        """How many log-ins under ``name`` (hashed) were refused since then."""
        found = sa.select(sa.func.count()).where(refusals.c.name == name, refusals.c.at > since)
        with self._store.reading() as connection:
            return connection.scalar(found) or 0

    def refuse(self, name: str, now: datetime, forget: datetime, act: Act) -> None:
        """Counts a refused log-in; those before ``forget`` no longer matter."""
        with acting(self._store) as connection:
            connection.execute(sa.delete(refusals).where(refusals.c.at <= forget))
            connection.execute(sa.insert(refusals).values(id=uuid4().hex, name=name, at=now))
            log(connection, act)

    def forgive(self, name: str) -> None:
        """Forgets the refused log-ins of ``name`` (hashed)."""
        with self._store.writing() as connection:
            connection.execute(sa.delete(refusals).where(refusals.c.name == name))

    def enter(self, session: LogIn, name: str, dead: tuple[datetime, datetime], act: Act) -> None:
        """Opens a log-in, forgets the refused ones of ``name`` (hashed), and removes sessions that are dead:
        begun before the first moment or last seen before the second."""
        begun, seen = dead
        with acting(self._store) as connection:
            connection.execute(sa.delete(refusals).where(refusals.c.name == name))
            connection.execute(sa.delete(sessions).where((sessions.c.begun <= begun) | (sessions.c.seen <= seen)))
            connection.execute(
                sa.insert(sessions).values(
                    hash=session.hash,
                    person=session.person.id,
                    csrf=session.csrf,
                    begun=session.begun,
                    seen=session.seen,
                )
            )
            log(connection, act)

    def session(self, hashed: str) -> LogIn | None:
        found = sa.select(people, sessions).join_from(sessions, people).where(sessions.c.hash == hashed)
        with self._store.reading() as connection:
            row = connection.execute(found).one_or_none()
        return LogIn(row.hash, _person(row), row.csrf, row.begun, row.seen) if row else None

    def saw(self, hashed: str, now: datetime) -> None:
        with self._store.writing() as connection:
            connection.execute(sa.update(sessions).where(sessions.c.hash == hashed).values(seen=now))

    def leave(self, hashed: str, act: Act) -> None:
        with acting(self._store) as connection:
            if connection.execute(sa.delete(sessions).where(sessions.c.hash == hashed)).rowcount:
                log(connection, act)

    def add_token(self, token: Token, hashed: str, act: Act) -> None:
        with acting(self._store) as connection:
            connection.execute(
                sa.insert(tokens).values(
                    id=token.id, hash=hashed, person=token.person, name=token.name, made=token.made, ends=token.ends
                )
            )
            log(connection, act)

    def tokens(self, person: str | None) -> tuple[Token, ...]:
        """Keys that are not revoked, of ``person`` or of all."""
        found = sa.select(tokens).where(tokens.c.revoked.is_(None)).order_by(tokens.c.made, tokens.c.id)
        if person is not None:
            found = found.where(tokens.c.person == person)
        with self._store.reading() as connection:
            return tuple(_token(row) for row in connection.execute(found))

    def holder(self, hashed: str) -> tuple[Token, Person] | None:
        """The key, if it is not revoked, and whose it is."""
        found = sa.select(tokens, people.c.name.label("called"), people.c.roles, people.c.active, people.c.must_change)
        found = found.join_from(tokens, people).where(tokens.c.hash == hashed, tokens.c.revoked.is_(None))
        with self._store.reading() as connection:
            row = connection.execute(found).one_or_none()
        if row is None:
            return None
        return _token(row), Person(row.person, row.called, frozenset(row.roles), row.active, row.must_change)

    def used(self, token: str, now: datetime) -> None:
        with self._store.writing() as connection:
            connection.execute(sa.update(tokens).where(tokens.c.id == token).values(used=now))

    def revoke(self, token: str, person: str | None, now: datetime, act: Act) -> bool:
        """False if there is no such key, of ``person`` if given."""
        revoked = sa.update(tokens).where(tokens.c.id == token, tokens.c.revoked.is_(None)).values(revoked=now)
        with acting(self._store) as connection:
            found = connection.execute(revoked if person is None else revoked.where(tokens.c.person == person))
            if found.rowcount:
                log(connection, act)
        return bool(found.rowcount)


def _person(row: sa.Row[Any]) -> Person:
    return Person(row.id, row.name, frozenset(row.roles), row.active, row.must_change)


def _token(row: sa.Row[Any]) -> Token:
    return Token(row.id, row.person, row.name, row.made, row.ends, row.used)


def _set_password(connection: sa.Connection, person: str, hashed: str, now: datetime) -> None:
    connection.execute(sa.insert(passwords).values(id=uuid4().hex, person=person, hash=hashed, at=now))
