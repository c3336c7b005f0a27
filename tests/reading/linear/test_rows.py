"""Work grows no faster than the mail: the rows looked at are counted."""

from collections.abc import Iterator
from typing import Any

import pytest

from dplmaild.reading.visible.cut import cut
from dplmaild.reading.visible.rows import Row, rows_of_text
from dplmaild.reading.visible.signature import parted


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
