"""What can go wrong for a user, each with a code and a Chinese sentence: what, where, what to do."""


class JishenError(Exception):
    """A mistake or a limit that the user can act on. ``str()`` is the sentence shown."""

    code = "error"


class UnreadableReport(JishenError):
    """A file that cannot be read as a report; the batch goes on without it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class WrongUsage(JishenError):
    """The command was asked for something that cannot be done as asked."""

    code = "usage"


class NewerStore(JishenError):
    """The workspace was written by a newer edition."""

    code = "newer-store"


class UnusableStore(JishenError):
    """The database cannot be reached, opened, read or written; another try may help."""

    code = "unusable-store"


class BrokenModel(JishenError):
    """A model's files are missing, changed, or made for another edition."""

    code = "broken-model"


class Forbidden(JishenError):
    """The person may not do this."""

    code = "forbidden"


class LogInRefused(JishenError):
    """Wrong name or password, a locked or closed account, a link that is spent."""

    code = "log-in-refused"


class Conflict(JishenError):
    """Somebody else was there first; ``other`` is their decision or lease, None where there is none to show."""

    code = "conflict"

    def __init__(self, message: str, other: object = None) -> None:
        super().__init__(message)
        self.other = other


class BrokenLog(JishenError):
    """The audit log is not what was written."""

    code = "broken-log"
