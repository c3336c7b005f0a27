"""An answer to "which one?" in few words and four languages; what is not surely one names none."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dplmaild.deployment.terms import PRD, Deployment, DeploymentType, Environment, Product, Version
from dplmaild.reading import Candidate, Expecting, Hints, read
from reading.upper.mails import mail
from reading.upper.test_never_raises import PIECES

BERLIN = ZoneInfo("Europe/Berlin")
FULL = Deployment(Product.ICM, Environment("UAT"), DeploymentType.FULL, target_version=Version("11.0.2"))
HOTFIX = Deployment(Product.ICM, PRD, DeploymentType.HOTFIX, target_version=Version("v11.0.3"))
HINTS = Hints(
    received=datetime(2026, 11, 23, 8, tzinfo=UTC),
    expecting=Expecting(
        known_reference=True,
        offered=2,
        starts=(datetime(2026, 12, 8, 10, tzinfo=BERLIN), datetime(2026, 12, 10, 10, tzinfo=BERLIN)),
        which=(Candidate("DPL-2026-0001", FULL), Candidate("DPL-2026-0002", HOTFIX)),
    ),
)
FIRST, SECOND = 0, 1


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("1", FIRST),
        ("the second", SECOND),
        ("I mean the second one.", SECOND),
        ("line 2", SECOND),
        ("Zeile 2", SECOND),
        ("I mean line 2.", SECOND),
        ("Wir meinen Zeile 2.", SECOND),
        ("la línea 2.", SECOND),
        ("la línia 1.", FIRST),
        ("We mean number 2.", SECOND),
        ("Nr. 1, bitte.", FIRST),
        ("wir meinen die zweite", SECOND),
        ("la segunda", SECOND),
        ("el segon", SECOND),
        ("dpl-2026-0001", FIRST),
        ("Es geht um DPL-2026-0002.", SECOND),
        ("Please take it for DPL-2026-0001.", FIRST),
        ("the UAT one", FIRST),
        ("Die UAT", FIRST),
        ("el de UAT", FIRST),
        ("Hi,\n\nthe production one.\n\nBest regards\nAnn", SECOND),
        ("La de producción", SECOND),
        ("el de producció, gràcies", SECOND),
        ("Das Produktivsystem", SECOND),
        ("the hotfix", SECOND),
        ("der Hotfix am Donnerstag", SECOND),
        ("die am Dienstag", FIRST),
        ("la del dimarts", FIRST),
        ("the one on 10 December", SECOND),
        ("die mit 11.0.3", SECOND),
        ("2 is fine", SECOND),
        ("ok, the second", SECOND),
        ("They belong to the UAT deployment.", FIRST),
        ("Die Anweisungen sind für den Hotfix", SECOND),
        ("Son para UAT, gracias", FIRST),
    ],
)
def test_it_names_one(text: str, named: int) -> None:
    assert read(mail(text, "Re: Instructions"), HINTS).which == named


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Thanks!",
        "3",
        "both please",
        "neither",
        "the one we talked about",
        "ICM",
        "Wednesday",
        "UAT and PRD",
        "the UAT one on Thursday",
        "die mit 11.0.4",
        "not 2",
        "not line 2.",
        "line 3.",
        "line 12",
        "line 2.1",
        "line 2 is done",
        "not the UAT one",
        "not DPL-2026-0001",
        "DPL-2026-0001 and DPL-2026-0002",
        "DPL-2026-0009",
        "The first line?",
        "if the customer agrees 2",
        "please cancel 2",
        "DPL-2026-0001: please cancel",
        "2, but move it to Friday",
        "number 2 please, and please also deploy PWA on Friday 10:00",
        "UAT\nTarget version: 11.0.4",
        "I will check which of them, perhaps the first",
        "the UAT one " + "and so on " * 20,
        "Tests on UAT were successful.",
        "UAT is fine",
        "UAT is done",
        "UAT was deployed yesterday",
        "UAT läuft",
        "DPL-2026-0001 went well",
        "Thanks, DPL-2026-0001 works",
        "I am back on Thursday.",
        "Bin am Dienstag wieder da.",
        "Please call me on Tuesday",
        "Ok, see you on Tuesday",
        "El dijous t'ho dic",
        "First of all, thanks for asking.",
        "Give us a second",
        "One second, please",
        "one moment, I ask the first developer",
        "Second try",
        "Hotfix follows",
    ],
)
def test_it_names_none(text: str) -> None:
    assert read(mail(text, "Re: Instructions"), HINTS).which is None


@given(st.lists(PIECES, max_size=40))
@settings(max_examples=80, deadline=None)
def test_any_words_name_one_that_was_asked_about_or_none(pieces: list[str]) -> None:
    meaning = read(mail("".join(pieces)), HINTS)
    assert not any(reason.startswith("the reader failed") for reason in meaning.why)
    assert meaning.which in {None, FIRST, SECOND}
