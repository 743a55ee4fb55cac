"""``jishen rules``: what is checked, why, how and where it errs."""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from pipeline.cli.app import AsJson, app


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
