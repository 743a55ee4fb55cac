"""The application that the commands hang on, and the options and manners that they share."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from pipeline.errors import WrongUsage

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.desk import Desk
    from pipeline.settings import Settings

    Tick = Callable[..., None]
    Write = Callable[[str], None]

app = typer.Typer(
    add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help="绩审：绩效自评报告复核助手。"
)
say = Console(stderr=True)

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


def settings_of(workspace: Path | None, workers: int | None) -> "Settings":
    from pipeline.settings import Settings

    given: dict[str, object] = {}
    if workspace is not None:
        given["home"] = workspace
    if workers is not None:
        given["workers"] = workers
    return Settings(**given)  # type: ignore[arg-type]


@contextmanager
def desk_of(settings: "Settings") -> Iterator["Desk"]:
    from pipeline.desk import Desk

    with Desk.open(settings) as desk:
        yield desk


@contextmanager
def progress(label: str, total: int) -> Iterator["Tick"]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=say, transient=True) as progress:
        task = progress.add_task(label, total=total)
        yield (
            lambda completed=None: (
                progress.advance(task) if completed is None else progress.update(task, completed=completed)
            )
        )


@contextmanager
def lines_in(file: str) -> Iterator[Iterable[str]]:
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
def lines_out(out: str) -> Iterator["Write"]:
    if out == "-":
        yield lambda line: typer.echo(line)
        return
    try:
        opened = Path(out).open("w", encoding="utf-8", newline="\n")  # noqa: SIM115
    except OSError as error:
        raise WrongUsage(f"“{out}”不能写入：{error.strerror}。请换一个位置。") from error
    with opened:
        yield lambda line: print(line, file=opened)


def plain(text: str) -> str:
    from rich.markup import escape

    return escape("".join(c for c in text if c.isprintable() or c == " "))
