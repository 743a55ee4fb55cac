"""两份报告不应当有同一处少见的错字。

为什么
    错字是偶然的：两个单位的报告在同一段话里错在同一个字，是照抄最有力的证据，单看雷同段落还可以推说用了同一份通稿。

做法
    在与其他单位报告雷同的段落里，找双方都写错的词：固定用语（terms.toml）里有一个字被音近、形近的字代替，或者易混词表
    （confusions.toml）里的错词。两边的错法相同才提示。

局限
    只看雷同段落里的固定用语，一般的病句、漏字看不出来；两个单位同引一份本来就有错字的上级文件，也会提示。
"""

from collections.abc import Iterator

from pipeline.checks._matched import shown
from pipeline.checks._misprints import misprints
from pipeline.records import Evidence, Issue, Span


def check(evidence: Evidence) -> Iterator[Issue]:
    report = evidence.reading.report
    seen: dict[Span, list[tuple[str, str, str, str]]] = {}
    for match in evidence.matches:
        if match.kind != "peer":
            continue
        for start, written, right in misprints(report.quote(match.span)):
            if written in match.source.text:
                span = Span(match.span.block, match.span.start + start, match.span.start + start + len(written))
                seen.setdefault(span, []).append((written, right, match.source.name, match.source.text))
    for span, places in sorted(seen.items(), key=lambda pair: (pair[0].block, pair[0].start)):
        written, right, _, text = places[0]
        names = "".join(f"“{name}”" for name in dict.fromkeys(name for _, _, name, _ in places))
        yield Issue(
            f"“{right}”误作“{written}”，{names}在同一段话里错得一样。对方原文：“{_around(text, written)}”。",
            (span,),
            expected=right,
            actual=written,
        )


def _around(text: str, word: str) -> str:
    at = text.index(word)
    return shown(text[max(0, at - 20) : at + len(word) + 20])
