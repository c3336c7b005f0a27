"""Mail text is data: whatever it holds, it comes out as one harmless line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dplmaild.reading.visible import FORM_MARK
from dplmaild.writing.clean import one_line, paragraphs


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        pytest.param("a\r\nBcc: b@example.com", "a Bcc: b@example.com", id="line ends become blanks"),
        pytest.param("abc\u202egpj.exe", "abcgpj.exe", id="direction marks are dropped"),
        pytest.param("a\u2028b\u2029c\x85d", "a b c d", id="rare line ends too"),
        pytest.param("pass\u200bword\ufeff", "password", id="invisible characters"),
        pytest.param("a\x00b\x1b[31m", "a b [31m", id="control characters"),
        pytest.param("\ud83d!", "!", id="half a character"),
        pytest.param("  much \t space ", "much space", id="white space is folded"),
        pytest.param("ñandú – 日本 🚀", "ñandú – 日本 🚀", id="other scripts stay"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_one_line(written: str, shown: str) -> None:
    assert one_line(written) == shown


def test_a_long_text_is_cut_and_says_so() -> None:
    shown = one_line("x" * 10_000, 100)
    assert len(shown) == 100
    assert shown.endswith("…")


def test_a_text_at_the_limit_is_whole() -> None:
    assert one_line("x" * 100, 100) == "x" * 100


@pytest.mark.parametrize("mark", [FORM_MARK, "-----Original Message-----", "________________"])
def test_a_value_cannot_pose_as_a_form_or_as_history(mark: str) -> None:
    assert "----" not in one_line(mark)
    assert "____" not in one_line(mark)


def test_free_words_keep_their_lines_up_to_a_limit() -> None:
    assert paragraphs("one\n\n two \r\nthree") == ("one", "two", "three")
    assert paragraphs("line\n" * 50)[-1] == "…"
    assert len(paragraphs("line\n" * 50)) == 13


@given(st.text(max_size=3000))
def test_any_text_becomes_one_short_printable_line(written: str) -> None:
    shown = one_line(written, 200)
    assert len(shown) <= 200
    assert shown.isprintable()
    assert one_line(shown, 200) == shown
