"""The object that `explain` prints: every key of docs/explain.md with its type, and the live path's verdict."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from desk.build import ANN, INSTRUCTIONS, NOW, REQUEST, Mail, Running, considered, settings_in, stamp
from dplmaild.deployment.owed import Letter
from dplmaild.deployment.process import Verdict
from dplmaild.deployment.said import Automatic, Intent, Kind
from dplmaild.deployment.terms import Severity, Trust
from dplmaild.desk import Desk, Posted
from dplmaild.desk.consider import judged_apart
from dplmaild.desk.explained import VERSION, Voice, explained
from dplmaild.desk.view import NothingOnRecord, RecordView
from dplmaild.store.cases import Cases

CORPUS = sorted((Path(__file__).parents[1] / "corpus").glob("*.eml"))
PAGE = Path(__file__).parents[2] / "docs" / "explain.md"
HOTFIX = REQUEST.replace("Type: code", "Type: hotfix") + INSTRUCTIONS.partition("\n\n")[2]
MAILS = {
    "a request": Mail(REQUEST),
    "a Friday": Mail(REQUEST.replace("Tuesday, 15", "Friday, 18")),
    "half a request": Mail("Please deploy ICM.\n\nType: code\nTarget version: 11.0.2\n"),
    "instructions": Mail(INSTRUCTIONS),
    "both in one": Mail(HOTFIX),
    "a stranger": Mail(REQUEST, sender="x@else.example.net"),
    "a newsletter": Mail("Summer offers."),
    "a machine": Mail(REQUEST, headers={"Auto-Submitted": "auto-replied"}),
    "a reply": Mail("2", subject="Re: x [DPL-2026-0001]"),
    "nothing": Mail(""),
}

TEXT, FLAG, WHOLE, NUMBER, LIST = str, bool, int, (int, float), list
OPTIONAL_TEXT = (str, type(None))
MOMENT = "moment"
Shape = dict[str, Any]
WINDOW: Shape = {"start": MOMENT, "end": MOMENT}
FINDING: Shape = {
    "rule": TEXT,
    "ruling": TEXT,
    "applies": FLAG,
    "passed": (bool, type(None)),
    "severity": TEXT,
    "facts": dict,
    "words": TEXT,
}
QUESTION: Shape = {"field": TEXT, "reason": TEXT, "quotes": [TEXT]}
DEPLOYMENT: Shape = {
    "product": OPTIONAL_TEXT,
    "effective_product": OPTIONAL_TEXT,
    "environment": OPTIONAL_TEXT,
    "effective_environment": OPTIONAL_TEXT,
    "type": OPTIONAL_TEXT,
    "effective_type": OPTIONAL_TEXT,
    "when": (dict, type(None)),
    "duration_minutes": (int, float, type(None)),
    "test_window_minutes": (int, float, type(None)),
    "current_version": OPTIONAL_TEXT,
    "target_version": OPTIONAL_TEXT,
    "options": dict,
    "release_notes": OPTIONAL_TEXT,
    "description": OPTIONAL_TEXT,
    "special_activities": OPTIONAL_TEXT,
    "components": [{"name": TEXT, "version": OPTIONAL_TEXT}],
    "tickets": [TEXT],
    "restarts": OPTIONAL_TEXT,
    "validated": OPTIONAL_TEXT,
    "rollback": OPTIONAL_TEXT,
    "artifact": OPTIONAL_TEXT,
    "attendants": [TEXT],
    "tested_on": [TEXT],
    "own": dict,
    "window": (dict, type(None)),
    "found": [
        {
            "field": TEXT,
            "text": TEXT,
            "part": TEXT,
            "line": (int, type(None)),
            "cell": OPTIONAL_TEXT,
            "label": TEXT,
            "sure": NUMBER,
        }
    ],
}
JUDGED: Shape = {
    "decision": TEXT,
    "why": TEXT,
    "missing": [TEXT],
    "ask_back": [QUESTION],
    "findings": [FINDING],
    "slots": [WINDOW],
    "uat_step": (dict, type(None)),
    "syn_step": (dict, type(None)),
    "earliest": (dict, type(None)),
    "instruction_deadline": OPTIONAL_TEXT,
}
WHOLE_ANSWER: Shape = {
    "version": WHOLE,
    "kind": TEXT,
    "intent": OPTIONAL_TEXT,
    "automatic": FLAG,
    "automatic_kind": OPTIONAL_TEXT,
    "sender": {"address": TEXT, "name": TEXT, "customer": OPTIONAL_TEXT, "role": OPTIONAL_TEXT, "trust": TEXT},
    "new_text": TEXT,
    "forwarded_from": OPTIONAL_TEXT,
    "refers_to": OPTIONAL_TEXT,
    "source": TEXT,
    "language": TEXT,
    "something_hidden": FLAG,
    "commands": [TEXT],
    "deployments": LIST,
    "mailing_list": [TEXT],
    "missing": [TEXT],
    "ask_back": [QUESTION],
    "findings": [FINDING],
    "decision": TEXT,
    "why": TEXT,
    "slots": [WINDOW],
    "instruction_deadline": OPTIONAL_TEXT,
    "letters": [{"kind": TEXT, "to": [TEXT], "cc": [TEXT], "subject": TEXT, "text": TEXT}],
    "covered": [{"ticket": TEXT, "kind": TEXT}],
    "holidays": TEXT,
    "mail": {"path": TEXT, "message_id": OPTIONAL_TEXT, "received": MOMENT},
}


def worded(letter: Letter) -> tuple[str, str]:
    """A letter in as many words as this page needs."""
    return letter.title, letter.kind.value


VOICE = Voice(worded, lambda finding: f"{finding.rule} in words")


def answer_to(desk: Desk, mail: Mail) -> dict[str, Any]:
    """The explained answer, through JSON and back as its readers get it."""
    printed = json.dumps(explained(considered(desk, mail), "mail.eml", VOICE))
    loaded: dict[str, Any] = json.loads(printed)
    return loaded


def wrong(value: Any, shape: Any, where: str = "") -> Iterator[str]:
    """Every place at which a value has not the shape it should have."""
    if shape == MOMENT:
        if not isinstance(value, str) or datetime.fromisoformat(value).utcoffset() is None:
            yield f"{where}: {value!r} is no moment with its offset"
    elif isinstance(shape, dict):
        yield from (f"{where}: {key} is missing or too much" for key in set(shape) ^ set(value))
        for key in set(shape) & set(value):
            yield from wrong(value[key], shape[key], f"{where}.{key}")
    elif isinstance(shape, list):
        for number, part in enumerate(value):
            yield from wrong(part, shape[0], f"{where}[{number}]")
    elif not isinstance(value, shape) or (isinstance(value, bool) and shape in (int, NUMBER)):
        yield f"{where}: {value!r} is no {shape}"


@pytest.mark.parametrize("mail", [pytest.param(mail, id=name) for name, mail in MAILS.items()])
def test_every_key_is_there_with_its_type(desk: Desk, mail: Mail) -> None:
    answer = answer_to(desk, mail)
    assert list(wrong(answer, WHOLE_ANSWER)) == []
    for deployment in answer["deployments"]:
        judged = JUDGED if "decision" in deployment else {}
        assert list(wrong(deployment, DEPLOYMENT | judged)) == []


@pytest.mark.parametrize("mail", [pytest.param(mail, id=name) for name, mail in MAILS.items()])
def test_words_of_closed_sets_are_of_their_set(desk: Desk, mail: Mail) -> None:
    answer = answer_to(desk, mail)
    assert answer["version"] == VERSION
    assert answer["kind"] in set(Kind)
    assert answer["intent"] is None or answer["intent"] in set(Intent)
    assert answer["automatic_kind"] is None or answer["automatic_kind"] in set(Automatic)
    assert answer["decision"] in set(Verdict)
    assert answer["sender"]["trust"] in set(Trust)
    assert {f["severity"] for f in answer["findings"]} <= set(Severity)
    assert answer["automatic"] is (answer["kind"] == "auto_reply")


def test_every_rule_of_the_profile_is_named_once(desk: Desk) -> None:
    rules = [f["rule"] for f in answer_to(desk, Mail(REQUEST))["findings"]]
    assert sorted(rules) == sorted(desk.settings.profiles["caas"].rules)


def test_a_confirmed_request_in_full(desk: Desk) -> None:
    answer = answer_to(desk, Mail(REQUEST))
    (deployment,) = answer["deployments"]
    assert (answer["kind"], answer["decision"], answer["missing"]) == ("schedule_request", "confirm", [])
    assert deployment["when"]["utc"] == "2026-12-15T09:00:00+00:00"
    assert (deployment["type"], deployment["effective_environment"]) == ("code", "PRD")
    assert answer["instruction_deadline"] == "2026-12-14T17:00:00+01:00"
    assert answer["sender"] | {"name": ""} == {
        "address": ANN,
        "name": "",
        "customer": "acme",
        "role": "release_manager",
        "trust": "ok",
    }
    assert [letter["to"] for letter in answer["letters"]] == [[ANN]]


def test_a_mail_with_two_deployments_has_the_strictest_on_top(desk: Desk) -> None:
    block = "Type: code\nProduct: {}\nDesired date and time: {}, 10:00 CET\nExpected special activities: none\n\n"
    text = "Please deploy both.\n\n" + block.format("ICM", "Tuesday, 15 December 2026")
    answer = answer_to(desk, Mail(text + block.format("PWA", "Friday, 18 December 2026")))
    assert [d["decision"] for d in answer["deployments"]] == ["confirm", "other_slot"]
    assert answer["decision"] == "other_slot"
    assert answer["slots"] == answer["deployments"][1]["slots"]
    assert len(answer["slots"]) == 3


def test_the_page_names_every_key() -> None:
    page = PAGE.read_text("utf-8")
    named = set(re.findall(r"`([A-Za-z_]+)`", page))
    keys = {*WHOLE_ANSWER, *DEPLOYMENT, *JUDGED, *FINDING, *QUESTION, *WINDOW, *WHOLE_ANSWER["sender"]}
    keys |= {"text", "local", "zone_text", "zone", "utc", "status", "reason", "candidates"}
    keys |= {"DeployAppTier", "DeployWebTier", "InvalidatePageCache", "DBMigrate", "cartridges"}
    assert keys - named == set()
    assert {*Verdict, *Kind, *Intent, *Automatic, *Trust, *Severity} - named == set()
    assert f"version {VERSION}" in page


@pytest.fixture(scope="module")
def corpus_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One record for the whole corpus: nothing is entered into it."""
    folder = tmp_path_factory.mktemp("corpus")
    one = Running(settings_in(folder), folder)
    yield one
    one.database.close()


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in CORPUS])
def test_explain_and_the_live_path_agree(corpus_desk: Running, path: Path) -> None:
    raw = b"Authentication-Results: " + stamp(ANN).encode() + b"\r\n" + path.read_bytes()
    posted = Posted(raw, NOW)
    alone = corpus_desk.desk.consider(posted, NothingOnRecord(), NOW)
    with corpus_desk.database.writing() as connection:
        live = corpus_desk.desk.consider(posted, RecordView(Cases(connection)), NOW)
    if not judged_apart(alone.hearing):
        assert (alone.verdict, alone.why) == (live.verdict, live.why)
    assert alone.hearing.meaning == live.hearing.meaning
    assert list(wrong(json.loads(json.dumps(explained(alone, "x", VOICE))), WHOLE_ANSWER)) == []
