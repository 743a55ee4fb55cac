"""A review as bytes and back: the public review file (``review.schema.json`` beside this module), UTF-8 JSON.

Records are written field by field, so a record's field names are the contract's; only a claim differs: its quantity is
laid flat and its words are quoted in it. Decimals are strings, never with an exponent, trailing zeros kept.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

import orjson
from pydantic import TypeAdapter, ValidationError

from pipeline.errors import JishenError
from pipeline.records import Block, Claim, Report, Review

SCHEMA = "jishen.review/1"


class UnreadableReview(JishenError):
    """Bytes that are not a review file of this edition."""

    code = "bad-review"


def encode(review: Review) -> bytes:
    """The review file of ``review``."""
    reading = review.reading
    return orjson.dumps(
        {
            "schema": SCHEMA,
            "made_with": review.made_with,
            "report": reading.report,
            "cover": reading.cover,
            "sections": reading.sections,
            "claims": [_flat(claim, reading.report) for claim in reading.claims],
            "findings": review.findings,
            "matches": review.matches,
            "grades": review.grades,
            "triage": review.triage,
        },
        default=_plain,
    )


def encode_claims(key: object, text: str, claims: Iterable[Claim]) -> bytes:
    """One line of ``jishen claims``: the claims of ``text``, which is their block 0, under the ``id`` it came with."""
    report = Report("", "", (Block(0, text),))
    return orjson.dumps({"id": key, "claims": [_flat(claim, report) for claim in claims]})


def encode_grade(key: object, said: object) -> bytes:
    """One line of ``jishen grade``: the record ``said`` under the ``id`` it came with."""
    return orjson.dumps({"id": key} | orjson.loads(orjson.dumps(said, default=_plain)))


def decode(data: bytes) -> Review:
    """The review that ``data`` holds. Raises ``UnreadableReview``; fields it does not know are passed over."""
    try:
        raw = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise UnreadableReview("审阅文件已损坏，不是完整的 JSON。请重新审阅该报告。") from error
    schema = raw.get("schema") if isinstance(raw, dict) else None
    if schema != SCHEMA:
        raise UnreadableReview(f"这不是本版本的审阅文件（应为 {SCHEMA}）。请用本版本重新审阅该报告。")
    reading = {field: raw.get(field) for field in ("report", "cover", "sections")}
    claims = raw.get("claims")
    reading["claims"] = [_deep(claim) for claim in claims] if isinstance(claims, list) else claims
    try:
        review = _adapter().validate_python(raw | {"reading": reading})
    except ValidationError as error:
        place = ".".join(str(step) for step in error.errors(include_url=False)[0]["loc"])
        raise UnreadableReview(f"审阅文件的内容不合约定（{place}）。请重新审阅该报告。") from error
    _hold_spans(review)
    return review


@cache
def _adapter() -> TypeAdapter[Review]:
    return TypeAdapter(Review)


def _deep(claim: object) -> object:
    """A claim of the file with its quantity's fields one level down, where the record has them."""
    return claim | {"quantity": claim} if isinstance(claim, dict) else claim


def _flat(claim: Claim, report: Report) -> dict[str, Any]:
    quantity = claim.quantity
    return {
        "id": claim.id,
        "span": claim.span,
        "text": report.quote(claim.span),
        "value": _decimal(quantity.value),
        "low": _decimal(quantity.low),
        "high": _decimal(quantity.high),
        "low_closed": quantity.low_closed,
        "high_closed": quantity.high_closed,
        "unit": quantity.unit,
        "kind": quantity.kind,
        "qualifier": quantity.qualifier,
        "metric": claim.metric,
        "role": claim.role,
        "direction": claim.direction,
        "period": claim.period,
        "section": claim.section,
        "source": claim.source,
        "group": claim.group,
        "places": quantity.places,
    }


def _decimal(number: Decimal | None) -> str | None:
    return None if number is None else format(number, "f")


def _plain(value: object) -> object:
    """Read-only mappings, which orjson does not know."""
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"a review holds no {type(value).__name__}")


def _hold_spans(review: Review) -> None:
    """Refuse spans that point outside the report: everything that quotes relies on them."""
    blocks = review.reading.report.blocks
    spans = [claim.span for claim in review.reading.claims]
    spans += [span for finding in review.findings for span in finding.spans]
    spans += [match.span for match in review.matches]
    spans += [pair.problem for pair in review.grades.pairs]
    spans += [span for pair in review.grades.pairs for span in pair.measures]
    for grade in (review.grades.problems, review.grades.measures):
        spans += [span for item in grade.items for span in (item.span, *item.rest)] if grade else []
    for span in spans:
        if not (0 <= span.block < len(blocks) and 0 <= span.start <= span.end <= len(blocks[span.block].text)):
            raise UnreadableReview(f"审阅文件的内容不合约定（位置 {span.block} 不在正文内）。请重新审阅该报告。")
