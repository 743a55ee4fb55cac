"""Work for the pool's processes to do, importable by them."""

import os
import signal
import time


def double(number: int) -> int:
    return number * 2


def misbehave(how: str) -> str:
    if how == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if how == "exit":
        os._exit(3)
    if how == "hang":
        time.sleep(60)
    if how == "eat":
        return str(len(bytearray(4_000_000_000)))
    if how == "raise":
        raise KeyError("a mistake")
    if how == "unpicklable":
        raise type("Local", (Exception,), {})("a mistake")
    return how


def whoami(_: int) -> int:
    time.sleep(0.01)
    return os.getpid()
