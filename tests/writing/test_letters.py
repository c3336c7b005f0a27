"""Every letter in every language: says the same as text and HTML, state and slot first, nothing from outside."""

import re
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from dplmaild.deployment.owed import Change, LetterKind
from dplmaild.deployment.said import Question
from dplmaild.deployment.terms import Deployment, Field
from dplmaild.writing.gallery import gallery
from dplmaild.writing.letters import FOR_OPS
from dplmaild.writing.phrases import LANGUAGES
from dplmaild.writing.samples import sample_letter
from writing.build import LETTERS, OF_NO_DEPLOYMENT, SLOT, at, facts, letter, text_of, window

ALL = [(name, written.text, written.html) for name, _, written in gallery(LETTERS)]
IDS = [name for name, _, _ in ALL]
REASONS = (
    "conflict",
    "ambiguous",
    "nonexistent",
    "range",
    "weekday_contradicts",
    "zone_contradicts",
    "asap",
    "recurring",
    "unreadable",
    "not_a_version",
    "answer_unclear",
)
SLOT_SHOWN = "Tuesday 12 January 2027, 10:00-12:30 CET (UTC+01:00)"


def shown(html: str) -> list[str]:
    """The words a reader of the HTML sees."""
    tree = LexborHTMLParser(html)
    tree.strip_tags(["style", "head"])
    return (tree.body.text(separator=" ") if tree.body else "").replace("\xa0", " ").split()


