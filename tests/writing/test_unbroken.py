"""Where a line must not end: inside a time, a zone or a rule's ID. The words stay as they are, and escaped."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from dplmaild.writing.unbroken import unbroken


def together(text: str) -> list[str]:
    """What stays on one line."""
    return [node.text() for node in LexborHTMLParser(unbroken(text)).css("span")]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param(
            "Tuesday 12 January 2027, 10:00-12:30 CET (UTC+01:00)", ["10:00-12:30 CET", "(UTC+01:00)"], id="a window"
        ),
        pytest.param("17:00 CET (UTC+01:00) = 16:00 WET", ["17:00 CET", "(UTC+01:00)", "= 16:00 WET"], id="two clocks"),
        pytest.param("23:00 UTC+14:00", ["23:00 UTC", "14:00"], id="a zone without a name"),
        pytest.param("(PRE-4) of DPL-2026-0042", ["PRE-4", "DPL-2026-0042"], id="a rule and a reference"),
        pytest.param("addon-x 3.2.11", [], id="a component"),
        pytest.param("A-1", [], id="too short for a code"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_what_stays_together(text: str, parts: list[str]) -> None:
    assert together(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        '<b>10:00-12:30</b> & "PRE-1"',
        "<script>PRE-1</script>",
        "10:00" * 50,
        "X" * 300 + "-" + "1" * 300,
        "&lt;PRE-1&gt;",
    ],
)
def test_the_words_stay_and_are_escaped(text: str) -> None:
    tree = LexborHTMLParser(f"<p>{unbroken(text)}</p>")
    paragraph = tree.css_first("p")
    assert paragraph is not None
    assert paragraph.text() == text
    assert {node.tag for node in paragraph.css("*")} <= {"p", "span"}


@pytest.mark.parametrize("text", ["A" * 400, "DPL-2026-" + "1" * 200, "1:" * 300])
def test_a_long_word_can_still_be_broken(text: str) -> None:
    """At 320 pixels nothing that a mail says may reach over the edge."""
    assert max(map(len, together(text)), default=0) <= 24
