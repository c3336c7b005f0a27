"""A form of ours that comes back quoted as it was filled in is nobody's answer, in any language (MSG-6, MSG-10)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dplmaild.deployment.owed import LetterKind
from dplmaild.deployment.said import Intent, Kind, Meaning
from dplmaild.deployment.terms import INT, PRD, UAT, Deployment, DeploymentType, MomentStatus, Options, Product, Version
from dplmaild.deployment.terms import WrittenMoment as Moment
from dplmaild.reading import Expecting, Hints, read
from reading.upper.mails import OURS, RECEIVED, mail
from writing.build import at, text_of

START = at("2027-01-12 10:00")
WHEN = Moment(
    "12 January at ten", MomentStatus.EXACT, START.replace(tzinfo=None), None, "Europe/Berlin", START, day=START.date()
)
DRAFT = Deployment(
    product=Product.ICM,
    environment=PRD,
    type=DeploymentType.CODE,
    when=WHEN,
    duration=timedelta(hours=2, minutes=30),
    current_version=Version("11.0.2"),
    target_version=Version("11.0.3"),
    options=Options(True, True, False, True, ("app_sf_shop", "app_sf_payment")),
    release_notes="https://wiki.example.com/rn",
    description="Payment method labels corrected: card, invoice",
    special_activities="new channel for Austria",
    attendants=("Ben",),
    mailing_list=("ann@partner.example.com", "ben@acme.example.com"),
    tested_on=(INT, UAT),
)


def _answered(words: str, form: str, filled: Deployment | None = DRAFT) -> Meaning:
    """What words above the quoted letter say."""
    quoted = "\n".join(f"> {line}".rstrip() for line in form.splitlines())
    body = f"{words}\n\nOn Mon, 23 Nov 2026 at 08:00, Service Desk <desk@example.org> wrote:\n{quoted}\n"
    expecting = Expecting(offered=1, form=True, known_reference=True, filled=filled)
    hints = Hints(received=RECEIVED, own_addresses=OURS, expecting=expecting, products=(Product.ICM,))
    return read(mail(body.replace("\n", "\r\n"), "Re: Deploy [DPL-2026-0042]"), hints)


def _form(language: str) -> str:
    return text_of(LetterKind.ADOPT, language, deployment=DRAFT, slot=None, by="ben@acme.example.com")


@pytest.mark.parametrize("language", ["en", "de", "es", "ca"])
@pytest.mark.parametrize("words", ["Who has written this?", "I will ask Ben and come back to you.", "Thanks, noted."])
def test_words_that_adopt_nothing_stay_that_above_our_form(language: str, words: str) -> None:
    said = _answered(words, _form(language))
    assert (said.intent, said.deployments, said.found) == (None, (), ())


@pytest.mark.parametrize("language", ["en", "de", "es", "ca"])
def test_a_yes_above_our_form_is_a_yes(language: str) -> None:
    said = _answered({"en": "Yes, please.", "de": "Ja.", "es": "Sí.", "ca": "Sí."}[language], _form(language))
    assert (said.kind, said.intent, said.deployments) == (Kind.REPLY, Intent.ACCEPT_SLOT, ())


@pytest.mark.parametrize("language", ["en", "de", "es", "ca"])
def test_a_line_that_was_changed_is_the_one_that_counts(language: str) -> None:
    changed = _form(language).replace("11.0.3", "11.0.4")
    said = _answered("", changed)
    assert [(one.target_version, one.current_version, one.when) for one in said.deployments] == [
        (Version("11.0.4"), None, None)
    ]


def test_what_is_typed_above_wins_over_our_own_line() -> None:
    said = _answered("Target version: 11.0.5", _form("en"))
    assert [one.target_version for one in said.deployments] == [Version("11.0.5")]
    assert said.questions == ()


def test_a_form_that_was_empty_is_read_as_it_comes_back() -> None:
    said = _answered("", _form("en"), filled=None)
    assert [one.target_version for one in said.deployments] == [Version("11.0.3")]


def test_another_value_of_the_same_field_is_no_line_of_ours() -> None:
    said = _answered("", _form("en"), filled=replace(DRAFT, description="Something else"))
    assert [one.description for one in said.deployments] == [DRAFT.description]
