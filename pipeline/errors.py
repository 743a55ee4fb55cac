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
