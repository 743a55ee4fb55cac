"""The page: complete, self-contained, safe against what reports contain, and followed link by link."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from invented import make_review
from lxml import html

from pipeline.export import page
from pipeline.export.cards import RuleCard
from pipeline.export.names import Named
from pipeline.records import Block, Cover, Failure, Finding, Review

Rules = dict[str, RuleCard]


def parsed(path: Path) -> html.HtmlElement:
    return html.document_fromstring(path.read_bytes().decode())


def many(count: int) -> Iterator[Named]:
    return (Named(f"报告{i:02}.docx", make_review(i)) for i in range(1, count + 1))


@pytest.fixture
def index(tmp_path: Path, batch: list[Named], failures: list[Failure], rules: Rules) -> Path:
    page.write(tmp_path, iter(batch), failures, rules, total=len(batch), summary="2024年3月批次")
    return tmp_path / "index.html"


def outside(text: str) -> list[str]:
    """References out of the file."""
    addresses = [*re.findall(r"""\b(?:src|href|action|data|poster)\s*=\s*["']([^"']*)""", text)]
    found = [a for a in addresses if not re.match(r"#|data:|pages/[^/]+\.html|\.\./index\.html#|[^/:]+\.html$", a)]
    return found + re.findall(r"https?://|//[a-z]+\.|url\(|@import|@font-face", text)


def test_nothing_comes_from_outside_the_file(index: Path) -> None:
    assert [file.name for file in index.parent.iterdir()] == ["index.html"]
    assert outside(index.read_text("utf-8")) == []


def test_the_policy_lets_in_only_the_page_s_own_style_and_scripts(index: Path) -> None:
    text = index.read_text("utf-8")
    policy = parsed(index).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert not re.search(r"<[^>]+\s(style|on[a-z]+)=", text)


def test_the_queue_is_on_top_in_rank_order(index: Path) -> None:
    doc = parsed(index)
    assert doc.get("lang") == "zh-CN"
    assert [h.text for h in doc.iter("h1")] == ["绩效自评报告复核"]
    rows = doc.xpath("//table[@id='list']/tbody/tr")
    assert [row.get("data-rank") for row in rows] == [str(i) for i in range(1, 13)]
    assert rows[0].xpath(".//ol/li/text()")[0].startswith("占比、执行率不符：“预算执行率为98.2%”")
    assert rows[0].xpath(".//span[contains(@class,'band')]/text()") == ["需重点看"]
    assert [s.text for s in rows[0].xpath(".//span[contains(@class,'sev')]")] == ["高 3", "中 1", "低 2", "提示 1"]
    head = doc.xpath("//header[@class='top']")[0].text_content()
    assert "2024年3月批次　共 12 份：需重点看 4 份，关注 5 份，基本良好 3 份；2 份未能读取。" in head


def test_unread_files_are_named_with_code_and_sentence(index: Path, failures: list[Failure]) -> None:
    cells = parsed(index).xpath("//details[@id='unread']//tbody/tr[1]/td")
    assert [cell.text_content() for cell in cells] == [failures[0].path, failures[0].code, failures[0].message]


def test_every_link_leads_somewhere_and_no_id_stands_twice(index: Path) -> None:
    doc = parsed(index)
    ids = doc.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in doc.xpath("//a/@href")} <= set(ids)


def test_the_text_is_whole_and_tables_are_tables(index: Path, review: Review) -> None:
    text = parsed(index).get_element_by_id("r1").find_class("text")[0]
    for label in text.find_class("kind"):
        label.drop_tree()
    shown = re.sub(r"\s", "", text.text_content())
    assert shown == re.sub(r"\s", "", "".join(block.text for block in review.reading.report.blocks))
    assert [(c.get("rowspan"), c.get("colspan")) for c in text.xpath(".//td[@rowspan or @colspan]")] == [
        (None, "3"),
        ("3", None),
        (None, "3"),
    ]


