"""Work grows no faster than the mail: rows looked at are counted, patterns are inspected, nothing is timed."""

import re
import re._constants as sre  # type: ignore[import-not-found,unused-ignore]
import re._parser as sre_parse  # type: ignore[import-not-found,unused-ignore]
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from dplmaild.reading.automatic import absence, bounce, calendar
from dplmaild.reading.automatic import phrases as automatic_phrases
from dplmaild.reading.mime import addresses, body, charsets, flowed, headers, parts, sent, transfer
from dplmaild.reading.mime import read as mime_read
from dplmaild.reading.visible import (
    answers,
    attribution,
    heads,
    markup,
    people,
    rows,
    separator,
    shape,
    signature,
    subjects,
)
from dplmaild.reading.visible import read as visible_read
from dplmaild.reading.visible.cut import cut
from dplmaild.reading.visible.rows import Row, rows_of_text
from dplmaild.reading.visible.signature import parted

MODULES = (
    *(addresses, body, charsets, flowed, headers, parts, sent, transfer, mime_read),
    *(answers, attribution, heads, markup, people, rows, separator, shape, signature, subjects, visible_read),
    *(absence, bounce, calendar, automatic_phrases),
)


class CountedRows(list[Row]):
    """Rows that count how often one is taken out."""

    taken = 0

    def __getitem__(self, at: Any) -> Any:
        found = super().__getitem__(at)
        self.taken += len(found) if isinstance(at, slice) else 1
        return found

    def __iter__(self) -> Iterator[Row]:
        self.taken += len(self)
        return super().__iter__()


def looked_at(line: str, times: int) -> int:
    counted = CountedRows(rows_of_text(f"{line}\n" * times, "body"))
    cut(counted, forwards=False)
    parted(counted, "Jane Doe")
    return counted.taken


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("", id="empty lines"),
        pytest.param("On", id="starts of attribution lines"),
        pytest.param("On 23/11/2026 10:00, a@example.com", id="attribution lines that never end"),
        pytest.param("On 23/11/2026 10:00, A wrote:\n> x", id="quote after quote"),
        pytest.param("From: a@example.com", id="header lines of one kind"),
        pytest.param("From: a@example.com\nTo: b@example.com,\n", id="header blocks without a subject"),
        pytest.param("To: b@example.com,", id="recipient lists"),
        pytest.param("________________\n\n", id="rulers"),
        pytest.param("----- Forwarded Message ----- From: a", id="separators with the head on their line"),
        pytest.param("On 23/11/2026\n\n<", id="attribution lines torn at an address"),
        pytest.param("2026/11/23 A <a@example.com>", id="attribution lines without a verb"),
        pytest.param("Thanks,", id="closings"),
        pytest.param("> x\ny", id="answer after answer"),
        pytest.param("--", id="signature marks"),
    ],
)
def test_twice_the_lines_are_twice_the_work(line: str) -> None:
    assert looked_at(line, 800) <= 2.1 * looked_at(line, 400) + 200  # quadratic work would be four times as much


def unbounded_inside_repeat(parsed: Any, *, repeated: bool = False) -> bool:
    """Whether an unbounded repeat stands inside another repeat, as patterns that blow up have."""
    for operation, argument in parsed:
        if operation in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            _, most, inner = argument
            if (repeated and most is sre.MAXREPEAT) or unbounded_inside_repeat(inner, repeated=repeated or most > 1):
                return True
        elif operation is sre.SUBPATTERN:
            if unbounded_inside_repeat(argument[3], repeated=repeated):
                return True
        elif operation is sre.BRANCH and any(unbounded_inside_repeat(one, repeated=repeated) for one in argument[1]):
            return True
    return False


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_no_pattern_repeats_a_repeat_without_end(module: ModuleType) -> None:
    patterns = {name: value for name, value in vars(module).items() if isinstance(value, re.Pattern)}
    bad = [
        name
        for name, value in patterns.items()
        if unbounded_inside_repeat(sre_parse.parse(value.pattern, value.flags & ~re.DEBUG))
    ]
    assert bad == []


def test_the_inspection_finds_a_pattern_that_blows_up() -> None:
    assert unbounded_inside_repeat(sre_parse.parse("(?:a+)+b"))
    assert not unbounded_inside_repeat(sre_parse.parse("(?:a{1,3}){1,5}b*"))
