"""``jishen review`` and ``jishen batch``: a folder of reports in, what was found and in which order to read out."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from pipeline.cli.app import (
    AsJson,
    Out,
    Paths,
    ProfileName,
    Workers,
    Workspace,
    app,
    desk_of,
    lines_out,
    plain,
    progress,
    say,
    settings_of,
)

if TYPE_CHECKING:
    from pipeline.desk import Desk, Outcome
    from pipeline.records import QueueEntry

_SHOWN = 20
_BAND = {"weak": "[red]需重点看[/]", "watch": "[yellow]关注[/]", "sound": "[green]基本良好[/]"}


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
    from pipeline.desk import named

    with say.status("正在准备……"), desk_of(settings_of(workspace, workers)) as desk:
        files = desk.find(paths, out)
        with progress("读取和审阅", 2 * len(files)) as tick:
            outcomes = []
            number = desk.queueing.begin(None, named(paths)).id
            for outcome in desk.review_files(files, profile, tick, number):
                outcomes.append(outcome)
                tick()
        with progress("写出结果", 3 * sum(o.failure is None for o in outcomes)) as tick:
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

    settings = settings_of(workspace, workers)
    with desk_of(settings) as desk:
        # Wrong usage is said before a server is started.
        files = desk.find(paths, out)
        with progress("读取和审阅", 2 * len(files)) as tick:
            outcomes = run(settings, paths, out, profile, done=lambda finished, _: tick(finished))
        _summary(desk, outcomes, out, profile, as_json=as_json)
    raise typer.Exit(1 if any(o.failure for o in outcomes) else 0)


@app.command()
def compare(
    paths: Paths,
    out: Annotated[str, typer.Option("--out", help="输出文件；- 为标准输出")] = "-",
    workers: Workers = None,
) -> None:
    """只比对报告之间的雷同段落，不审阅：每行一对段落，各引原文。"""
    from pipeline.desk import Comparison

    comparison = Comparison.of(paths, settings_of(None, workers))
    with lines_out(out) as write, progress("读取", len(comparison.files)) as tick:
        for line in comparison.lines(tick):
            write(line)
    for failure in comparison.failures:
        say.print(f"[red]未读取[/] {plain(failure.message)}", highlight=False, soft_wrap=True)
    raise typer.Exit(1 if comparison.failures else 0)


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
        screen.print(f"[red]未读取[/] {plain(failure.message)}", highlight=False)
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
    about = "，".join(filter(None, [plain(e.agency), f"{e.year}年度" if e.year else ""]))
    table.add_row(
        str(rank), f"[bold]{e.score:.1f}分[/] {_BAND[e.band]} {plain(e.name)}" + (f"（{about}）" if about else "")
    )
    for reason in e.because:
        table.add_row("", f"·{plain(reason)}")
    return table
