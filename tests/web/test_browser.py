"""The pages in a real browser: keys alone, nothing from outside, nothing in the console."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Page, expect, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: apt-get install chromium"),
]
_QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]


@pytest.fixture
def page(served: str, entered: Callable[..., TestClient]) -> Iterator[Page]:
    entered("reviewer", "lead", "operator", name="看屏")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=_QUIET)
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.said = []  # type: ignore[attr-defined]
        page.on("console", lambda message: page.said.append(message.text) if message.type == "error" else None)  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: page.said.append(str(error)))  # type: ignore[attr-defined]
        page.on(
            "request",
            lambda asked: page.said.append(asked.url) if not asked.url.startswith((served, "data:")) else None,
        )  # type: ignore[attr-defined]
        page.goto(served)
        page.fill("[name=name]", "看屏")
        page.fill("[name=password]", "zai-ci-yi-ge-2026")
        page.keyboard.press("Enter")
        page.wait_for_selector("[data-line]")
        yield page
        assert page.said == []  # type: ignore[attr-defined]
        browser.close()


def test_a_report_is_decided_by_keys_alone(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-finding]")
    page.keyboard.press("a")
    page.keyboard.press("x")
    page.keyboard.press("3")
    page.keyboard.press("u")
    expect(page.locator("[data-finding]").nth(2)).not_to_have_attribute("data-decision", "")
    verdicts = [card.get_attribute("data-verdict") for card in page.query_selector_all("[data-finding]")]
    assert verdicts[:3] == ["accepted", "rejected", "unsure"]
    page.keyboard.press("z")
    expect(page.locator("[data-finding]").nth(2)).to_have_attribute("data-verdict", "cleared")
    page.reload()
    verdicts = [card.get_attribute("data-verdict") for card in page.query_selector_all("[data-finding]")]
    assert verdicts[:3] == ["accepted", "rejected", "cleared"]


def test_a_burst_of_keys_loses_nothing(page: Page) -> None:
    page.click("[data-line]:nth-child(2) a")
    page.wait_for_selector("[data-finding]")
    count = min(6, len(page.query_selector_all("[data-finding]")))
    for _ in range(count):
        page.keyboard.press("a")
        page.wait_for_timeout(25)
    for at in range(count):
        expect(page.locator("[data-finding]").nth(at)).not_to_have_attribute("data-decision", "")
    page.reload()
    assert len(page.query_selector_all('[data-verdict="accepted"]')) >= count


def test_keys_are_letters_while_somebody_writes(page: Page) -> None:
    page.click("[data-line]:nth-child(3) a")
    page.wait_for_selector("[data-finding]")
    before = page.get_attribute("[data-finding]", "data-verdict")
    page.keyboard.press("c")
    page.keyboard.press("Control+End")
    page.keyboard.type("aux 批注")
    assert page.get_attribute("[data-finding]", "data-verdict") == before
    assert page.input_value("[data-finding] textarea").endswith("aux 批注")


def test_a_lost_connection_is_tried_again(page: Page) -> None:
    page.click("[data-line]:nth-child(3) a")
    page.wait_for_selector("[data-finding]")
    page.context.set_offline(True)
    page.keyboard.press("a")
    page.wait_for_timeout(300)
    page.context.set_offline(False)
    expect(page.locator("[data-finding]").first).not_to_have_attribute("data-decision", "", timeout=15000)
    page.said.clear()  # type: ignore[attr-defined] - the browser told of the lost connection
    page.reload()
    assert page.get_attribute("[data-finding]", "data-verdict") == "accepted"
