"""The board in a real Chromium at 320 and 1024 pixels, light and dark; pictures of some pages go to var/pictures/."""

from collections.abc import Iterator

import pytest
from jinja2 import FileSystemLoader

from dplmaild.board.pages import Pages
from dplmaild.settings.load import shipped
from dplmaild.writing.phrases import LANGUAGES
from pictures.browser import Browser, chromium, program
from pictures.shown import board_pages
from pictures.test_pictures import LOOK, NARROW, SCHEMES, WIDE, brightness, has_ink, keep, one_colour

OPENED = "[...document.querySelectorAll('details')].map((each) => (each.open = true)).length"
LINKS = (
    """[...document.querySelectorAll("nav a, td a, p a, summary")].map((link) => link.getBoundingClientRect().height)"""
)
CHOICE = ("day", "deployment", "ended")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every page in every language."""
    return board_pages(tmp_path_factory.mktemp("board"))


@pytest.fixture(scope="module")
def policy() -> str:
    """What every page is sent with."""
    return Pages(FileSystemLoader(shipped("templates"))).policy


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all pages."""
    path = program()
    if path is None:
        pytest.skip("there is no Chromium here: the board is not looked at (`make servers` as root installs it)")
    with chromium(path, tmp_path_factory.mktemp("chromium")) as one:
        yield one


def looked(browser: Browser, html: str, width: int, scheme: str) -> dict[str, object]:
    """What is wrong with a page, with all that can be opened open."""
    browser.show(html, width, scheme)
    browser.ask(OPENED)
    found = browser.ask(LOOK)
    return {"width": found["width"], "faint": found["faint"], "hidden": found["hidden"]}


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_there_and_can_be_read(
    browser: Browser, pages: dict[str, str], language: str, scheme: str, width: int
) -> None:
    good = {"width": width, "faint": [], "hidden": []}
    seen = {name: looked(browser, html, width, scheme) for name, html in pages.items() if name.startswith(language)}
    assert len(seen) == 6
    assert {name: found for name, found in seen.items() if found != good} == {}


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("name", CHOICE)
def test_pictures(browser: Browser, pages: dict[str, str], name: str, width: int) -> None:
    """Dark is dark and light is light over the whole picture, and no ink touches its edges."""
    taken = {}
    for scheme in SCHEMES:
        browser.show(pages[f"de/board-{name}"], width, scheme)
        taken[scheme] = browser.picture()
        keep(taken[scheme], f"de-board-{name}-{width}-{scheme}")
    assert brightness(taken["light"]) > 200
    assert brightness(taken["dark"]) < 60
    for picture in taken.values():
        assert picture.width == width
        assert has_ink(picture)
        assert one_colour(picture.crop((0, 0, 4, picture.height)))
        assert one_colour(picture.crop((width - 4, 0, width, picture.height)))


def test_what_is_tapped_is_a_thumb_high(browser: Browser, pages: dict[str, str]) -> None:
    for html in pages.values():
        browser.show(html, NARROW, "light")
        heights = browser.ask(LINKS)
        assert len(heights) >= 6
        assert min(heights) >= 34


def test_that_look_sees_what_is_wrong(browser: Browser, pages: dict[str, str]) -> None:
    """Each blemish put into a good page is found: the tests above can fail."""
    good = pages["en/board-day"]
    for was, now, where in (
        ("overflow-wrap: anywhere", "overflow-wrap: normal", "width"),
        ("--soft: #57606a", "--soft: #c7ccd1", "faint"),
        ("<p>", '<p style="visibility:hidden">', "hidden"),
    ):
        assert was in good
        found = looked(browser, good.replace(was, now), NARROW, "light")
        assert found["width"] != NARROW if where == "width" else found[where]
    assert looked(browser, good.replace("--ink: #e8e8e8", "--ink: #303030"), NARROW, "dark")["faint"]


def test_the_style_of_a_page_is_the_only_one_that_its_policy_lets_through(
    browser: Browser, pages: dict[str, str], policy: str
) -> None:
    """A browser reckons the hash itself; with one colour changed it leaves the style out."""
    paper = "getComputedStyle(document.body).backgroundColor"
    for html, colour in (
        (pages["en/board-day"], "rgb(244, 245, 247)"),
        (pages["en/board-day"].replace("#f4f5f7", "#ff0000"), "rgba(0, 0, 0, 0)"),
    ):
        browser.show(
            html.replace("<meta", f'<meta http-equiv="Content-Security-Policy" content="{policy}"><meta', 1),
            WIDE,
            "light",
        )
        assert browser.ask(paper) == colour


def test_no_page_asks_the_network_for_anything(browser: Browser, pages: dict[str, str]) -> None:
    before = len(browser.wanted)
    for html in pages.values():
        browser.show(html, NARROW, "light")
        browser.ask("1")
    assert browser.wanted[before:] == []
