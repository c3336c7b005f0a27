"""What sentences, telegrams and lines of several labels say of a deployment, value by value, in four languages.

`told.txt` is the table: where it is said, what it is and says, the words. A value from nowhere is as wrong as none.
"""

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dplmaild.deployment.said import Meaning
from dplmaild.deployment.terms import Deployment
from dplmaild.reading import Expecting, Hints, read
from reading.meaning.test_said import named
from reading.upper.mails import OURS, RECEIVED, STARTS, mail

TABLE = Path(__file__).parent / "told.txt"
BERLIN = ZoneInfo("Europe/Berlin")
FORM = """Type: code
Product: ICM
Environment: PRD
Date: 1 December 2026 10:00
Current version: 11.0.2
Target version: 11.0.3
DeployAppTier: yes
DeployWebTier: yes
InvalidatePageCache: yes
DBMigrate: no
Description: faster checkout
Mailing list: a@example.com"""
OF_FORM = (
    "type=code product=ICM env=PRD when=12-01T10:00 cur=11.0.2 new=11.0.3"
    " app=yes web=yes cache=yes db=no list=a@example.com"
)


def lines() -> Iterator[tuple[str, str, str]]:
    """Every line of the table: where, what is expected, the words."""
    for line in TABLE.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            where, expected, words = line.split(" | ", 2)
            yield where, expected.replace("{form}", OF_FORM), words.replace("\\n", "\n").replace("{form}", FORM)


def heard(where: str, words: str) -> Meaning:
    """The words read where they are said."""
    place, _, free = where.partition(" ")
    subject, found, body = words.partition(" :: ")
    opens = place == "open"
    slots = STARTS if place == "slots" else ()
    waits = Expecting(len(slots), slots, form=place == "form", verdict=place == "verdict", known_reference=not opens)
    hints = Hints(received=RECEIVED, own_addresses=OURS, expecting=waits, components_free=bool(free))
    title = subject if opens and found else "Re: Deployment request [DPL-2026-0042]"
    return read(mail(body if opens else words, title), hints)


def told(one: Deployment) -> dict[str, str]:
    """A deployment in the table's words."""
    options = one.options
    switches = {
        "app": options.deploy_app_tier,
        "web": options.deploy_web_tier,
        "cache": options.invalidate_page_cache,
        "db": options.db_migrate,
    }
    when = one.when and (
        one.when.utc.astimezone(BERLIN).strftime("%m-%dT%H:%M") if one.when.utc else one.when.status.value
    )
    said = {
        "type": one.type and one.type.value,
        "product": one.product and one.product.value,
        "env": one.environment and one.environment.name,
        "when": when,
        "cur": one.current_version and one.current_version.text,
        "new": one.target_version and one.target_version.text,
        "cartridges": ",".join(options.cartridges),
        "list": ",".join(one.mailing_list),
        "components": str(len(one.components) or ""),
        "tickets": str(len(one.tickets) or ""),
        **{name: "yes" if switch else "no" for name, switch in switches.items() if switch is not None},
    }
    return {name: value for name, value in said.items() if value}


@pytest.mark.parametrize(
    ("where", "expected", "words"), [pytest.param(*line, id=f"{line[0]}: {line[2][:70]}") for line in lines()]
)
def test_what_is_told_is_read(where: str, expected: str, words: str) -> None:
    kinds, _, values = expected.partition(" : ")
    meaning = heard(where, words)
    assert named(meaning) in kinds.split(" or ")
    wanted = [dict(pair.split("=", 1) for pair in one.split() if "=" in pair) for one in values.split(" / ")]
    if not values.endswith("..."):
        assert [told(one) for one in meaning.deployments] == [one for one in wanted if one]
