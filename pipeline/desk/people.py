"""Who may do what: accounts, log-ins and keys for programs. Secrets are shown once and kept only as hashes."""

import hashlib
import secrets
import unicodedata
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from threading import BoundedSemaphore
from uuid import uuid4

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from pipeline.desk.auditing import act, coming_from
from pipeline.errors import Forbidden, LogInRefused, WrongUsage
from pipeline.records import Person, PersonRole, Session, Token
from pipeline.store import Store
from pipeline.store.people import Accounts, LogIn

ROLES: dict[PersonRole, str] = {
    "reviewer": "审核员",
    "lead": "审核组长",
    "operator": "批次操作员",
    "steward": "数据管理员",
    "auditor": "审计员",
    "admin": "系统管理员",
}
SHORTEST = 10
"""Characters of a password."""

_LONGEST = 200
_REMEMBERED = 3
_TRIES, _LOCKED = 5, timedelta(minutes=15)
_TOO_MANY = "登录失败次数过多，该账号已暂时锁定。请 15 分钟后再试，或请系统管理员重设密码。"
_IDLE, _LASTS = timedelta(minutes=30), timedelta(hours=12)
# A request a second is not a write a second.
_SEEN = timedelta(minutes=1)
_LINK_LASTS = timedelta(hours=24)
# One hash takes 64 MiB and a core for a tenth of a second.
_hashing = BoundedSemaphore(2)


def require(person: Person, *roles: PersonRole) -> None:
    """Raises Forbidden unless ``person`` is active, has set a password of their own and has one of ``roles``."""
    if not person.active:
        raise Forbidden("账号已停用。请联系系统管理员。")
    if person.must_change:
        raise Forbidden("请先修改初始密码。")
    if not person.roles & set(roles):
        raise Forbidden(f"此操作需要{'或'.join(ROLES[role] for role in roles)}角色。请联系系统管理员。")