def bare(text: str) -> list[str]:
    """The words of a text part, without the marks of its lists."""
    return [word for line in text.splitlines() for word in re.sub(r"^- ", "", line).split()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_is_in_the_gallery(language: str) -> None:
    assert {f"{language}/{kind.value}" for kind in LetterKind} <= set(IDS)


@pytest.mark.parametrize(("name", "text", "html"), ALL, ids=IDS)
def test_text_and_html_say_the_same(name: str, text: str, html: str) -> None:
    assert "".join(shown(html)) == "".join(bare(text))


@pytest.mark.parametrize(("name", "text", "html"), ALL, ids=IDS)
def test_html_takes_nothing_from_outside(name: str, text: str, html: str) -> None:
    tree = LexborHTMLParser(html)
    assert not tree.css("img, link, script, iframe, object, form, input, svg")
    assert all((a.attributes["href"] or "").startswith("mailto:desk@example.com?") for a in tree.css("a"))
    assert not re.search(r"url\(|@import|https?://[^<]*[\"']", html)


@pytest.mark.parametrize(("name", "text", "html"), ALL, ids=IDS)
def test_the_first_line_stands_alone_and_begins_with_the_state(name: str, text: str, html: str) -> None:
    first, second = text.splitlines()[:2]
    state, colon, rest = first.partition(": ")
    assert state == state.upper()
    assert colon
    assert rest
    assert second == ""


@pytest.mark.parametrize("kind", [k for k in LetterKind if k not in OF_NO_DEPLOYMENT])
def test_the_first_line_names_environment_and_slot(kind: LetterKind) -> None:
    first = LETTERS.render(sample_letter(kind, "en")).text.splitlines()[0]
    place = "DEV" if kind is LetterKind.NO_PROCEDURE else "PRD"
    assert f": {place}, " in first
    assert SLOT_SHOWN in first


@pytest.mark.parametrize(
    ("kind", "said", "first"),
    [
        pytest.param(LetterKind.CONFIRMED, {}, f"CONFIRMED: PRD, {SLOT_SHOWN}", id="confirmed"),
        pytest.param(
            LetterKind.CONFIRMED_AND_BINDING, {}, f"CONFIRMED AND BINDING: PRD, {SLOT_SHOWN}", id="two at once"
        ),
        pytest.param(
            LetterKind.OFFERED,
            {"slots": (window("2027-01-13 10:00"),), "wanted": SLOT, "slot": None},
            f"ANOTHER SLOT OFFERED: PRD, instead of {SLOT_SHOWN}",
            id="one offered instead of what was asked",
        ),
        pytest.param(
            LetterKind.OFFERED,
            {"slots": (window("2027-01-13 10:00"), window("2027-01-14 10:00")), "wanted": SLOT, "slot": None},
            f"OTHER SLOTS OFFERED: PRD, instead of {SLOT_SHOWN}",
            id="several offered instead of what was asked",
        ),
        pytest.param(
            LetterKind.OFFERED,
            {"slots": (window("2027-01-13 10:00"), window("2027-01-14 10:00")), "slot": None},
            "SLOTS OFFERED: PRD",
            id="no date was asked for",
        ),
        pytest.param(
            LetterKind.OFFERED,
            {"wanted": SLOT, "slot": None},
            f"NO FREE SLOT: PRD, instead of {SLOT_SHOWN}",
            id="nothing to offer",
        ),
        pytest.param(LetterKind.ASKED, {"slot": None}, "MORE DETAILS NEEDED: PRD", id="no date yet"),
        pytest.param(
            LetterKind.ASKED,
            {"slot": None, "deployment": Deployment()},
            "MORE DETAILS NEEDED: DPL-2026-0042",
            id="neither place nor date yet",
        ),
        pytest.param(
            LetterKind.CHANGED, {"was_slot": window("2027-01-05 10:00")}, f"CHANGED: PRD, {SLOT_SHOWN}", id="moved"
        ),
        pytest.param(
            LetterKind.DECLINED,
            {"slot": None, "wanted": SLOT},
            f"DECLINED: PRD, asked for {SLOT_SHOWN}",
            id="declined",
        ),
    ],
)
def test_first_lines(kind: LetterKind, said: dict[str, Any], first: str) -> None:
    assert text_of(kind, **said).splitlines()[0] == first


def test_no_letter_shows_a_bare_date() -> None:
    assert not [name for name, text, _ in ALL if re.search(r"\b\d{1,2}/\d{1,2}\b|\b\d{1,2}\.\d{1,2}\.\d{4}", text)]


def test_at_most_three_numbered_slots() -> None:
    offered = tuple(window(f"2027-01-{day} 10:00") for day in (13, 14, 18, 19))
    lines = text_of(LetterKind.OFFERED, slots=offered, slots_until=at("2027-01-11 12:00")).splitlines()
    numbered = [line for line in lines if re.match(r"\d\. ", line)]
    assert [line[:3] for line in numbered] == ["1. ", "2. ", "3. "]
    assert "Monday 18 January 2027, 10:00-12:30" in numbered[2]


def test_a_slot_opens_a_prepared_reply_with_its_number() -> None:
    html = LETTERS.render(
        letter(LetterKind.OFFERED, title="Deploy & more", slots=(SLOT, window("2027-01-13 10:00")))
    ).html
    links = [a.attributes["href"] for a in LexborHTMLParser(html).css("a")]
    assert links == [
        f"mailto:desk@example.com?subject=Re%3A%20Deploy%20%26%20more%20%5BDPL-2026-0042%5D&body={n}" for n in (1, 2)
    ]


def test_the_order_is_reasons_slots_silence_form() -> None:
    said = facts(slots=(SLOT,), slots_until=at("2027-01-11 12:00"), arrived=at("2027-01-04 09:00"))
    text = LETTERS.render(
        letter(LetterKind.OFFERED, slots=said.slots, slots_until=said.slots_until, arrived=said.arrived)
    ).text
    places = [
        text.index(words) for words in ("Received Monday 4 January", "1. Tuesday", "held for you until Monday 11")
    ]
    assert places == sorted(places)
    asked = text_of(LetterKind.ASKED, missing=(Field.TYPE,))
    assert asked.index("nothing is deployed") < asked.index("Type of deployment:\n")


@pytest.mark.parametrize(
    ("cancels", "there", "absent"),
    [
        pytest.param(True, "the deployment is cancelled", "nothing is cancelled", id="caas cancels"),
        pytest.param(False, "nothing is cancelled by itself", "the deployment is cancelled", id="prod only reminds"),
    ],
)
@pytest.mark.parametrize("kind", [LetterKind.CONFIRMED, LetterKind.REMINDER, LetterKind.INSTRUCTIONS_INCOMPLETE])
def test_what_the_deadline_does_is_said_truly(kind: LetterKind, cancels: bool, there: str, absent: str) -> None:
    text = text_of(kind, deadline=at("2027-01-11 17:00"), cancels=cancels)
    assert there in text
    assert absent not in text
    assert "Monday 11 January 2027, 17:00 CET" in text


def test_a_type_that_was_corrected_is_said_once() -> None:
    text = text_of(LetterKind.CONFIRMED, requested_type="full")
    assert "You wrote full; for ICM it is code" in text
    assert text.count("TYPE-1") == 1


def test_a_correction_is_a_diff() -> None:
    text = text_of(
        LetterKind.CHANGED,
        changes=(Change(Field.TARGET_VERSION, "11.0.2", "11.0.3"), Change(Field.CARTRIDGES, "", "app")),
    )
    assert "Target version: was 11.0.2, is now 11.0.3." in text
    assert "Cartridges: was not stated, is now app." in text


@pytest.mark.parametrize("kind", sorted(FOR_OPS))
def test_ops_reads_english(kind: LetterKind) -> None:
    assert LETTERS.render(sample_letter(kind, "es")).text == LETTERS.render(sample_letter(kind, "en")).text


def test_a_language_that_is_not_offered_falls_back_to_english() -> None:
    assert LETTERS.render(letter(language="fr")).text == LETTERS.render(letter(language="en")).text


def test_both_quotes_of_a_contradiction_are_shown() -> None:
    text = text_of(LetterKind.ASKED, questions=(Question(Field.TARGET_VERSION, "conflict", ("11.0.2", "11.0.3")),))
    assert "“11.0.2” and “11.0.3”" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", [*REASONS, "TYPE-2", "something new"])
@pytest.mark.parametrize("quotes", [(), ("3/4",)], ids=["without a quote", "with one"])
def test_every_question_names_its_field_and_quotes_what_there_is(
    language: str, reason: str, quotes: tuple[str, ...]
) -> None:
    label = LETTERS.phrases(language).source("labels.when")
    asked = letter(LetterKind.ASKED, language, questions=(Question(Field.WHEN, reason, quotes),))
    line = next(line for line in LETTERS.render(asked).text.splitlines() if line.startswith(f"- {label}: "))
    assert ("3/4" in line) == (bool(quotes) and reason not in {"asap", "TYPE-2"})
    assert not re.search("“”|«»|„“", line)
