"""Thanks that end a mail, and thanks that begin one."""

from itertools import product

import pytest

from dplmaild.reading.mime import Mailbox, Message
from dplmaild.reading.visible import visible

SAID = "Hello,\nsee above."


def read(body: str, name: str = "Jane Doe") -> tuple[str, str]:
    """What is said, and the signature, in a mail of Jane's."""
    seen = visible(Message(raw_size=len(body), text=body, sender=Mailbox("jane@example.com", name)))
    return seen.new_text, seen.signature


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("Hi,\n\nThank you.\n\nWe accept the first slot.", id="a sentence"),
        pytest.param("Hi,\nThanks\nyes please", id="two small words"),
        pytest.param("Hello,\nThanks, we take it.", id="on the same line"),
        pytest.param("Hello,\nThanks, Peter\nwe take the second", id="thanks to somebody"),
        pytest.param("Hallo,\nvielen Dank!\nWir nehmen den zweiten Termin.", id="German"),
        pytest.param("Hola,\nGracias\nConfirmado para el martes", id="Spanish"),
        pytest.param("Hola,\nMoltes gràcies\nens va bé el segon", id="Catalan"),
    ],
)
@pytest.mark.parametrize("end", [pytest.param("Best regards,\nJane", id="regards"), pytest.param("Jane", id="a name")])
def test_what_is_said_below_thanks_is_said(said: str, end: str) -> None:
    assert read(f"{said}\n\n{end}") == (said, end)


@pytest.mark.parametrize(
    "tail",
    [
        pytest.param("Thanks", id="nothing below"),
        pytest.param("thanks, jane", id="a small name behind"),
        pytest.param("Many thanks\nJane Doe\nRelease Manager\nExample Ltd", id="a name and a title"),
        pytest.param("Thank you\nThe Deployment Team\nExample Ltd", id="a team that signs"),
        pytest.param("Thanks and regards,\nthe team", id="regards with them"),
        pytest.param("Danke und viele Grüße\nhttps://example.org", id="regards with them, a link below"),
        pytest.param("谢谢\n王伟", id="letters without capitals"),
    ],
)
def test_thanks_above_a_name_end_the_mail(tail: str) -> None:
    assert read(f"{SAID}\n{tail}") == (SAID, tail)


def test_a_title_between_thanks_and_the_senders_name_is_kept_rather_than_words_lost() -> None:
    assert read(f"{SAID}\nThanks\nGo Ahead\nJane") == (f"{SAID}\nThanks\nGo Ahead", "Jane")


def test_a_mail_that_begins_with_thanks_has_a_signature_too() -> None:
    assert read("Thank you!\nWe take the second.\n\nBest regards\nJane Doe\nRelease 11.0.1") == (
        "Thank you!\nWe take the second.",
        "Best regards\nJane Doe\nRelease 11.0.1",
    )


@pytest.mark.parametrize(
    "closing",
    [
        pytest.param("Mit freundlichen Grüßen / Best regards", id="two languages"),
        pytest.param("Gruß/Regards", id="two languages, no blanks"),
        pytest.param("Many thanks & kind regards", id="an ampersand"),
        pytest.param("Thank you, and best regards", id="a comma and a word"),
        pytest.param("Viele Grüße aus dem schönen Jena", id="from a place, German"),
        pytest.param("Saludos desde Madrid", id="from a place, Spanish"),
        pytest.param("Salutacions des de Girona", id="from a place, Catalan"),
        pytest.param("Best regards Johnny", id="a name without a comma"),
        pytest.param("Gruß Jane", id="the sender's name behind a short one"),
    ],
)
def test_a_closing_may_say_more_than_itself(closing: str) -> None:
    assert read(f"{SAID}\n\n{closing}\nJ. Doe") == (SAID, f"{closing}\nJ. Doe")


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("Best Tuesday", id="the best day"),
        pytest.param("Best from Tuesday on", id="the best days"),
        pytest.param("Thanks, 2", id="a number behind thanks"),
        pytest.param("Danke, Option 3", id="an option behind thanks"),
        pytest.param("Best regards from the test: it works", id="a sentence that begins like one"),
        pytest.param("Regards the shop of the customer", id="a sentence with the same word"),
    ],
)
def test_what_only_begins_like_a_closing_is_said(said: str) -> None:
    assert read(f"Hi,\n{said}\nJane") == (f"Hi,\n{said}", "Jane")


GREETINGS = ("", "Hi,", "Hallo zusammen,", "Thanks for your mail.", "Thanks!", "Hi,\n\nThank you.", "Hola,\ngracias")
STATEMENTS: tuple[str, ...] = (
    "We accept the first slot.",
    "2",
    "yes",
    "Target version: 11.0.2",
    "Der zweite Termin passt uns",
)
STATEMENTS += (
    "la segona opció ens va bé",
    "Please deploy\n\n- ICM 11.0.2\n- PRD",
    "/approve",
    "Best would be Tuesday.",
)
CLOSINGS = (
    "",
    "Best regards,",
    "Mit freundlichen Grüßen",
    "Un saludo",
    "Salutacions",
    "Thanks,",
    "Thanks and best regards",
)
NAMES = ("", "Jane", "Jane Doe\nRelease Manager\nExample Ltd\nTel.: +49 3641 500", "-- \nJane Doe\nExample Ltd")


@pytest.mark.parametrize("statement", STATEMENTS)
def test_whatever_stands_around_it_a_statement_is_said_and_the_signature_is_not(statement: str) -> None:
    for greeting, closing, name in product(GREETINGS, CLOSINGS, NAMES):
        end = "\n".join(filter(None, (closing, name)))
        said, _ = read("\n\n".join(filter(None, (greeting, statement, end))))
        assert said == "\n\n".join(filter(None, (greeting, statement)))
