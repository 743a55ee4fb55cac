"""Other readers of Chinese quantities, run by ``benchmarks/claims.py`` in an environment of their own.

    PYTHON benchmarks/peers.py NAME < TASK

NAME is ``recognizers`` (Recognizers-Text: numbers, per cents, currencies) or ``jionlp`` (money only). TASK is JSON:
``texts`` are read and timed, ``phrases`` are pairs of kind and text. Out come ``seconds`` and, for each phrase, the
values of its kind, or null where the peer does not read that kind.
"""

import json
import sys
import time
from collections.abc import Callable
from decimal import Decimal

Reader = Callable[[str], dict[str, list[str]]]


def recognizers() -> Reader:
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_currency

    def read(text: str) -> dict[str, list[str]]:
        money = recognize_currency(text, "zh-cn")
        percent = recognize_percentage(text, "zh-cn")
        held = [(one.start, one.end) for one in (*money, *percent)]
        plain = [
            one for one in recognize_number(text, "zh-cn") if not any(start <= one.start <= end for start, end in held)
        ]
        found = {"money": money, "percent": percent, "count": plain}
        return {kind: [one.resolution["value"] for one in ones if one.resolution] for kind, ones in found.items()}

    return read


def jionlp() -> Reader:
    import jionlp as jio

    def read(text: str) -> dict[str, list[str]]:
        values = []
        for one in jio.ner.extract_money(text, with_parsing=True):
            number = one["detail"]["num"]
            # Of 300余万元 both ends are given; the number that is written is the first.
            values.append(number[0] if isinstance(number, list) else number)
        return {"money": values}

    return read


def plain(value: str) -> str:
    return str(abs(Decimal(value.strip("%").replace(",", ""))).normalize() + 0)


def main() -> None:
    read = {"recognizers": recognizers, "jionlp": jionlp}[sys.argv[1]]()
    task = json.load(sys.stdin)
    values: list[list[str] | None] = []
    for kind, text in task["phrases"]:
        found = read(text).get(kind)
        values.append(None if found is None else [plain(value) for value in found if value])
    started = time.process_time()
    for text in task["texts"]:
        read(text)
    json.dump({"seconds": time.process_time() - started, "values": values}, sys.stdout)


if __name__ == "__main__":
    main()
