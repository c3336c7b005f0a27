"""Calendars, holidays or profiles change: what is booked is judged again, and OPS hears of it once."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from desk.build import NOW, REQUEST, Mail, Running
from dplmaild.deployment.case import Case
from dplmaild.deployment.customer import Customer
from dplmaild.deployment.owed import Alarm, Changed, Letter, LetterKind
from dplmaild.deployment.periods import Freeze, Period
from dplmaild.deployment.profile import Weekday
from dplmaild.deployment.site import LIBRARY
from dplmaild.deployment.terms import DeploymentType, State, Window
from dplmaild.desk import Desk
from dplmaild.desk.second_look import Looked, SecondLook, marks_of
from dplmaild.settings import Settings
from dplmaild.store.cases import Cases
from dplmaild.store.debts import Claim, Debts
from dplmaild.store.marks import Marks
from writing.build import LETTERS

CODE = DeploymentType.CODE
BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY = date(2026, 12, 15)  # what REQUEST asks for


@pytest.fixture
def booked(running: Running, settings: Settings) -> Running:
    """Acme has a deployment on Tuesday; calendars were looked at once."""
    running.receive(Mail(REQUEST))
    assert running.case().state is State.SCHEDULED
    assert looked(running, settings) is None
    return running


def looked(running: Running, settings: Settings, now: datetime = NOW) -> Looked | None:
    """One look at what is booked."""
    return SecondLook(running.database).at(settings, now)


def changed(settings: Settings, **acme: Any) -> Settings:
    """The same configuration, but for Acme."""
    customers = tuple(c.model_copy(update=acme) if c.id == "acme" else c for c in settings.customers)
    return settings.model_copy(update={"customers": customers})


def closing(settings: Settings, day: date = TUESDAY, reason: str = "inventory") -> Settings:
    """Acme is closed on a day."""
    acme = settings.directory.customer("acme")
    shut = Period(day=day, reason=reason)
    return changed(settings, calendar=acme.calendar.model_copy(update={"closed": (*acme.calendar.closed, shut)}))


def reports(running: Running) -> list[Letter]:
    """The letters that OPS gets of it, each once."""
    with running.database.writing() as connection:
        owed = [debt.what for debt in Debts(connection).claim(NOW, Claim.by("test", NOW), 1000)]
    return [o.letter for o in owed if isinstance(o, Alarm) and o.letter.kind is LetterKind.LOOKED_AGAIN]


def test_what_now_breaks_a_rule_is_told_and_nothing_else_happens(booked: Running, settings: Settings) -> None:
    before = booked.case()
    found = looked(booked, closing(settings))
    assert found is not None
    assert found.references == ("DPL-2026-0001",)
    assert [(since.what, since.name) for since in found.since] == [(Changed.CUSTOMER, "Acme")]
    assert booked.case() == before
    (letter,) = reports(booked)
    assert letter.to == ("ops@example.org",)
    text = LETTERS.render(letter).text
    assert text.startswith("NOW AGAINST A RULE")
    assert "DPL-2026-0001, Acme, PRD, ICM, Tuesday 15 December 2026, 10:00-12:30 CET" in text
    assert "is a day off (customer: inventory). (DAY-3)" in text
    assert "Changed: calendar, freezes or settings of Acme." in text


def test_it_is_told_once(booked: Running, settings: Settings) -> None:
    for one in (closing(settings), closing(settings), settings, closing(settings)):
        looked(booked, one)
    assert len(reports(booked)) == 1


def test_another_reason_for_the_same_rule_is_told_too(booked: Running, settings: Settings) -> None:
    looked(booked, closing(settings))
    looked(booked, closing(closing(settings), reason="fire drill"))
    assert len(reports(booked)) == 2


def test_the_history_says_so(booked: Running, settings: Settings) -> None:
    looked(booked, closing(settings))
    with booked.database.reading() as connection:
        last = Cases(connection).history_of("DPL-2026-0001")[-1]
    assert (last.who, last.was, last.became) == ("dplmaild", State.SCHEDULED, State.SCHEDULED)
    assert last.why["why"] == "now breaks DAY-3, since this changed: customer Acme"


def test_every_decision_names_the_holidays_it_rests_on(booked: Running) -> None:
    with booked.database.reading() as connection:
        entries = Cases(connection).history_of("DPL-2026-0001")
    assert [entry.why["holidays"] for entry in entries] == [LIBRARY]


def test_without_a_change_nothing_is_written(booked: Running, settings: Settings) -> None:
    commits = booked.database.commits
    assert looked(booked, settings) is None
    assert booked.database.commits == commits


def test_the_first_look_has_nothing_to_compare_with(running: Running, settings: Settings) -> None:
    running.receive(Mail(REQUEST))
    assert looked(running, closing(settings)) is None
    assert reports(running) == []


@pytest.mark.parametrize(
    ("change", "what"),
    [
        pytest.param({"zone": "Europe/Madrid"}, [Changed.CUSTOMER], id="a zone"),
        pytest.param({"name": "Acme Ltd", "language": "de"}, None, id="a name is no calendar"),
    ],
)
def test_what_counts_as_a_change(
    booked: Running, settings: Settings, change: dict[str, Any], what: list[Changed] | None
) -> None:
    found = looked(booked, changed(settings, **change))
    assert (found and [since.what for since in found.since]) == what
    assert reports(booked) == []


def test_a_change_of_somebody_elses_calendar_is_no_matter_of_acmes(booked: Running, settings: Settings) -> None:
    other = settings.directory.customer("other")
    shut = other.calendar.model_copy(update={"closed": (Period(day=TUESDAY),)})
    customers = tuple(c.model_copy(update={"calendar": shut}) if c.id == "other" else c for c in settings.customers)
    found = looked(booked, settings.model_copy(update={"customers": customers}))
    assert found is not None
    assert found.references == ()


def test_ops_and_profiles_are_everybodys(booked: Running, settings: Settings) -> None:
    frozen = settings.ops.model_copy(update={"freezes": (Freeze(day=TUESDAY, reason="audit"),)})
    found = looked(booked, settings.model_copy(update={"ops": frozen}))
    assert found is not None
    assert ([since.what for since in found.since], found.references) == ([Changed.OPS], ("DPL-2026-0001",))


def test_a_stricter_profile(booked: Running, settings: Settings) -> None:
    caas = settings.profiles["caas"]
    only_monday = caas.types[CODE].model_copy(update={"weekdays": (Weekday.MONDAY,)})
    profiles = {**settings.profiles, "caas": caas.model_copy(update={"types": {**caas.types, CODE: only_monday}})}
    found = looked(booked, settings.model_copy(update={"profiles": profiles}))
    assert found is not None
    assert [(since.what, since.name) for since in found.since] == [(Changed.PROFILE, "caas")]
    assert "(DAY-1)" in LETTERS.render(reports(booked)[0]).text


def holiday_case(running: Running, **more: Any) -> Case:
    """A deployment on Christmas Day, booked when a library knew no better."""
    slot = Window(datetime(2026, 12, 25, 10, 0, tzinfo=BERLIN), timedelta(hours=2))
    case = replace(running.case(), reference="DPL-2026-0009", slot=slot, **more)
    with running.database.writing() as connection:
        Cases(connection).save(case, NOW)
    return case


def older_library(running: Running, settings: Settings) -> None:
    """The last look was with an older holidays library."""
    with running.database.writing() as connection:
        Marks(connection).replace({**marks_of(settings), "holidays": "holidays 0.100"}, NOW)


def test_another_version_of_the_holidays_library(booked: Running, settings: Settings) -> None:
    holiday_case(booked)
    older_library(booked, settings)
    found = looked(booked, settings)
    assert found is not None
    assert found.references == ("DPL-2026-0009",)
    assert (
        f"Public holidays are now those of {LIBRARY}, before of holidays 0.100."
        in LETTERS.render(reports(booked)[0]).text
    )


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"state": State.CANCELLED}, id="cancelled"),
        pytest.param({"state": State.IN_PROGRESS}, id="already running"),
        pytest.param({"overridden": ("DAY-1", "DAY-2", "DAY-3", "HOUR-1")}, id="set aside by OPS"),
        pytest.param({"customer": "gone"}, id="of a customer who is gone"),
    ],
)
def test_what_is_not_looked_at(booked: Running, settings: Settings, more: dict[str, Any]) -> None:
    holiday_case(booked, **more)
    older_library(booked, settings)
    found = looked(booked, settings)
    assert found is not None
    assert found.references == ()


def test_what_lies_behind_is_not_looked_at(booked: Running, settings: Settings) -> None:
    holiday_case(booked)
    older_library(booked, settings)
    found = looked(booked, settings, datetime(2026, 12, 26, tzinfo=BERLIN))
    assert found is not None
    assert found.references == ()


def test_vacations_that_nobody_knows_are_no_break(running: Running, settings: Settings) -> None:
    acme = settings.directory.customer("acme")
    prod = changed(settings, profile="prod")
    looked(running, prod)
    running.reception.follow(Desk(prod))
    running.receive(Mail(REQUEST))
    unread = acme.calendar.model_copy(update={"unread": ("team calendar",)})
    assert looked(running, changed(prod, calendar=unread)) is not None
    assert reports(running) == []


def test_one_letter_about_all_of_them(booked: Running, settings: Settings) -> None:
    for number in range(10, 135):
        with booked.database.writing() as connection:
            Cases(connection).save(replace(holiday_case_of(booked), reference=f"DPL-2026-{number:04}"), NOW)
    older_library(booked, settings)
    looked(booked, settings)
    (letter,) = reports(booked)
    assert (len(letter.facts.affected), letter.facts.more_affected) == (100, 25)
    assert "25 more are not shown here" in LETTERS.render(letter).text


def holiday_case_of(running: Running) -> Case:
    """The same deployment, not written down."""
    slot = Window(datetime(2026, 12, 25, 10, 0, tzinfo=BERLIN), timedelta(hours=2))
    return replace(running.case(), slot=slot)


def test_in_shadow_mode_the_letter_stays_here(booked: Running, settings: Settings) -> None:
    shadow = settings.model_copy(update={"desk": settings.desk.model_copy(update={"shadow": True})})
    assert looked(booked, closing(shadow)) is not None
    assert reports(booked) == []


def test_a_customer_who_is_new_is_no_change(booked: Running, settings: Settings) -> None:
    new = Customer.model_validate({**settings.customers[0].model_dump(by_alias=True), "id": "new"})
    assert looked(booked, settings.model_copy(update={"customers": (*settings.customers, new)})) is None