class People:
    """Accounts and who is logged in."""

    def __init__(self, store: Store) -> None:
        self._accounts = Accounts(store)
        self.tokens = Tokens(self._accounts)

    def first_login_link(self) -> str | None:
        """The secret with which ``begin`` makes the first account, good for a day; None if there are accounts.

        One made earlier is no longer good.
        """
        token = secrets.token_urlsafe(32)
        return token if self._accounts.offer_link(_hash(token), datetime.now(UTC) + _LINK_LASTS) else None

    def begin(self, link: str, name: str, password: str, ip: str = "") -> tuple[str, Person]:
        """Makes the first account, an administrator and lead, and logs it in. Raises Conflict if the link is spent."""
        name = _name(name)
        _fit(name, password, ())
        roles: set[PersonRole] = {"admin", "lead"}
        with coming_from(ip, ""):
            said = act(Person("", name, frozenset(roles)), "user-first", name, after={"roles": sorted(roles)})
            person = self._accounts.add(name, roles, _hashed(password), datetime.now(UTC), said, link=_hash(link))
            return self._enter(person), person

    def create(self, actor: Person | None, name: str, roles: Collection[PersonRole], password: str) -> Person:
        """A new account, whose owner must change the password first. ``actor`` None: at the machine itself."""
        _administrator(actor)
        name = _name(name)
        _known(roles)
        _fit(name, password, ())
        said = act(actor, "user-create", name, after={"roles": sorted(roles)})
        return self._accounts.add(name, roles, _hashed(password), datetime.now(UTC), said)

    def login(self, name: str, password: str, ip: str = "") -> tuple[str, Person]:
        """The secret of a new session, and who it is. Raises LogInRefused, with one sentence for all wrong log-ins.

        After five refused ones in 15 minutes a name is locked, whether it exists or not.
        """
        name = unicodedata.normalize("NFC", name).strip()
        key, now = _hash(name), datetime.now(UTC)
        if self._accounts.refused(key, now - _LOCKED) >= _TRIES:
            raise LogInRefused(_TOO_MANY)
        person = self._accounts.named(name)
        hashes = self._accounts.hashes(person.id, 1) if person else ()
        right = _matches(hashes[0] if hashes else _nobodys(), password)
        with coming_from(ip, ""):
            # Once more: many tries at once all pass the look before.
            if self._accounts.refused(key, now - _LOCKED) >= _TRIES:
                raise LogInRefused(_TOO_MANY)
            if person is None or not right or not person.active:
                said = act(None, "login-refused", person.name if person else "")
                self._accounts.refuse(key, now, now - _LOCKED, said)
                raise LogInRefused("用户名或密码不对，或账号已停用。")
            return self._enter(person), person

    def enter(self, name: str, ip: str = "") -> tuple[str, Person]:
        """Logs in someone whom the office's proxy has identified. Raises LogInRefused if there is no such account."""
        person = self._accounts.named(unicodedata.normalize("NFC", name).strip())
        if person is None or not person.active:
            raise LogInRefused("单位门户里的用户在本系统没有可用的账号。请联系系统管理员。")
        with coming_from(ip, ""):
            return self._enter(person), person

    def _enter(self, person: Person) -> str:
        token, now = secrets.token_urlsafe(32), datetime.now(UTC)
        opened = LogIn(_hash(token), person, secrets.token_urlsafe(32), now, now)
        said = act(person, "login", person.name, after={"session": opened.hash[:12]})
        self._accounts.enter(opened, _hash(person.name), (now - _LASTS, now - _IDLE), said)
        return token

    def session(self, token: str) -> Session | None:
        """Who is logged in with ``token``; None after 30 idle minutes, after 12 hours, or once the account is closed."""
        kept, now = self._accounts.session(_hash(token)), datetime.now(UTC)
        if kept is None or not kept.person.active or now >= min(kept.seen + _IDLE, kept.begun + _LASTS):
            return None
        if now - kept.seen > _SEEN:
            self._accounts.saw(kept.hash, now)
        return Session(kept.hash[:12], kept.person, kept.csrf)

    def logout(self, token: str) -> None:
        kept = self._accounts.session(_hash(token))
        if kept is not None:
            self._accounts.leave(kept.hash, act(kept.person, "logout", kept.person.name))

    def change_password(self, person: Person, old: str, new: str, token: str | None = None) -> None:
        """A new password for oneself; every session but ``token`` ends. Raises LogInRefused if ``old`` is wrong."""
        now = datetime.now(UTC)
        hashes = self._accounts.hashes(person.id, _REMEMBERED)
        if self._accounts.refused(_hash(person.name), now - _LOCKED) >= _TRIES:
            raise LogInRefused("密码输错次数过多。请 15 分钟后再试。")
        if not hashes or not _matches(hashes[0], old):
            said = act(person, "password-refused", person.name)
            self._accounts.refuse(_hash(person.name), now, now - _LOCKED, said)
            raise LogInRefused("原密码不对。")
        _fit(person.name, new, hashes)
        said = act(person, "password", person.name)
        keep = _hash(token) if token else None
        self._accounts.set_password(person.id, _hashed(new), now, said, must_change=False, keep=keep)

    def reset_password(self, actor: Person | None, person: str, new: str) -> None:
        """A password set by another, to be changed at the next log-in; every session ends, and a lock with it."""
        _administrator(actor)
        whose = self._get(person)
        _fit(whose.name, new, self._accounts.hashes(person, _REMEMBERED))
        said = act(actor, "password-reset", whose.name)
        self._accounts.set_password(person, _hashed(new), datetime.now(UTC), said, must_change=True, keep=None)
        self._accounts.forgive(_hash(whose.name))

    def list(self) -> tuple[Person, ...]:
        """Everybody, by name, closed accounts too."""
        return self._accounts.everybody()

    def set_roles(self, actor: Person | None, person: str, roles: Collection[PersonRole]) -> Person:
        _administrator(actor)
        _known(roles)
        whose = self._get(person)
        before, after = {"roles": sorted(whose.roles)}, {"roles": sorted(roles)}
        said = act(actor, "user-roles", whose.name, before, after)
        return self._accounts.change(person, lambda p: replace(p, roles=frozenset(roles)), datetime.now(UTC), said)

    def deactivate(self, actor: Person | None, person: str) -> Person:
        """Closes an account: its sessions and keys end; what its owner decided stays."""
        return self._set_active(actor, person, active=False)

    def activate(self, actor: Person | None, person: str) -> Person:
        return self._set_active(actor, person, active=True)

    def _set_active(self, actor: Person | None, person: str, *, active: bool) -> Person:
        _administrator(actor)
        said = act(actor, "user-open" if active else "user-close", self._get(person).name)
        return self._accounts.change(person, lambda p: replace(p, active=active), datetime.now(UTC), said)

    def _get(self, person: str) -> Person:
        found = self._accounts.person(person)
        if found is None:
            raise WrongUsage("没有这个用户。请刷新用户列表。")
        return found


