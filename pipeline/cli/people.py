"""``jishen users`` and ``jishen audit``: accounts and the audit log, at the machine itself."""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from pipeline.cli.app import AsJson, Workspace, app, desk_of, plain, settings_of
from pipeline.errors import BrokenLog, WrongUsage

users = typer.Typer(no_args_is_help=True, help="管理用户。")
audit = typer.Typer(no_args_is_help=True, help="审计记录。")
app.add_typer(users, name="users")
app.add_typer(audit, name="audit")

Name = Annotated[str, typer.Argument(help="用户名", show_default=False)]
Roles = Annotated[
    list[str],
    typer.Option(
        "--role",
        help="角色，可重复：reviewer 审核员、lead 审核组长、operator 批次操作员、steward 数据管理员、auditor 审计员、admin 系统管理员",
        show_default=False,
    ),
]


@users.command()
def add(name: Name, roles: Roles, workspace: Workspace = None) -> None:
    """新建用户；首次登录须改密码。密码从终端或标准输入读取，不写在命令里。"""
    with desk_of(settings_of(workspace, None)) as desk:
        person = desk.people.create(None, name, roles, _password())  # type: ignore[arg-type]
        typer.echo(f"已新建用户 {person.name}。")


@users.command("list")
def list_(workspace: Workspace = None, as_json: AsJson = False) -> None:
    """列出全部用户。"""
    from pipeline.desk.people import ROLES

    with desk_of(settings_of(workspace, None)) as desk:
        people = desk.people.list()
    if as_json:
        rows = [{"id": p.id, "name": p.name, "roles": sorted(p.roles), "active": p.active} for p in people]
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    table = Table("用户", "角色", "状态")
    for person in people:
        roles = "、".join(word for role, word in ROLES.items() if role in person.roles)
        table.add_row(plain(person.name), roles, "可用" if person.active else "已停用")
    Console().print(table)


@users.command()
def passwd(name: Name, workspace: Workspace = None) -> None:
    """重设密码；该用户须重新登录并修改。"""
    with desk_of(settings_of(workspace, None)) as desk:
        person = next((p for p in desk.people.list() if p.name == name), None)
        if person is None:
            raise WrongUsage(f"没有名为“{name}”的用户。可用 jishen users list 查看。")
        desk.people.reset_password(None, person.id, _password())
        typer.echo(f"已重设 {person.name} 的密码。")


@audit.command()
def verify(
    head: Annotated[
        str, typer.Option("--head", help="另行记下的“条数:校验值”，用来发现末尾被截断", show_default=False)
    ] = "",
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """核对审计记录是否被改动；有改动时退出码为 1。"""
    from pipeline.desk.auditing import HEADS, noted_heads

    settings = settings_of(workspace, None)
    with desk_of(settings) as desk:
        bad, said = None, ""
        try:
            bad = desk.audit.verify(noted_heads(settings.workspace / HEADS) | _head(head))
        except BrokenLog as error:
            said = str(error)
        seq, digest = desk.audit.head()
    if bad is not None:
        said = f"审计记录第 {bad.seq} 条不是原来的内容（{bad.at:%Y-%m-%d %H:%M}，{bad.action}）。"
    if as_json:
        typer.echo(json.dumps({"whole": not said, "bad": bad.seq if bad else None, "lines": seq, "head": digest}))
    else:
        typer.echo(said or f"审计记录完整，共 {seq} 条。最后一条：{seq}:{digest}")
    raise typer.Exit(1 if said else 0)


def _password() -> str:
    """Asked for at the terminal, or a line of standard input, for scripts."""
    given = typer.get_text_stream("stdin")
    if given.isatty():
        return str(typer.prompt("密码", hide_input=True, confirmation_prompt=True))
    return given.readline().rstrip("\r\n")


def _head(text: str) -> dict[int, str]:
    if not text:
        return {}
    seq, _, digest = text.partition(":")
    if not (seq.isdecimal() and digest):
        raise WrongUsage("--head 应写成“条数:校验值”，如 audit verify 所示。")
    return {int(seq): digest}
