"""Instructions with something that is not clear: the clear part is kept, one answer settles the rest."""

import pytest

from desk.build import INSTRUCTIONS, Running
from desk.edges.talk import Talk, kinds
from dplmaild.deployment.terms import Field, State


@pytest.mark.parametrize(
    ("wrong", "answer"),
    [
        pytest.param(INSTRUCTIONS + "Target version: 11.0.3\n", "Target version: 11.0.3", id="two values"),
        pytest.param(
            INSTRUCTIONS.replace("DBMigrate: no", "DBMigrate: yes\nCartridges: app_sf_blue"),
            "DBMigrate: no",
            id="a migration that a code deployment cannot have",
        ),
        pytest.param(INSTRUCTIONS.replace("11.0.2", "10.9.0"), "Target version: 11.0.2", id="a lower version"),
        pytest.param(INSTRUCTIONS.replace("Type: code", "Type: full"), "Type: code", id="another type than agreed"),
        pytest.param(
            INSTRUCTIONS.replace("for the deployment", "for the deployment on 16 December 2026, 10:00"),
            "Date: Tuesday, 15 December 2026, 10:00",
            id="another date than agreed",
        ),
        pytest.param(INSTRUCTIONS + "Environment: UAT\n", "Environment: PRD", id="another environment"),
    ],
)
def test_one_answer_settles_what_was_not_clear(running: Running, wrong: str, answer: str) -> None:
    talk = Talk(running)
    talk.opens()
    assert kinds(talk.says(wrong)) == ["instructions_incomplete"]
    assert running.case().state is State.SCHEDULED
    assert kinds(talk.says(answer)) == ["binding"]
    assert running.case().deployment.options.cartridges == ()


@pytest.mark.parametrize(
    "otherwise",
    [
        pytest.param("Those were for another deployment.", id="they were for another one"),
        pytest.param("Release notes: see the wiki", id="another field"),
        pytest.param("Type: full", id="the same again"),
    ],
)
def test_what_may_be_for_another_deployment_is_not_taken_for_this_one(running: Running, otherwise: str) -> None:
    talk = Talk(running)
    talk.opens()
    talk.says(INSTRUCTIONS.replace("Type: code", "Type: full"))
    talk.says(otherwise)
    assert running.case().state is State.SCHEDULED
    assert running.case().deployment.target_version is None


def test_what_waits_is_older_than_whatever_is_said_since(running: Running) -> None:
    talk = Talk(running)
    talk.opens()
    talk.says(INSTRUCTIONS.replace("Type: code", "Type: full"))
    talk.says("Target version: 11.0.4")
    talk.says("Type: code")
    assert str(running.case().deployment.target_version) == "11.0.4"
    assert running.case().state is State.SCHEDULED


@pytest.mark.parametrize("words", ["Target version: 10.9.0", "Environment: UAT", "Type: full"])
def test_an_unclear_correction_leaves_what_is_binding(running: Running, words: str) -> None:
    talk = Talk(running)
    talk.opens()
    talk.says(INSTRUCTIONS)
    bound = running.case().deployment
    assert kinds(talk.says(words)) == ["instructions_incomplete"]
    assert (running.case().state, running.case().deployment) == (State.INSTRUCTED, bound)
    assert Field.RELEASE_NOTES not in running.letters()[-1].facts.missing
