"""How a reading is scored, and what the corpus has to be."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from dplmaild.deployment.said import Automatic, Intent, Kind, Meaning, Question
from dplmaild.deployment.terms import (
    PRD,
    UAT,
    Deployment,
    DeploymentType,
    Field,
    MomentStatus,
    Options,
    Version,
    WrittenMoment,
)
from dplmaild.reading.evaluation import (
    CORE,
    ExpectationError,
    Score,
    case_of,
    layout_of,
    program_of,
    scored,
)
from dplmaild.reading.mime import read_message
from dplmaild.reading.visible import visible
from reading.upper.corpus import cases

TEN = datetime(2026, 12, 15, 9, 0, tzinfo=UTC)
EXACT = WrittenMoment("Tuesday at ten", MomentStatus.EXACT, utc=TEN)
VAGUE = WrittenMoment("Tuesday", MomentStatus.RANGE)
SAID = Deployment(type=DeploymentType.CODE, environment=PRD, target_version=Version("11.0.2"), when=EXACT)
WANTED: dict[str, Any] = {
    "kind": "schedule_request",
    "deployments": [
        {
            "type": "code",
            "environment": "PRD",
            "target_version": "11.0.2",
            "when": {"status": "exact", "utc": "2026-12-15T09:00:00+00:00"},
        }
    ],
}


def meaning(*deployments: Deployment, kind: Kind = Kind.SCHEDULE_REQUEST, asks: tuple[Field, ...] = ()) -> Meaning:
    return Meaning(kind, deployments=deployments, questions=tuple(Question(field, "conflict") for field in asks))


def scores(read: Meaning, expected: dict[str, Any] = WANTED) -> dict[str, Score]:
    """What is not exact."""
    return {value.field: value.score for value in scored(read, expected) if value.score is not Score.EXACT}


OTHER_VERSION = replace(SAID, target_version=Version("11.0.1"))


@pytest.mark.parametrize(
    ("read", "not_exact"),
    [
        pytest.param(meaning(SAID), {}, id="as expected"),
        pytest.param(meaning(OTHER_VERSION), {"target_version": Score.WRONG}, id="another version"),
        pytest.param(
            meaning(OTHER_VERSION, asks=(Field.TARGET_VERSION,)),
            {"target_version": Score.ASKED},
            id="another version, and asked about",
        ),
        pytest.param(
            meaning(replace(SAID, target_version=None)), {"target_version": Score.MISSED}, id="a version not seen"
        ),
        pytest.param(
            meaning(replace(SAID, current_version=Version("11.0.1"))),
            {"current_version": Score.WRONG},
            id="a value from nowhere",
        ),
        pytest.param(meaning(replace(SAID, when=VAGUE)), {"when": Score.ASKED}, id="a date that is asked back"),
        pytest.param(
            meaning(replace(SAID, when=replace(EXACT, utc=TEN.replace(hour=10)))),
            {"when": Score.WRONG},
            id="an hour off",
        ),
        pytest.param(
            meaning(SAID, Deployment(environment=UAT)), {"environment": Score.WRONG}, id="a deployment from nowhere"
        ),
        pytest.param(
            meaning(replace(SAID, options=Options(db_migrate=True))),
            {"options": Score.WRONG},
            id="a switch from nowhere",
        ),
        pytest.param(
            meaning(OTHER_VERSION, kind=Kind.UNSURE),
            {"kind": Score.ASKED, "target_version": Score.ASKED},
            id="put before OPS",
        ),
        pytest.param(
            meaning(kind=Kind.UNRELATED),
            {
                "kind": Score.MISSED,
                "type": Score.MISSED,
                "environment": Score.MISSED,
                "target_version": Score.MISSED,
                "when": Score.MISSED,
            },
            id="left alone",
        ),
        pytest.param(meaning(SAID, kind=Kind.INSTRUCTIONS), {"kind": Score.WRONG}, id="acted on as something else"),
        pytest.param(
            replace(meaning(SAID), kind=Kind.AUTO_REPLY, automatic=Automatic.LIST),
            {"kind": Score.WRONG},
            id="a human's mail taken for a machine's",
        ),
    ],
)
def test_scores(read: Meaning, not_exact: dict[str, Score]) -> None:
    assert scores(read) == not_exact


def test_a_mail_that_is_not_ours_and_acted_on_is_wrong() -> None:
    assert scores(meaning(SAID), {"kind": "unrelated"}) == {"kind": Score.WRONG}


def test_a_wrong_wish_of_a_reply_is_wrong() -> None:
    read = replace(meaning(kind=Kind.REPLY), intent=Intent.WITHDRAWAL)
    assert scores(read, {"kind": "reply", "intent": "accept_slot"}) == {"intent": Score.WRONG}


def test_a_part_of_the_options_is_missed_and_another_one_wrong() -> None:
    expected = {"kind": "instructions", "deployments": [{"options": {"DBMigrate": True, "DeployAppTier": True}}]}
    part, other = Options(db_migrate=True), Options(db_migrate=False, deploy_app_tier=True)
    assert scores(meaning(Deployment(options=part), kind=Kind.INSTRUCTIONS), expected) == {"options": Score.MISSED}
    assert scores(meaning(Deployment(options=other), kind=Kind.INSTRUCTIONS), expected) == {"options": Score.WRONG}


@pytest.mark.parametrize(
    "expectation",
    [
        pytest.param("{", id="no JSON"),
        pytest.param("[]", id="a list"),
        pytest.param("{}", id="no kind"),
        pytest.param('{"kind": "reply", "hints": {"colour": "red"}}', id="a hint that does not exist"),
        pytest.param('{"kind": "reply", "hints": {"received": "yesterday"}}', id="no moment"),
    ],
)
def test_an_expectation_that_cannot_be_used_names_its_mail(expectation: str) -> None:
    with pytest.raises(ExpectationError, match="mail-7"):
        case_of("mail-7", b"", expectation, {})


def test_the_corpus_is_large_and_mixed_and_read_right() -> None:
    layouts, programs, languages, found = set(), set(), set(), Counter[Score]()
    mails = list(cases())
    for case in mails:
        message, read = read_message(case.raw), case.read()
        layouts.add(case.expected.get("layout") or layout_of(message, visible(message)))
        programs.add(case.expected.get("program") or program_of(message))
        languages.add(case.expected.get("language"))
        found.update(value.score for value in scored(read, case.expected) if value.field in CORE)
    assert len(mails) >= 300
    assert languages >= {"en", "de", "es", "ca"}
    assert len(layouts) >= 12
    assert len(programs - {"plain text", "other HTML"}) >= 8
    assert found[Score.EXACT] >= 0.98 * found.total()
    assert found[Score.WRONG] == 0
