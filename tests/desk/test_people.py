"""Accounts, log-ins, lock-out, sessions and keys, with real hashes."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from pipeline.desk.auditing import coming_from
from pipeline.desk.people import People
from pipeline.errors import Conflict, Forbidden, LogInRefused, WrongUsage
from pipeline.records import Person
from pipeline.store.desk_tables import passwords, refusals, sessions, tokens
from tests.office import Office

PASSWORD, NEW = "秋水共长天一色-2031", "落霞与孤鹜齐飞-2031"


@pytest.fixture
def admin(office: Office) -> Person:
    return office.hire("钱管理", "admin")


def back(office: Office, table: sa.Table, column: str, by: timedelta) -> None:
    """Lets time pass: everything in ``column`` happened earlier by ``by``."""
    with office.store.writing() as connection:
        rows = connection.execute(sa.select(*table.primary_key, table.c[column])).all()
        for key, moment in rows:
            changed = sa.update(table).where(next(iter(table.primary_key)) == key)
            connection.execute(changed.values({column: moment - by}))


def test_the_first_account_is_made_by_a_link_that_works_once(office: Office) -> None:
    old = office.people.first_login_link()
    link = office.people.first_login_link()
    assert old
    assert link
    for spent in (old, "x"):
        with pytest.raises(Conflict):
            office.people.begin(spent, "孙主任", PASSWORD)
    with pytest.raises(WrongUsage, match="密码"):
        office.people.begin(link, "孙主任", "short")
    token, person = office.people.begin(link, "孙主任", PASSWORD, "10.0.0.7")
    assert person.roles == {"admin", "lead"}
    session = office.people.session(token)
    assert session is not None
    assert session.person == person
    assert not session.person.must_change
    with pytest.raises(Conflict):
        office.people.begin(link, "周主任", PASSWORD)
    assert office.people.first_login_link() is None
    assert [(e.action, e.ip) for e in office.audit.entries()] == [("login", "10.0.0.7"), ("user-first", "10.0.0.7")]


def test_a_new_account_changes_its_password_before_anything_else(office: Office, admin: Person) -> None:
    report = office.report()
    made = office.people.create(admin, " 王审核 ", ["reviewer"], PASSWORD)
    assert (made.name, made.must_change) == ("王审核", True)
    token, person = office.people.login("王审核", PASSWORD)
    other, _ = office.people.login("王审核", PASSWORD)
    with pytest.raises(Forbidden, match="初始密码"):
        office.deciding.decide(person, report, "f1", "accepted")
    with pytest.raises(LogInRefused, match="原密码"):
        office.people.change_password(person, NEW, NEW, token)
    with pytest.raises(WrongUsage, match="用过的密码"):
        office.people.change_password(person, PASSWORD, PASSWORD, token)
    office.people.change_password(person, PASSWORD, NEW, token)
    assert office.people.session(other) is None
    session = office.people.session(token)
    assert session is not None
    office.deciding.decide(session.person, report, "f1", "accepted")
    with pytest.raises(LogInRefused):
        office.people.login("王审核", PASSWORD)
    office.people.login("王审核", NEW)


def test_passwords_and_tokens_are_nowhere_to_be_read(office: Office, admin: Person) -> None:
    person = office.people.create(admin, "王审核", ["reviewer"], PASSWORD)
    token, _ = office.people.login("王审核", PASSWORD)
    office.people.change_password(person, PASSWORD, NEW)
    token, person = office.people.login("王审核", NEW)
    secret, _ = office.people.tokens.create(next(p for p in office.people.list() if p.id == person.id), "脚本")
    with office.store.reading() as connection:
        tables = sa.inspect(connection).get_table_names()
        kept = repr([connection.execute(sa.text(f"SELECT * FROM {table}")).all() for table in tables])  # noqa: S608
        hashes = connection.scalars(sa.select(passwords.c.hash).where(passwords.c.person == person.id)).all()
    assert all(one not in kept for one in (PASSWORD, NEW, token, secret))
    assert all(one.startswith("$argon2id$") for one in hashes)


def test_wrong_log_ins_are_told_alike_and_lock_the_name(office: Office, admin: Person) -> None:
    office.people.create(admin, "王审核", ["reviewer"], PASSWORD)
    for name in ("王审核", "没有此人"):
        said = set()
        for _ in range(5):
            with pytest.raises(LogInRefused) as refused:
                office.people.login(name, "不是这个密码吧")
            said.add(str(refused.value))
        assert said == {"用户名或密码不对，或账号已停用。"}
        with pytest.raises(LogInRefused, match="锁定"):
            office.people.login(name, PASSWORD)
    back(office, refusals, "at", timedelta(minutes=16))
    assert office.people.login("王审核", PASSWORD)
    # After a success the count begins anew.
    for _ in range(4):
        with pytest.raises(LogInRefused, match="不对"):
            office.people.login("王审核", "不是这个密码吧")
    assert office.people.login("王审核", PASSWORD)


def test_a_reset_ends_sessions_and_the_lock(office: Office, admin: Person) -> None:
    person = office.people.create(admin, "王审核", ["reviewer"], PASSWORD)
    token, _ = office.people.login("王审核", PASSWORD)
    for _ in range(5):
        with pytest.raises(LogInRefused):
            office.people.login("王审核", "不是这个密码吧")
    office.people.reset_password(admin, person.id, NEW)
    assert office.people.session(token) is None
    assert office.people.login("王审核", NEW)[1].must_change


@pytest.mark.parametrize(("column", "minutes", "alive"), [("seen", 29, 1), ("seen", 31, 0), ("begun", 721, 0)])
def test_sessions_end_when_idle_and_at_the_end_of_the_day(
    office: Office, admin: Person, column: str, minutes: int, alive: int
) -> None:
    token, _ = office.people.enter("钱管理")
    assert office.people.session(token)
    back(office, sessions, column, timedelta(minutes=minutes))
    assert bool(office.people.session(token)) == bool(alive)
    if alive:
        # Being used, it lives on.
        back(office, sessions, "seen", timedelta(minutes=29))
        assert office.people.session(token)
    # The dead ones are removed at the next log-in.
    office.people.enter("钱管理")
    with office.store.reading() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(sessions)) == 1 + alive


def test_logging_out_ends_one_session(office: Office, admin: Person) -> None:
    one, two = office.people.enter("钱管理")[0], office.people.enter("钱管理")[0]
    office.people.logout(one)
    office.people.logout("x")
    assert office.people.session(one) is None
    session = office.people.session(two)
    assert session is not None
    assert session.csrf
    assert office.people.session("") is None
    with pytest.raises(LogInRefused):
        office.people.enter("没有此人")


def test_a_closed_account_is_out_at_once(office: Office, admin: Person) -> None:
    wang = office.hire("王审核", "reviewer")
    token, _ = office.people.enter("王审核")
    secret, _ = office.people.tokens.create(wang, "脚本")
    office.people.deactivate(admin, wang.id)
    assert office.people.session(token) is None
    assert office.people.tokens.person(secret) is None
    with pytest.raises(LogInRefused):
        office.people.enter("王审核")
    office.people.activate(admin, wang.id)
    assert office.people.enter("王审核")
    assert office.people.tokens.person(secret) is None


def test_the_last_administrator_stays(office: Office, admin: Person) -> None:
    for change in (
        lambda: office.people.deactivate(admin, admin.id),
        lambda: office.people.set_roles(admin, admin.id, ["lead"]),
    ):
        with pytest.raises(WrongUsage, match="至少要留一名"):
            change()
    other = office.hire("孙管理", "admin")
    office.people.deactivate(other, admin.id)
    assert [p.active for p in office.people.list() if p.id == admin.id] == [False]


def test_only_administrators_manage_people(office: Office, lead: Person, admin: Person) -> None:
    for change in (
        lambda: office.people.create(lead, "吴审核", ["reviewer"], PASSWORD),
        lambda: office.people.set_roles(lead, lead.id, ["admin"]),
        lambda: office.people.deactivate(lead, admin.id),
        lambda: office.people.reset_password(lead, admin.id, PASSWORD),
    ):
        with pytest.raises(Forbidden):
            change()
    assert office.people.set_roles(admin, lead.id, ["lead", "reviewer"]).roles == {"lead", "reviewer"}
    (entry,) = office.audit.entries(action="user-roles")
    assert (entry.before, entry.after) == ({"roles": ["lead"]}, {"roles": ["lead", "reviewer"]})


@pytest.mark.parametrize("name", ["", " ", "甲" * 51, "王\n审核", "王\x00"])
def test_odd_names_are_refused(office: Office, admin: Person, name: str) -> None:
    with pytest.raises(WrongUsage, match="用户名"):
        office.people.create(admin, name, ["reviewer"], PASSWORD)


def test_a_name_and_roles_that_do_not_do_are_said(office: Office, admin: Person) -> None:
    with pytest.raises(Conflict, match="已有名为"):
        office.people.create(admin, "钱管理", ["reviewer"], PASSWORD)
    for roles in ([], ["king"]):
        with pytest.raises(WrongUsage, match="角色"):
            office.people.create(admin, "吴审核", roles, PASSWORD)  # type: ignore[arg-type]
    for password in ("123456789", "aaaaaaaaaaaaaa", "吴审核吴审核吴审核12"):
        with pytest.raises(WrongUsage, match="密码"):
            office.people.create(admin, "吴审核", ["reviewer"], password)


def test_the_same_characters_typed_otherwise_are_the_same_password(office: Office, admin: Person) -> None:
    office.people.create(admin, "Ame\u0301lie", ["reviewer"], "cafe\u0301-cafe\u0301-2031")
    assert office.people.login("Am\u00e9lie", "caf\u00e9-caf\u00e9-2031")


def test_keys_for_programs(office: Office, admin: Person) -> None:
    wang = office.hire("王审核", "reviewer")
    secret, token = office.people.tokens.create(wang, "夜间导出", days=30)
    assert office.people.tokens.person(secret) == wang
    assert office.people.tokens.person(secret + "x") is None
    (listed,) = office.people.tokens.list(wang)
    assert (listed.name, listed.used is not None) == ("夜间导出", True)
    li = office.hire("李审核", "reviewer")
    with pytest.raises(WrongUsage):
        office.people.tokens.revoke(li, token.id)
    back(office, tokens, "ends", timedelta(days=31))
    assert office.people.tokens.person(secret) is None
    secret, token = office.people.tokens.create(wang, "长期", days=None)
    office.people.tokens.revoke(admin, token.id)
    assert office.people.tokens.person(secret) is None
    assert secret not in repr(office.audit.entries())


def test_where_a_log_in_came_from_is_logged(office: Office, admin: Person) -> None:
    with coming_from("10.0.0.9", "abc"):
        office.audit.write(admin, "view", "0" * 64)
    (entry,) = office.audit.entries(action="view")
    assert (entry.actor, entry.ip, entry.session) == ("钱管理", "10.0.0.9", "abc")
    with pytest.raises(LogInRefused):
        People(office.store).login("没有此人", "不是这个密码吧", ip="10.0.0.8")
    assert office.audit.entries(action="login-refused")[0].ip == "10.0.0.8"
    assert datetime.now(UTC) - entry.at < timedelta(minutes=1)
