"""The command line: one door of three. Everything it does is a method of the desk."""

import sys
from typing import Annotated, NoReturn

import typer

from pipeline import __version__
from pipeline.cli import catalogue, lines, people, reviewing, serve  # noqa: F401 - each adds its commands
from pipeline.cli.app import app, plain, say
from pipeline.errors import JishenError


def main() -> NoReturn:
    """The ``jishen`` command: exit code 0, 1 some files unread, 2 wrong usage or nothing to do."""
    try:
        app(standalone_mode=True)
    except JishenError as error:
        say.print(f"[red]出错：[/]{plain(str(error))}", highlight=False, soft_wrap=True)
        sys.exit(2)
    except KeyboardInterrupt:
        say.print("已中断。已完成的审阅都已保存，再次运行同一命令会接着做。")
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
