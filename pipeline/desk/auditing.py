"""The audit log as the desk writes and checks it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path

from pipeline.errors import BrokenLog
from pipeline.records import AuditEntry, Person
from pipeline.store import Store
from pipeline.store import audit as kept
from pipeline.store.audit import Act

SYSTEM = "系统"
"""The actor of what the program does by itself."""

HEADS = "audit-heads.txt"
"""The file in the workspace that ``note_head`` writes."""

_origin: ContextVar[tuple[str, str]] = ContextVar("origin", default=("", ""))


@contextmanager
def coming_from(ip: str, session: str) -> Iterator[None]:
    """What is logged within says that it came from ``ip`` in the log-in ``session`` (its id, no secret)."""
    token = _origin.set((ip, session))
    try:
        yield
    finally:
        _origin.reset(token)


def act(
    person: Person | None,
    action: str,
    about: str = "",
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    reason: str = "",
) -> Act:
    """A line for the log; ``person`` None: the program itself."""
    ip, session = _origin.get()
    actor = person.name if person else SYSTEM
    return Act(actor, action, about, before or {}, after or {}, reason, ip, session)


class Audit:
    """What was done, by whom and when. Lines are written once and never changed."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def write(
        self,
        person: Person | None,
        action: str,
        about: str = "",
        *,
        before: Mapping[str, object] | None = None,
        after: Mapping[str, object] | None = None,
        reason: str = "",
    ) -> None:
        """Logs what changes nothing in the store: a report looked at, an export, a failed log-in."""
        with kept.acting(self._store) as connection:
            kept.log(connection, act(person, action, about, before, after, reason))

    def entries(
        self, *, before: int | None = None, actor: str = "", action: str = "", about: str = "", limit: int = 100
    ) -> tuple[AuditEntry, ...]:
        """The latest lines first; ``before`` the ``seq`` of the last one shown for the next page."""
        return kept.entries(self._store, before=before, actor=actor, action=action, about=about, limit=limit)

    def head(self) -> tuple[int, str]:
        """Number and hash of the last line: copied elsewhere, they prove later that nothing was cut off or rewritten."""
        return kept.last(self._store)

    def verify(self, heads: Mapping[int, str] | None = None) -> AuditEntry | None:
        """Walks the whole chain; the first line that is not what was written, or None.

        ``heads``: numbers and hashes noted earlier. Raises BrokenLog where one of their lines is missing.
        """
        noted = dict(heads or {})
        seq, previous = 0, ""
        for entry in kept.every(self._store):
            seq += 1
            row = {name: getattr(entry, name) for name in AuditEntry.__slots__}
            right = entry.seq == seq and entry.previous == previous and entry.hash == kept.digest(row)
            if not right or noted.pop(seq, entry.hash) != entry.hash:
                return entry
            previous = entry.hash
        if noted:
            raise BrokenLog(
                f"审计记录缺了末尾：曾记下第 {max(noted)} 条，现在只有 {seq} 条。请停止使用并联系系统维护人员。"
            )
        return None

    def note_head(self, file: Path) -> None:
        """Adds date, number and hash of the last line to ``file``, once a day and only if the log has grown."""
        noted = file.read_text("utf-8").splitlines() if file.exists() else []
        seq, digest = self.head()
        today = datetime.now(UTC).astimezone().date().isoformat()
        if seq and not (noted and (noted[-1].startswith(today) or noted[-1].split()[1] == str(seq))):
            with file.open("a", encoding="utf-8", newline="\n") as opened:
                opened.write(f"{today} {seq} {digest}\n")


def noted_heads(file: Path) -> dict[int, str]:
    """What ``note_head`` wrote. Raises BrokenLog for a line that it did not write."""
    try:
        lines = [line.split() for line in file.read_text("utf-8").splitlines()] if file.exists() else []
        return {int(seq): digest for _, seq, digest in lines}
    except ValueError as error:
        raise BrokenLog(f"“{file}”的内容被改动过，不能用来核对审计记录。") from error
