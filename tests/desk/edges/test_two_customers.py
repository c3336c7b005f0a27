"""Somebody of two customers in one mail: what is of one is never told or done by way of the other."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.build import ANN, REQUEST, Running, settings_in
from desk.edges.talk import FIRST, SECOND, Talk, kinds
from desk.edges.test_matching import states
from dplmaild.deployment.terms import State
from dplmaild.ports import Outcome
from dplmaild.settings import load

OF_BOTH = f'\n[[contacts]]\naddress = "{ANN}"\nrole = "release_manager"\n'


@pytest.fixture
def both(tmp_path: Path) -> Iterator[Running]:
    """Ann is a release manager of Acme and of the other shop."""
    settings_in(tmp_path)
    with (tmp_path / "customers" / "other.toml").open("a", encoding="utf-8") as file:
        file.write(OF_BOTH)
    one = Running(load(tmp_path / "dplmaild.toml"), tmp_path)
    yield one
    one.database.close()


def test_a_thread_of_one_and_a_subject_of_the_other_is_put_before_ops(both: Running) -> None:
    talk = Talk(both)
    talk.opens(f"For Acme.\n{REQUEST}")
    talk.opens(f"For the Other Shop.\n{REQUEST}".replace("15 December", "22 December"), subject="Other release")
    assert [both.case(reference).customer for reference in both.cases()] == ["acme", "other"]
    ours = both.our_letter(FIRST)
    headers = {"In-Reply-To": ours, "References": ours}
    answered = talk.opens("We withdraw this deployment.", ANN, f"Re: Other release [{SECOND}]", **headers)
    assert (answered.outcome, kinds(answered)) == (Outcome.TRIAGE, [])
    assert states(both) == [State.SCHEDULED, State.SCHEDULED]
