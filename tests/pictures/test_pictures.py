"""Every letter in a real Chromium at 320 and 1024 pixels, light and dark (SEE-4); pictures of some go to var/pictures/.

Where there is no Chromium the tests say so and are skipped; `make servers` installs it where root is available.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from dplmaild.deployment.owed import LetterKind
from dplmaild.writing.gallery import gallery
from dplmaild.writing.letters import FOR_OPS
from dplmaild.writing.phrases import LANGUAGES
from pictures.browser import Browser, chromium, program
from writing.build import LETTERS, letter

LOOK = (Path(__file__).parent / "page.js").read_text("utf-8")
LINES = (Path(__file__).parent / "lines.js").read_text("utf-8")
ALBUM = Path(__file__).parents[2] / "var" / "pictures"
NARROW, WIDE = 320, 1024
SCHEMES = ("light", "dark")
# Of these pictures are taken: what most people get, the longest one, and what has links and a form.
CHOICE = ("asked", "offered", "confirmed-everything", "binding", "cancelled", "started-prod", "completed")
SHOWN = [(name, words.text, words.html) for name, one, words in gallery(LETTERS) if one.kind not in FOR_OPS]
SHOWN += [(name, words.text, words.html) for name, one, words in gallery(LETTERS, ["en"]) if one.kind in FOR_OPS]
ALL = [each for each in SHOWN if not each[0].endswith("-bare")]
HOSTILE = "x" * 300 + " https://example.net/" + "a/" * 200 + " " + "wide " * 80


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all letters."""
    path = program()
    if path is None:
        pytest.skip("there is no Chromium here: letters are not looked at (`make servers` as root installs it)")
    with chromium(path, tmp_path_factory.mktemp("chromium")) as one:
        yield one


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_phone_every_word_is_there_and_can_be_read(browser: Browser, language: str, scheme: str) -> None:
    """No line reaches over the edge, nothing is hidden or faint, and the words are those of the text part."""
    wrong = {}
    for name, text, html in ALL:
        if name.startswith(f"{language}/"):
            browser.show(html, NARROW, scheme)
            found = browser.ask(LOOK)
            good = found["width"] == NARROW and joined(found["words"]) == joined(plain(text))
            if not good or found["faint"] or found["hidden"]:
                wrong[name] = found
    assert wrong == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_on_a_desk_every_word_is_there_and_can_be_read(browser: Browser, scheme: str) -> None:
    wrong = {}
    for name, _, html in ALL:
        if name.partition("/")[2] in CHOICE:
            browser.show(html, WIDE, scheme)
            found = browser.ask(LOOK)
            if found["width"] != WIDE or found["faint"] or found["hidden"]:
                wrong[name] = found
    assert wrong == {}


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures(browser: Browser, language: str, width: int) -> None:
    """Dark is dark and light is light over the whole picture, and no ink touches its edges."""
    for name, _, html in ALL:
        if name.startswith(f"{language}/") and name.partition("/")[2] in CHOICE:
            taken = {}
            for scheme in SCHEMES:
                browser.show(html, width, scheme)
                taken[scheme] = browser.picture()
                keep(taken[scheme], f"{name.replace('/', '-')}-{width}-{scheme}")
            assert brightness(taken["light"]) > 200, name
            assert brightness(taken["dark"]) < 60, name
            for picture in taken.values():
                assert picture.width == width
                assert has_ink(picture)
                assert one_colour(picture.crop((0, 0, 4, picture.height))), name
                assert one_colour(picture.crop((width - 4, 0, width, picture.height))), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_tapped_is_a_thumb_high(browser: Browser, language: str) -> None:
    html = {name: html for name, _, html in ALL}
    for case, links in (("offered", 3), ("completed", 2), ("adopt", 1)):
        browser.show(html[f"{language}/{case}"], NARROW, "light")
        heights = browser.ask(LOOK)["links"]
        assert len(heights) == links
        assert min(heights) >= 34, case  # pixels; 12 of them are around the words


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_in_a_form_stays_on_one_line(browser: Browser, language: str) -> None:
    """What is filled in may begin on a line of its own; what fits on one is not broken."""
    html = next(html for name, _, html in ALL if name == f"{language}/adopt")
    browser.show(html, NARROW, "light")
    lines = browser.ask(LINES)
    for address in ("contact@example.org", "attendant@example.org", "release@example.org"):
        assert any(address in line for line in lines)


def test_what_a_mail_says_cannot_make_the_page_wider(browser: Browser) -> None:
    written = LETTERS.render(letter(LetterKind.DECLINED, text=HOSTILE, by="y" * 200, title="z" * 200))
    browser.show(written.html, NARROW, "dark")
    found = browser.ask(LOOK)
    assert (found["width"], found["hidden"], found["faint"]) == (NARROW, [], [])


def test_that_look_sees_what_is_wrong(browser: Browser) -> None:
    """Each blemish put into a good letter is found: the tests above can fail."""
    good = next(html for name, _, html in ALL if name == "en/confirmed")
    for was, now, where in (
        ("max-width:600px;", "max-width:600px;min-width:400px;", "width"),
        ("color:#1f2328;text-align", "color:#8a8f98;text-align", "faint"),
        ('<p style="margin', '<p style="visibility:hidden;margin', "hidden"),
        ('<p style="margin', '<p style="position:absolute;left:-99px;margin', "hidden"),
    ):
        assert was in good
        browser.show(good.replace(was, now, 1), NARROW, "light")
        found = browser.ask(LOOK)
        assert found["width"] > NARROW if where == "width" else found[where], now
    browser.show(good.replace("#1f2227 !important", "#f4f5f7 !important"), NARROW, "dark")
    assert browser.ask(LOOK)["faint"]


def test_no_letter_asks_the_network_for_anything(browser: Browser) -> None:
    for _, _, html in ALL:
        browser.show(html, NARROW, "light")
    assert browser.wanted == []
    browser.show('<img src="https://example.net/pixel.png">', NARROW, "light")
    browser.ask("1")
    assert browser.wanted == ["https://example.net/pixel.png"]


def joined(words: str) -> str:
    """Words without the spaces between them."""
    return "".join(words.split())


def plain(text: str) -> str:
    """A text part without the marks of its lists."""
    return "\n".join(line.removeprefix("- ") for line in text.splitlines())


def keep(picture: Image.Image, name: str) -> None:
    """Put a picture where people can look at it."""
    ALBUM.mkdir(parents=True, exist_ok=True)
    picture.save(ALBUM / f"{name}.png")


def brightness(picture: Image.Image) -> float:
    """The mean of all pixels, 0 black to 255 white."""
    return float(picture.convert("L").resize((1, 1), Image.Resampling.BOX).tobytes()[0])


def has_ink(picture: Image.Image) -> bool:
    """Whether there is writing: many pixels far from the paper's colour."""
    histogram = picture.convert("L").histogram()
    return min(sum(histogram[:128]), sum(histogram[128:])) > picture.width * picture.height / 100


def one_colour(strip: Image.Image) -> bool:
    """Whether nothing reaches into it."""
    return len(strip.getcolors() or []) == 1