def test_sections_are_tinted_named_and_in_the_outline(index: Path) -> None:
    report = parsed(index).get_element_by_id("r1")
    outline = [li.text_content() for li in report.xpath(".//nav[contains(@class,'outline')]//li")]
    assert outline[2] == "职能职责"
    assert outline[5] == "三、存在的主要问题 存在问题 1 条发现"
    assert {p.text_content() for p in report.xpath(".//p[@class='k problems']")} == {
        "一是学习不够深入，业务能力有待进一步提高。",
        "二是经费不足，人员紧张。",
    }
    assert report.xpath(".//td[@class='k duties']")


def test_a_finding_shows_both_sides_and_how_to_get_there(index: Path) -> None:
    doc = parsed(index)
    card = doc.get_element_by_id("r1-c2")
    assert "构成不等于合计" in card.text_content()
    assert card.xpath(".//q/text()") == ["1482.60", "1450.00", "22.60"]
    assert card.xpath(".//span[@class='side']/text()") == ["此处", "对照1", "对照2"]
    assert card.xpath(".//dd/text()") == ["1472.60", "1482.60"]
    assert "各分项之和应当等于合计。" in card.xpath(".//details")[0].text_content()
    target = doc.get_element_by_id(card.xpath(".//a/@href")[1][1:])
    assert target.getnext().text_content() == "1450.00"


def test_findings_without_a_place_or_a_rule_are_still_shown(index: Path) -> None:
    doc = parsed(index)
    assert "没有找到“绩效目标”一节。" in doc.get_element_by_id("r1-c6").text_content()
    assert "problem-off-topic" in doc.get_element_by_id("r1-c5").text_content()


def test_passages_in_other_reports_are_quoted_the_form_s_own_are_not(index: Path) -> None:
    card = parsed(index).xpath("//details[@id='r1']//div[@class='card plain']")
    assert [c.xpath(".//q/text()") for c in card] == [["加强学习，提高认识", "加强学习，提高认识"]]


def test_numbers_are_underlined_counted_and_explained(index: Path) -> None:
    report = parsed(index).get_element_by_id("r1")
    notes = {span.text_content(): span.get("title") for span in report.find_class("q")}
    assert notes["1371.84万元"] == "金额　资金支出　支出　13,718,400元"
    assert notes["近17万"] == "数量　受益人口　接近　170,000"
    assert notes["98.2%"] == "百分比　预算执行率　比率　98.2%　2023年"
    assert notes["58处"] == "数量　问题　概数　50处起"
    (button,) = report.xpath(".//button[@data-layer='claims']")
    assert button.text == "数量 10 处"


def test_report_text_cannot_become_markup(tmp_path: Path, review: Review, rules: Rules) -> None:
    evil = "</script><img src=x onerror=alert(1)>\"'{{ 7*7 }}"
    reading = review.reading
    blocks = (Block(0, evil), *reading.report.blocks[1:])
    sections = tuple(replace(section, title=evil) for section in reading.sections)
    bad = replace(
        review,
        reading=replace(
            reading,
            report=replace(reading.report, blocks=blocks, name=evil),
            cover=Cover(evil, evil, 2023),
            sections=sections,
            claims=tuple(replace(claim, metric=evil) for claim in reading.claims),
        ),
        findings=tuple(
            Finding(f.id, f.rule, f.severity, evil, f.spans, evil, evil, evil, evil) for f in review.findings
        ),
        triage=replace(review.triage, because=(evil,)),
        made_with={"code": evil},
    )
    page.write(tmp_path, [Named(evil, bad)], [Failure(evil, evil, evil)], rules, total=1, summary=evil)
    doc = parsed(tmp_path / "index.html")
    assert not list(doc.iter("img"))
    assert len(list(doc.iter("script"))) == 2
    assert doc.get_element_by_id("r1").find_class("text")[0][0].text_content() == evil


