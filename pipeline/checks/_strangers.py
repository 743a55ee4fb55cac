"""Words of a report that name another place than the unit's own, where they stand for the unit's own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.checks._dealings import dealt_with, sentence
from pipeline.checks._names import former, offices
from pipeline.checks._places import COUNTY, PREFECTURE, TOWN, Home, before, beneath, foreign, listed_before, rank

_RULERS = re.compile(r"县委|区委|市委|党委|人民政府|县政府|区政府|市政府|镇政府|乡政府|街道办事处")
_AND_GOVERNMENT = re.compile(r"(?:[、和]?(?:[县区市镇乡])?(?:人民)?政府)?")
_GOVERNMENT = ("人民政府", "政府", "镇政府", "乡政府")
# The characters that end the name of a place of the rank, unless the next one makes another word of it.
_LEVELS = {
    PREFECTURE: re.compile(r"[市州盟](?![场民容区]|政[^府务协法])"),
    COUNTY: re.compile(r"[县区市旗](?![场民容级直属内外域块划城街长间里]|政[^府务协法])"),
    TOWN: re.compile(r"[镇乡](?![村镇级直域区间里])|街道"),
}
_HEAD = re.compile(
    r"(?:^|[\n。；！，,])[ \u3000]*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)]?[、.．]?[ \u3000]*|[一二三四五六七八九十]是[ \u3000]*)?(?:20\d\d年(?:度)?[，,]?)?$"
)
_LEAD = 16
# Words that make a place the one the whole sentence is about, wherever it stands.
_ALL_OVER = re.compile(
    r"(?:的)?(?:群众|居民|人民群众|百姓|境内|范围内|全境|经济社会|经济发展|政务服务|各乡|各镇|各街道|各部门|各单位|城区|城乡|农村|农业|教育|卫生健康|医疗卫生|营商环境|干部职工|企业|市场主体|财政)"
)
_FACT = re.compile(r"\d|完成|实现|开展|取得|建成|推进|提升|获")
_BASIS = re.compile(
    r"(?:根据|按照|依据|遵照)[^。；\n《]{0,20}《(?:中共)?(?P<place>[\u4e00-\u9fff]{2,3}[县区旗市])[^》\n]{0,40}(?:绩效|自评|预算|部门整体)[^》\n]{0,30}》"
)
# Suppliers and people have addresses.
_BUSINESS = re.compile(
    r"公司|乙方|供应商|中标|商行|经营部|印务|酒店|宾馆|项目部|事务所|银行|大学|学院|户口|出生|地址|[路街]\d"
)
# One that is named again and again is a partner, not a slip.
_MANY = 3


@dataclass(frozen=True, slots=True)
class Stranger:
    """Another place's name where the unit's own should be; ``what`` is named there; not ``sure``: named in passing."""

    name: str
    start: int
    end: int
    what: str
    sure: bool = True


def strangers(string: str, own: Home) -> Iterator[Stranger]:
    """Names of other places in the text, that are no dealings with them."""
    yield from _offices(string, own)
    yield from _rulers(string, own)
    yield from _places(string, own)
    yield from _bases(string, own)


def ruled(string: str) -> Iterator[tuple[str, int]]:
    """Places that a committee or government is named of, with the end of its name."""
    for found in _RULERS.finditer(string):
        word = found.group()
        name = before(string, found.start() + (2 if word.startswith("街道") else int(word[0] in "县区市镇乡")))
        if name:
            yield name, found.end()


def _offices(string: str, own: Home) -> Iterator[Stranger]:
    """The unit's own office at another place: 楚源县市场监督管理局."""
    if len(own.office) < 2 or own.office in _GOVERNMENT:
        return
    short = next((group[1:] for group in offices() if own.office in group), ())
    for office in dict.fromkeys((own.office, *short, *former(own.office))):
        at = string.find(office)
        while at >= 0:
            name, end = before(string, at), at + len(office)
            if name and foreign(own, name) and not dealt_with(string, at - len(name), end):
                yield Stranger(name, at - len(name), end, "单位")
            at = string.find(office, end)


def _rulers(string: str, own: Home) -> Iterator[Stranger]:
    """Party committee or government of another place."""
    for name, end in ruled(string):
        if foreign(own, name):
            start = string.rindex(name, 0, end)
            last = _AND_GOVERNMENT.match(string, end)
            if not dealt_with(string, start, last.end() if last else end):
                yield Stranger(name, start, end, "党委、政府")


def _places(string: str, own: Home) -> Iterator[Stranger]:
    """Another place of the unit's own rank: what a clause is about (楚源县群众), or named in passing."""
    level = _LEVELS.get(own.rank)
    above = own.names[-2] if len(own.names) > 1 else ""
    for found in level.finditer(string) if level else ():
        end = found.end()
        name = before(string, end)
        if name is None or not foreign(own, name) or rank(name) != own.rank:
            continue
        start = end - len(name)
        about = _ALL_OVER.match(string, end) or _HEAD.search(string[max(0, start - _LEAD) : start])
        if above and string.endswith(above, 0, start) and beneath(above, name) is False:
            yield Stranger(name, start, end, "地方")
        elif dealt_with(string, start, end) or string.count(name) > _MANY:
            continue
        elif about and _FACT.search(sentence(string, start, end)):
            yield Stranger(name, start, end, "地方")
        elif listed_before(string, end) and not _BUSINESS.search(sentence(string, start, end)):
            yield Stranger(name, start, end, "地名", sure=False)


def _bases(string: str, own: Home) -> Iterator[Stranger]:
    """The notice of another place as the basis of the evaluation."""
    for found in _BASIS.finditer(string):
        if foreign(own, found["place"]) and rank(found["place"]) == own.rank:
            yield Stranger(found["place"], *found.span("place"), "文件")
