"""The command line: one door of three. Everything it does is a method of the desk."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.console import Console
from rich.table import Table

from pipeline import __version__
from pipeline.errors import JishenError, WrongUsage

if TYPE_CHECKING:
    from pipeline.desk import Desk, Outcome
    from pipeline.records import QueueEntry
    from pipeline.settings import Settings

app = typer.Typer(
    add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help="绩审：绩效自评报告复核助手。"
)
_say = Console(stderr=True)
_SHOWN = 20
_BAND = {"weak": "[red]需重点看[/]", "watch": "[yellow]关注[/]", "sound": "[green]基本良好[/]"}

Paths = Annotated[list[Path], typer.Argument(help="报告文件，或放有报告的文件夹（连同子文件夹）", show_default=False)]
Out = Annotated[Path, typer.Option("--out", help="结果放在哪个文件夹", show_default=False)]
Workspace = Annotated[
    Path | None, typer.Option("--workspace", help="工作目录；默认 ~/.jishen 或 $JISHEN_HOME", show_default=False)
]
ProfileName = Annotated[str | None, typer.Option("--profile", help="按哪个提纲审阅；默认自动识别", show_default=False)]
Workers = Annotated[
    int | None, typer.Option("--workers", min=1, max=256, help="同时审阅的进程数；默认为处理器核数", show_default=False)
]
AsJson = Annotated[bool, typer.Option("--json", help="结果以 JSON 输出")]


def main() -> NoReturn:
    """The ``jishen`` command: exit code 0, 1 some files unread, 2 wrong usage or nothing to do."""
    try:
        app(standalone_mode=True)
    except JishenError as error:
        _say.print(f"[red]出错：[/]{_plain(str(error))}", highlight=False, soft_wrap=True)
        sys.exit(2)
    except KeyboardInterrupt:
        _say.print("已中断。已完成的审阅都已保存，再次运行同一命令会接着做。")
        sys.exit(130)
    sys.exit(0)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"jishen {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本")] = False,
) -> None:
    """绩审：读绩效自评报告，找章节、核数字、标问题、排先后。所有提示只供复核人员参考，不是结论。"""


def _settings(workspace: Path | None, workers: int | None) -> "Settings":
    from pipeline.settings import Settings

    given: dict[str, object] = {}
    if workspace is not None:
        given["home"] = workspace
    if workers is not None:
        given["workers"] = workers
    return Settings(**given)  # type: ignore[arg-type]


@contextmanager
def _desk(settings: "Settings") -> Iterator["Desk"]:
    from pipeline.desk import Desk

    with Desk.open(settings) as desk:
        yield desk


@app.command()
def review(
    paths: Paths,
    out: Out,
    workspace: Workspace = None,
    profile: ProfileName = None,
    workers: Workers = None,
    as_json: AsJson = False,
) -> None:
    """审阅报告：每份生成审阅文件，整批生成排序网页、工作簿和未读清单。"""
    with _say.status("正在准备……"), _desk(_settings(workspace, workers)) as desk:
        files = desk.find(paths, out)
        with _progress("审阅", len(files)) as tick:
            outcomes = []
            for outcome in desk.review_files(files, profile):
                outcomes.append(outcome)
                tick()
        with _progress("写出结果", 3 * sum(o.failure is None for o in outcomes)) as tick:
            desk.export(out, outcomes, profile, tick)
        _summary(desk, outcomes, out, profile, as_json=as_json)
    raise typer.Exit(1 if any(o.failure for o in outcomes) else 0)


@app.command()
def batch(
    paths: Paths,
    out: Out,
    workspace: Workspace = None,
    profile: ProfileName = None,
    workers: Workers = None,
    as_json: AsJson = False,
) -> None:
    """同 review，作为 Prefect 流程运行：可观察、可定时，中断后再运行会接着做。"""
    # The other door: only here, so that every other command starts without Prefect.
    from flows.local import run

    settings = _settings(workspace, workers)
    with _desk(settings) as desk:
        # Wrong usage is said before a server is started.
        files = desk.find(paths, out)
        with _progress("审阅", len(files)) as tick:
            outcomes = run(settings, paths, out, profile, done=lambda finished, _: tick(finished))
        _summary(desk, outcomes, out, profile, as_json=as_json)
    raise typer.Exit(1 if any(o.failure for o in outcomes) else 0)


@contextmanager
def _progress(label: str, total: int) -> Iterator["Tick"]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=_say, transient=True) as progress:
        task = progress.add_task(label, total=total)
        yield (
            lambda completed=None: (
                progress.advance(task) if completed is None else progress.update(task, completed=completed)
            )
        )


def _summary(desk: "Desk", outcomes: list["Outcome"], out: Path, profile: str | None, *, as_json: bool) -> None:
    failures = [o.failure for o in outcomes if o.failure]
    entries = desk.queue(outcomes, profile)
    if as_json:
        rows = [
            {
                "rank": i,
                "name": e.name,
                "agency": e.agency,
                "year": e.year,
                "score": e.score,
                "band": e.band,
                "because": list(e.because),
            }
            for i, e in enumerate(entries, 1)
        ]
        unread = [{"path": f.path, "code": f.code, "message": f.message} for f in failures]
        typer.echo(json.dumps({"reports": rows, "failures": unread, "out": str(out)}, ensure_ascii=False))
        return
    screen = Console(soft_wrap=not sys.stdout.isatty())
    rank = 0
    for rank, e in enumerate(entries, 1):
        if rank == 1:
            screen.print("[bold]复核次序[/]（分值高的先看）")
        if rank <= _SHOWN:
            screen.print(_entry(rank, e), highlight=False)
    if rank > _SHOWN:
        screen.print(f"以上为前 {_SHOWN} 份，共 {rank} 份，其余见网页和工作簿。")
    for failure in failures[:_SHOWN]:
        screen.print(f"[red]未读取[/] {_plain(failure.message)}", highlight=False)
    if len(failures) > _SHOWN:
        screen.print(f"未读取的共 {len(failures)} 个，全部见 failures.json。")
    again = sum(o.reused for o in outcomes)
    screen.print(
        f"审阅 {len(outcomes) - len(failures)} 份，未读取 {len(failures)} 个"
        + (f"（其中 {again} 个以前已处理，未重做）。" if again else "。")
    )
    screen.print(
        f"网页 {out / 'index.html'}\n工作簿 {out / 'triage.xlsx'}\n审阅文件 {out}{'/'}<文件名>.review.json",
        soft_wrap=True,
        highlight=False,
    )


def _entry(rank: int, e: "QueueEntry") -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", width=4)
    table.add_column(overflow="fold")
    about = "，".join(filter(None, [_plain(e.agency), f"{e.year}年度" if e.year else ""]))
    table.add_row(
        str(rank), f"[bold]{e.score:g}分[/] {_BAND[e.band]} {_plain(e.name)}" + (f"（{about}）" if about else "")
    )
    for reason in e.because:
        table.add_row("", f"·{_plain(reason)}")
    return table


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape("".join(c for c in text if c.isprintable() or c == " "))


@app.command()
def claims(
    file: Annotated[str, typer.Argument(help="每行一个 {id, text} 的 JSONL 文件；- 为标准输入")],
    out: Annotated[str, typer.Option("--out", help="输出文件；- 为标准输出")] = "-",
) -> None:
    """从文本里取出数量：逐行读，逐行写，文件多大都不多占内存。"""
    from pipeline.desk import claims_of

    with _lines_in(file) as lines, _lines_out(out) as write:
        for number, line in enumerate(lines, 1):
            if line.strip():
                write(claims_of(line, f"{file} 第 {number} 行"))


@contextmanager
def _lines_in(file: str) -> Iterator[Iterable[str]]:
    if file == "-":
        sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        yield sys.stdin
        return
    try:
        opened = Path(file).open(encoding="utf-8-sig")  # noqa: SIM115
    except OSError as error:
        raise WrongUsage(f"“{file}”打不开：{error.strerror}。请检查路径。") from error
    with opened:
        yield opened


@contextmanager
def _lines_out(out: str) -> Iterator["Write"]:
    if out == "-":
        yield lambda line: typer.echo(line)
        return
    try:
        opened = Path(out).open("w", encoding="utf-8", newline="\n")  # noqa: SIM115
    except OSError as error:
        raise WrongUsage(f"“{out}”不能写入：{error.strerror}。请换一个位置。") from error
    with opened:
        yield lambda line: print(line, file=opened)


@app.command()
def rules(
    rule: Annotated[str | None, typer.Argument(help="规则编号，例如 empty-section；不写则列出全部")] = None,
    as_json: AsJson = False,
) -> None:
    """查看规则目录，或一条规则的说明与样例。"""
    from pipeline.desk import catalogue

    cards = catalogue(rule)
    if as_json:
        typer.echo(json.dumps(cards if rule is None else cards[0], ensure_ascii=False, indent=1))
        return
    if rule is None:
        table = Table(title="规则目录", title_justify="left")
        for column in ("编号", "名称", "类别", "默认程度", "要求"):
            table.add_column(column, overflow="fold")
        for card in cards:
            table.add_row(card["rule"], card["name"], card["family"], card["severity"], card["summary"])
        Console().print(table)
        return
    card = cards[0]
    typer.echo(f"{card['rule']}　{card['name']}（{card['family']}，默认{card['severity']}）\n\n{card['summary']}\n")
    for heading, key in (
        ("为什么", "why"),
        ("做法", "how"),
        ("局限", "limits"),
        ("依据", "basis"),
        ("建议", "suggestion"),
    ):
        typer.echo(f"{heading}\n{card[key]}\n")
    typer.echo("样例")
    for case in card["cases"]:
        typer.echo(f"· {case['name']}：{'提示 ' + '；'.join(case['findings']) if case['findings'] else '不提示'}")


if TYPE_CHECKING:
    from collections.abc import Callable

    Tick = Callable[..., None]
    Write = Callable[[str], None]
