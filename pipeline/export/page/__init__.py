"""``index.html``: the ranked queue and every report with its evidence, in files that open without network or server.

Up to ``INLINE`` reports are inside ``index.html`` itself, so that one file can be handed on. A reviewed report takes
about 150 kB of page; with more of them the one file would open slowly on an office machine, and each report becomes
``pages/<name>.html`` beside it.
"""

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO
from urllib.parse import quote

from markupsafe import Markup

from pipeline.export import words
from pipeline.export.atomic import replacing
from pipeline.export.cards import Rules, name
from pipeline.export.names import Named
from pipeline.export.page.fragment import Fragment, fragment
from pipeline.export.page.frame import templates
from pipeline.records import Band, Failure

INLINE = 40
_CHUNK = 1 << 16


def write(
    out_dir: Path, reviews: Iterable[Named], failures: Sequence[Failure], rules: Rules, *, total: int, summary: str = ""
) -> None:
    """Write ``out_dir/index.html`` and, above ``INLINE`` reports, ``out_dir/pages/<name>.html``.

    ``reviews`` come in rank order and are gone through once; ``total`` says how many they are. ``summary`` is a
    phrase about the batch, shown above the queue.
    """
    inline = total <= INLINE
    bands: Counter[Band] = Counter()
    used: set[str] = set()
    with _scratch() as rows, _scratch() as reports:
        for rank, (before, named, after) in enumerate(_neighbours(reviews), 1):
            shown = fragment(rank, named, rules)
            bands[named.review.triage.band] += 1
            used.update(finding.rule for finding in named.review.findings)
            rows.write(_row(shown, f"#{shown.prefix}" if inline else f"pages/{_address(named)}"))
            if inline:
                reports.write(
                    templates.get_template("folded.html.j2").render(
                        f=shown,
                        back=f"#q{rank}",
                        before=f"#r{rank - 1}" if before else "",
                        after=f"#r{rank + 1}" if after else "",
                    )
                )
            else:
                _write_page(out_dir / "pages" / f"{named.name}.html", shown, _address(before), _address(after))
        with replacing(out_dir / "index.html") as draft, draft.open("w", encoding="utf-8", newline="\n") as index:
            parts = templates.get_template("index.html.j2").generate(
                summary=summary,
                total=total,
                bands=words.BAND,
                tally=bands,
                failures=failures,
                rules=sorted(((rule, name(rules, rule)) for rule in used), key=lambda pair: pair[1]),
                inline=inline,
                rows=_chunks(rows),
                fragments=_chunks(reports),
            )
            index.writelines(parts)


def _write_page(path: Path, shown: Fragment, before: str, after: str) -> None:
    page = templates.get_template("single.html.j2").render(
        f=shown, back=f"../index.html#q{shown.rank}", before=before, after=after
    )
    with replacing(path) as draft:
        draft.write_text(page, encoding="utf-8", newline="\n")


def _row(shown: Fragment, href: str) -> str:
    used = " ".join(dict.fromkeys(card.finding.rule for card in shown.cards))
    return templates.get_template("row.html.j2").render(f=shown, href=href, used=used, severities=words.SEVERITY)


def _address(named: Named | None) -> str:
    return quote(f"{named.name}.html") if named else ""


def _neighbours(reviews: Iterable[Named]) -> Iterator[tuple[Named | None, Named, Named | None]]:
    """Each review with the one before and the one after it."""
    before: Named | None = None
    current: Named | None = None
    for after in reviews:
        if current:
            yield before, current, after
        before, current = current, after
    if current:
        yield before, current, None


def _scratch() -> IO[str]:
    return tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")


def _chunks(file: IO[str]) -> Iterator[Markup]:
    """What was written to ``file``, piece by piece: finished HTML."""
    file.seek(0)
    while chunk := file.read(_CHUNK):
        yield Markup(chunk)  # noqa: S704 - made by the templates
