"""Every mail of the corpus is read as a careful colleague reads it."""

import pytest

from reading.upper.corpus import Case, cases, shown, wanted


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in cases()])
def test_mail_is_read_as_expected(case: Case) -> None:
    assert shown(case.read(), case.expected) == wanted(case.expected)


def test_every_mail_has_its_expectation_and_is_known_by_what_it_says() -> None:
    assert all(case.expected["says"] and case.expected["kind"] for case in cases())
