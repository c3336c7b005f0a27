"""SEE-3: the form to fill in is read back by our own reader, in every language and quoted in every way."""

from datetime import UTC, datetime

import pytest

from dplmaild.deployment.owed import LetterKind
from dplmaild.deployment.said import Question
from dplmaild.deployment.terms import (
    PRD,
    Component,
    Deployment,
    DeploymentType,
    Environment,
    Field,
    MomentStatus,
    Options,
    Product,
    Version,
    WrittenMoment,
)
from dplmaild.reading.fields import Clock, FieldsRead, read_fields
from dplmaild.reading.fields.labels import match_label
from dplmaild.reading.lexicon import lexicon
from dplmaild.reading.mime import Mailbox, Message
from dplmaild.reading.visible import FORM_MARK, visible
from dplmaild.writing.phrases import LANGUAGES
from dplmaild.writing.stated import stated
from writing.build import LETTERS, at, letter, text_of, wording

READ_AT = Clock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
KNOWN = Deployment(
    product=Product.ICM,
    environment=PRD,
    type=DeploymentType.CODE,
    current_version=Version("11.0.1"),
    target_version=Version("11.0.2"),
    options=Options(True, True, False, False),
    release_notes="https://example.com/notes",
    description="Faster search",
    mailing_list=("release@example.org",),
)


def reply_to(letter_text: str, answers: dict[str, str], quote: str = "> ", above: str = "") -> FieldsRead:
    """The letter quoted in a reply, with values typed behind its labels, as our reader reads it."""
    lines = [f"{line} {answers[line[:-1]]}" if line[:-1] in answers else line for line in letter_text.splitlines()]
    body = f"{above}\n\nOn Mon, 23 Nov 2026 at 10:00, Deployment desk <desk@example.com> wrote:\n"
    body += "\n".join(f"{quote}{line}".rstrip() for line in lines)
    mail = Message(raw_size=len(body), sender=Mailbox("release@example.org"), subject="Re: Deploy", text=body)
    return read_fields(visible(mail).new, READ_AT)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("field", tuple(Field))
def test_every_label_is_an_alias_of_its_field(field: Field, language: str) -> None:
    found = match_label(LETTERS.phrases(language).source(f"labels.{field.value}"))
    assert found is not None
    assert (found.key, found.sure) == (field.value, 1.0)
    assert language in found.languages


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_a_label_of_its_own_per_field(language: str) -> None:
    labels = [LETTERS.phrases(language).source(f"labels.{field.value}") for field in Field]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_filled_in_within_the_quote_is_read_back(language: str) -> None:
    source = LETTERS.phrases(language).source
    asked = (Field.TYPE, Field.TARGET_VERSION, Field.DB_MIGRATE, Field.DESCRIPTION, Field.MAILING_LIST)
    answers = {
        source("labels.type"): "full",
        source("labels.target_version"): "11.0.3",
        source("labels.DBMigrate"): source("words.answer.yes"),
        source("labels.description"): "New checkout",
        source("labels.mailing_list"): "release@example.org",
    }
    read = reply_to(text_of(LetterKind.ASKED, language, missing=asked), answers)
    assert len(read.deployments) == 1
    got = read.deployments[0]
    assert got.type is DeploymentType.FULL
    assert got.target_version == Version("11.0.3")
    assert got.options.db_migrate is True
    assert got.description == "New checkout"
    assert got.mailing_list == ("release@example.org",)
    assert read.questions == ()


@pytest.mark.parametrize("quote", ["> ", ">", ">> "], ids=["with a blank", "without", "twice"])
def test_a_form_is_read_back_however_it_is_quoted(quote: str) -> None:
    read = reply_to(text_of(LetterKind.ASKED, missing=(Field.TARGET_VERSION,)), {"Target version": "11.0.3"}, quote)
    assert [one.target_version for one in read.deployments] == [Version("11.0.3")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_known_comes_back_as_it_was(language: str) -> None:
    """ADOPT: sent back untouched, the form says what we had understood."""
    read = reply_to(text_of(LetterKind.ADOPT, language, deployment=KNOWN, slot=None), {})
    assert read.deployments == (KNOWN,)
    assert read.questions == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("zone", ["Europe/Berlin", "Atlantic/Canary", "America/New_York", "Pacific/Kiritimati"])
@pytest.mark.parametrize(
    "moment",
    [datetime(2027, 1, 12, 9, 0, tzinfo=UTC), datetime(2027, 7, 6, 20, 30, tzinfo=UTC)],
    ids=["winter", "summer"],
)
def test_a_date_comes_back_as_the_same_moment(language: str, zone: str, moment: datetime) -> None:
    when = WrittenMoment("then", MomentStatus.EXACT, utc=moment)
    read = reply_to(text_of(LetterKind.ADOPT, language, deployment=Deployment(when=when), slot=None, zone=zone), {})
    assert [one.when.utc if one.when else None for one in read.deployments] == [moment]


def test_what_is_doubted_is_not_filled_in() -> None:
    """Sent back untouched it would read as an answer."""
    doubts = (Question(Field.TARGET_VERSION, "conflict"),)
    read = reply_to(text_of(LetterKind.ADOPT, deployment=KNOWN, questions=doubts, slot=None), {})
    assert [one.target_version for one in read.deployments] == [None]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_sent_back_empty_says_nothing(language: str) -> None:
    read = reply_to(text_of(LetterKind.ASKED, language, missing=tuple(Field)), {})
    assert read.deployments == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "group"), [("yes", "assent"), ("tests_ok", "success"), ("problem", "problem")])
def test_the_words_we_ask_for_are_words_the_reader_knows(name: str, group: str, language: str) -> None:
    assert lexicon().scan(LETTERS.phrases(language).source(f"words.reply.{name}")).has(group)


def test_a_doubted_value_is_not_filled_in() -> None:
    question = Question(Field.TARGET_VERSION, "conflict", ("11.0.2", "11.0.3"))
    text = text_of(LetterKind.ASKED, deployment=KNOWN, questions=(question,))
    assert "\nTarget version:\n" in text[text.index(FORM_MARK) :]


def test_a_field_that_is_missing_and_doubted_stands_once() -> None:
    text = text_of(LetterKind.ASKED, missing=(Field.TYPE,), questions=(Question(Field.TYPE, "unreadable"),))
    assert text[text.index(FORM_MARK) :].count("Type of deployment:") == 1


def test_without_anything_to_ask_there_is_no_form() -> None:
    assert FORM_MARK not in text_of(LetterKind.CONFIRMED)


def test_the_html_form_has_one_line_per_field_below_the_mark() -> None:
    html = LETTERS.render(letter(LetterKind.ASKED, missing=(Field.TYPE, Field.WHEN))).html
    form = html[html.index(FORM_MARK) :]
    assert form.count("<div") == 3
    assert "Type of deployment:&nbsp;</div>" in form


def test_what_was_never_stated_is_not_there() -> None:
    assert stated(Deployment(), wording()) == {}


def test_values_in_a_form_are_one_line_each() -> None:
    known = Deployment(
        description="one\ntwo", components=(Component("addon-x", "3.2.11"),), environment=Environment("pre")
    )
    shown = stated(known, wording())
    assert shown == {Field.ENVIRONMENT: "PRE", Field.DESCRIPTION: "one two", Field.COMPONENTS: "addon-x 3.2.11"}


def test_a_date_that_is_not_settled_is_shown_as_written() -> None:
    when = WrittenMoment("next Tuesday", MomentStatus.AMBIGUOUS, candidates=(at("2026-12-01 10:00"),))
    assert stated(Deployment(when=when), wording())[Field.WHEN] == "next Tuesday"
