"""Work for the pool's processes to do, importable by them."""

import os
import re
import signal
import sys
import time
import tracemalloc


class Particular(Exception):
    """Cannot be made again from its arguments alone."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)


def double(number: int) -> int:
    return number * 2


def misbehave(how: str) -> object:
    """Does as it is told; a word that it does not know comes back."""
    match how:
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "abort":
            os.abort()
        case "exit":
            os._exit(3)
        case "sys.exit":
            sys.exit(0)
        case "hang":
            time.sleep(60)
        case "spin":
            # Holds the interpreter for years: no thread and no signal handler of Python's gets a turn.
            re.match(r"(a+)+$", "a" * 60 + "b")
        case "eat":
            return len(bytearray(4_000_000_000))
        case "nibble":
            kept = []
            while True:
                kept.append("字" * 1_000_000)
        case "raise":
            raise KeyError("a mistake")
        case "particular":
            raise Particular("code", "a mistake")
        case "local error":
            raise type("Local", (Exception,), {})("a mistake")
        case "lambda":
            return lambda: None
        case "large":
            return b"x" * 20_000_000
    return how


def whoami(_: object) -> int:
    time.sleep(0.01)
    return os.getpid()


def nap(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def slow_start() -> None:
    time.sleep(0.7)


def broken_start() -> None:
    raise LookupError("no lexicon")


def deadly_start() -> None:
    os._exit(1)


def mark_start() -> None:
    tracemalloc.start()


def is_marked(_: object) -> bool:
    return tracemalloc.is_tracing()