def test_up_to_the_limit_all_is_in_one_file(tmp_path: Path, rules: Rules) -> None:
    page.write(tmp_path, many(page.INLINE), [], rules, total=page.INLINE)
    assert len(parsed(tmp_path / "index.html").xpath("//details[@class='one']")) == page.INLINE
    assert not (tmp_path / "pages").exists()


def test_above_the_limit_each_report_is_a_file_beside_it(tmp_path: Path, rules: Rules) -> None:
    page.write(tmp_path, many(page.INLINE + 1), [], rules, total=page.INLINE + 1)
    index = tmp_path / "index.html"
    links = parsed(index).xpath("//table[@id='list']//a/@href")
    assert len(links) == page.INLINE + 1
    assert not parsed(index).xpath("//details[@class='one']")
    for i, link in enumerate(links):
        path = tmp_path / unquote(link)
        doc = parsed(path)
        assert outside(path.read_text("utf-8")) == []
        moves = {a.get("class"): a.get("href") for a in doc.xpath("//nav[@class='moves']/a")}
        assert moves["back"] == f"../index.html#q{i + 1}"
        assert moves.get("prev") == (links[i - 1].removeprefix("pages/") if i else None)
        assert moves.get("next") == (links[i + 1].removeprefix("pages/") if i < page.INLINE else None)
    assert not [file for file in tmp_path.rglob("*") if file.name.endswith(".part")]


def test_an_empty_batch_says_so(tmp_path: Path, failures: list[Failure], rules: Rules) -> None:
    page.write(tmp_path, [], failures, rules, total=0)
    assert "没有审阅到报告。" in parsed(tmp_path / "index.html").text_content()


def test_a_failed_write_leaves_the_old_page(tmp_path: Path, batch: list[Named], rules: Rules) -> None:
    (tmp_path / "index.html").write_text("旧", "utf-8")

    def broken() -> Iterator[Named]:
        yield batch[0]
        raise OSError("disk gone")

    with pytest.raises(OSError, match="disk gone"):
        page.write(tmp_path, broken(), [], rules, total=2)
    assert (tmp_path / "index.html").read_text("utf-8") == "旧"
    assert [file.name for file in tmp_path.iterdir()] == ["index.html"]


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * c for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("#1b1f24", "#f9d3cf"), ("#1b1f24", "#fbe6b8"), ("#1b1f24", "#dbe8f5"), ("#4d5661", "#f4f6f8"),
        ("#9c1c1c", "#fbe3e1"), ("#7a4a00", "#fdf0d5"), ("#1e5b2e", "#e3f1e5"), ("#1f4e79", "#e4eef7"), ("#444", "#eee"),
        ("#174a86", "#fdf4ec"), ("#fff", "#1f4e79"), ("#fff", "#7a4a00"), ("#5d3c84", "#fff"), ("#8a4615", "#fff"),
    ],
)  # fmt: skip
def test_contrast_is_enough(index: Path, ink: str, ground: str) -> None:
    style = next(iter(parsed(index).iter("style"))).text or ""
    assert ink in style
    assert ground in style
    light, dark = sorted((luminance(ink), luminance(ground)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.skipif(shutil.which("chromium") is None, reason="no Chromium on this machine")
def test_a_browser_runs_the_page_s_script_and_opens_one_report(index: Path, tmp_path: Path) -> None:
    command = [
        "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
        f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", f"file://{index}#r2-f2-1",
    ]  # fmt: skip
    dom = subprocess.run(command, capture_output=True, timeout=60, check=True).stdout.decode()
    doc = html.document_fromstring(dom)
    assert doc.get("class") == "js"
    assert doc.xpath("//details[@open and contains(@class,'one')]/@id") == ["r2"]
    assert doc.xpath("//article[@aria-current='true']/@id") == ["r2-c2"]
    assert {mark.text_content() for mark in doc.xpath("//mark[contains(@class,'on')]")} == {
        "1482.60",
        "1450.00",
        "22.60",
    }