class Tokens:
    """Keys for programs."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    def create(self, person: Person, name: str, days: int | None = 90) -> tuple[str, Token]:
        """The secret, shown this once, and what is kept; good for ``days``, or until revoked."""
        require(person, *ROLES)
        secret, now = f"jishen_{secrets.token_urlsafe(32)}", datetime.now(UTC)
        ends = None if days is None else now + timedelta(days=days)
        token = Token(uuid4().hex[:12], person.id, name.strip()[:100] or "未命名", now, ends, None)
        said = act(person, "token-create", token.id, after={"ends": ends.isoformat() if ends else None})
        self._accounts.add_token(token, _hash(secret), said)
        return secret, token

    def list(self, person: Person | None = None) -> tuple[Token, ...]:
        """The keys of ``person``, or all, that are not revoked."""
        return self._accounts.tokens(None if person is None else person.id)

    def person(self, secret: str) -> Person | None:
        """Who a program that shows ``secret`` acts for; None if the key ended or was revoked, or the account closed."""
        found, now = self._accounts.holder(_hash(secret)), datetime.now(UTC)
        if found is None:
            return None
        token, person = found
        if not person.active or person.must_change or (token.ends is not None and now >= token.ends):
            return None
        if token.used is None or now - token.used > _SEEN:
            self._accounts.used(token.id, now)
        return person

    def revoke(self, actor: Person, token: str) -> None:
        """Ends one's own key, or as administrator anyone's. Raises WrongUsage if there is no such key."""
        whose = None if "admin" in actor.roles else actor.id
        if not self._accounts.revoke(token, whose, datetime.now(UTC), act(actor, "token-revoke", token)):
            raise WrongUsage("没有这个访问密钥，或它已经作废。")


def _administrator(actor: Person | None) -> None:
    if actor is not None:
        require(actor, "admin")


def _name(name: str) -> str:
    name = unicodedata.normalize("NFC", name).strip()
    if not 0 < len(name) <= 50 or not name.isprintable():
        raise WrongUsage("用户名应为 1 到 50 个可见字符。")
    return name


def _known(roles: Collection[PersonRole]) -> None:
    unknown = set(roles) - set(ROLES)
    if unknown or not roles:
        raise WrongUsage(f"角色应从这些里选至少一个：{'、'.join(ROLES)}。")


def _fit(name: str, password: str, earlier: Collection[str]) -> None:
    if not SHORTEST <= len(password) <= _LONGEST:
        raise WrongUsage(f"密码应有 {SHORTEST} 到 {_LONGEST} 个字符。")
    if len(set(password)) < 4 or (len(name) > 2 and name.casefold() in password.casefold()):
        raise WrongUsage("密码太容易猜到：请不要用重复的字符，也不要包含用户名。")
    if any(_matches(hashed, password) for hashed in earlier):
        raise WrongUsage(f"不能使用最近 {_REMEMBERED} 次用过的密码。")


def _hash(secret: str) -> str:
    """Of secrets that cannot be guessed, so that no slow hash is needed; and of names, for a key of even length."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _hashed(password: str) -> str:
    with _hashing:
        return PasswordHasher().hash(_bytes(password))


def _matches(hashed: str, password: str) -> bool:
    with _hashing:
        try:
            return PasswordHasher().verify(hashed, _bytes(password))
        except (VerificationError, InvalidHashError):
            return False


def _bytes(password: str) -> bytes:
    # The same character may come composed or not, by the keyboard used.
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")


@cache
def _nobodys() -> str:
    """Compared with where there is no such account: an answer takes as long as for one that there is."""
    return _hashed(secrets.token_urlsafe(16))
