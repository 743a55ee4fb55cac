"""Accounts and the audit log from the command line."""

import json
import subprocess
from collections.abc import Callable

import pytest

Jishen = Callable[..., "subprocess.CompletedProcess[str]"]
TYPED = "秋水共长天一色-2031\n"


def test_users_are_added_listed_and_their_passwords_reset(jishen: Jishen) -> None:
    done = jishen("users", "add", "钱管理", "--role", "admin", "--role", "lead", stdin=TYPED)
    assert done.returncode == 0, done.stderr
    (person,) = json.loads(jishen("users", "list", "--json").stdout)
    assert (person["name"], person["roles"]) == ("钱管理", ["admin", "lead"])
    assert "系统管理员" in jishen("users", "list").stdout
    assert jishen("users", "passwd", "钱管理", stdin="落霞与孤鹜齐飞-2031\n").returncode == 0


@pytest.mark.parametrize(
    ("words", "stdin", "said"),
    [
        (("users", "add", "钱管理", "--role", "king"), TYPED, "角色"),
        (("users", "add", "钱管理", "--role", "admin"), "短\n", "密码应有"),
        (("users", "passwd", "没有此人"), TYPED, "没有名为"),
        (("audit", "verify", "--head", "x"), "", "条数"),
    ],
)
def test_what_is_wrong_is_said(jishen: Jishen, words: tuple[str, ...], stdin: str, said: str) -> None:
    done = jishen(*words, stdin=stdin)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_the_audit_log_is_checked(jishen: Jishen) -> None:
    assert jishen("users", "add", "钱管理", "--role", "admin", stdin=TYPED).returncode == 0
    done = jishen("audit", "verify", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["whole"]
    assert told["lines"] == 1
    assert jishen("audit", "verify", "--head", f"1:{told['head']}").returncode == 0
    cut = jishen("audit", "verify", "--head", f"2:{told['head']}")
    assert cut.returncode == 1
    assert "缺了末尾" in cut.stdout
