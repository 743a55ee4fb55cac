"""Commands that go through a file of texts line by line."""

from typing import Annotated

import typer

from pipeline.cli.app import app, lines_in, lines_out


@app.command()
def claims(
    file: Annotated[str, typer.Argument(help="每行一个 {id, text} 的 JSONL 文件；- 为标准输入")],
    out: Annotated[str, typer.Option("--out", help="输出文件；- 为标准输出")] = "-",
) -> None:
    """从文本里取出数量：逐行读，逐行写，文件多大都不多占内存。"""
    from pipeline.desk import claims_of

    with lines_in(file) as lines, lines_out(out) as write:
        for number, line in enumerate(lines, 1):
            if line.strip():
                write(claims_of(line, f"{file} 第 {number} 行"))


@app.command()
def grade(
    file: Annotated[str, typer.Argument(help="每行一个 {id, side, text} 的 JSONL 文件；- 为标准输入")],
    out: Annotated[str, typer.Option("--out", help="输出文件；- 为标准输出")] = "-",
) -> None:
    """给问题（problem）和措施（measure）评 1 至 4 级：逐行读，逐行写。"""
    from pipeline.desk import grader

    grade_of = grader()
    with lines_in(file) as lines, lines_out(out) as write:
        for number, line in enumerate(lines, 1):
            if line.strip():
                write(grade_of(line, f"{file} 第 {number} 行"))
