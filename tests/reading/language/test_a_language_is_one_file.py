"""Italian is read from `it.toml` beside this file and from nothing else: a language is one file of words."""

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dplmaild.deployment.said import Automatic, Kind
from dplmaild.deployment.terms import PRD, UAT, DeploymentType, Product
from dplmaild.reading.fields import Clock
from dplmaild.reading.lexicon import learn, lexicon
from dplmaild.reading.lexicon.proofread import mistakes
from reading.lower.mails import mail, sent_by
from reading.upper.mails import opened, replied

TABLE = tomllib.loads(Path(__file__).with_name("it.toml").read_text("utf-8"))

REQUEST = """\
Buongiorno,

vorremmo rilasciare la nuova versione 11.0.4 dell'ICM in produzione martedì 8 dicembre 2026 alle ore 21:00.
Si tratta di un rilascio di solo codice.

Grazie e cordiali saluti
Nora"""

INSTRUCTIONS = """\
Salve, ecco le istruzioni di rilascio:

- Tipo di rilascio: completo
- Prodotto: ICM
- Ambiente: collaudo
- Data e ora: mercoledì 2 dicembre alle ore nove
- Versione attuale: 11.0.3
- Versione di destinazione: 11.0.4
- DeployAppTier: sì
- DBMigrate: no
- Attività particolari: nessuna
- Destinatari: ann@partner.example.com"""


@pytest.fixture(autouse=True)
def italian() -> Iterator[None]:
    """The shipped languages and Italian; afterwards the shipped ones again."""
    learn([TABLE])
    yield
    learn([])


def test_what_was_read_before_the_words_came_is_read_anew() -> None:
    """SIGHUP: a text seen under the old words must not keep their reading."""
    clock, text = Clock(datetime(2026, 11, 23, 8, 0, tzinfo=UTC)), "mercoledì 2 dicembre alle ore nove"
    nine = datetime(2026, 12, 2, 8, 0, tzinfo=UTC)
    learn([])
    assert [moment.utc for _, _, moment in clock.moments_in(text) if moment.utc] == []
    assert getattr(clock.read(text), "utc", None) != nine
    learn([TABLE])
    assert [moment.utc for _, _, moment in clock.moments_in(text)] == [nine]
    assert getattr(clock.read(text), "utc", None) == nine


def test_the_file_is_good() -> None:
    assert list(mistakes(TABLE)) == []


def test_a_request_in_sentences_is_read() -> None:
    said = opened(REQUEST, "Rilascio ICM 11.0.4")
    (one,) = said.deployments
    assert (said.kind, said.requests, said.language) == (Kind.SCHEDULE_REQUEST, True, "it")
    assert (one.type, one.product, one.environment) == (DeploymentType.CODE, Product.ICM, PRD)
    assert one.target_version is not None
    assert one.target_version.text == "11.0.4"
    assert one.when is not None
    assert one.when.utc == datetime(2026, 12, 8, 20, 0, tzinfo=UTC)
    assert said.questions == ()


def test_instructions_in_lines_are_read() -> None:
    said = opened(INSTRUCTIONS, "Istruzioni di rilascio")
    (one,) = said.deployments
    assert (said.kind, said.language) == (Kind.INSTRUCTIONS, "it")
    assert (one.type, one.product, one.environment) == (DeploymentType.FULL, Product.ICM, UAT)
    assert (one.current_version and one.current_version.text) == "11.0.3"
    assert (one.target_version and one.target_version.text) == "11.0.4"
    assert (one.options.deploy_app_tier, one.options.db_migrate) == (True, False)
    assert one.when is not None
    assert one.when.utc == datetime(2026, 12, 2, 8, 0, tzinfo=UTC)
    assert (one.special_activities, one.mailing_list) == ("none", ("ann@partner.example.com",))


def test_a_misspelt_label_is_read() -> None:
    said = opened(INSTRUCTIONS.replace("Ambiente:", "Ambeinte:"), "Istruzioni di rilascio")
    assert said.deployments[0].environment == UAT


def test_a_label_in_a_sentence_is_read() -> None:
    said = opened(INSTRUCTIONS.replace("- Versione di destinazione: 11.0.4", "La versione di destinazione è: 11.0.4"))
    assert str(said.deployments[0].target_version and said.deployments[0].target_version.text) == "11.0.4"


def test_a_reply_that_takes_a_slot_is_read() -> None:
    said = replied("Buongiorno, ci va bene la seconda proposta. Grazie", slots=3)
    assert said.choice is not None
    assert said.choice.number == 2


def test_a_withdrawal_is_read() -> None:
    said = replied("Buongiorno, purtroppo annulliamo il rilascio.")
    assert said.intent == "withdrawal"


def test_without_the_file_nothing_is_left_of_the_language() -> None:
    learn([])
    said = opened(INSTRUCTIONS, "Istruzioni di rilascio")
    assert "it" not in lexicon().languages
    assert said.language != "it"
    assert all(one.environment is None for one in said.deployments)


def test_other_languages_are_read_as_before() -> None:
    said = opened("Please deploy ICM 11.0.4 to PRD on Tuesday 8 December 2026 at 21:00.")
    assert (said.kind, said.language) == (Kind.SCHEDULE_REQUEST, "en")
    assert said.deployments[0].environment == PRD


def test_what_its_machines_write_is_in_the_file_too() -> None:
    """`[automatic]`: a title that no shipped file knows."""
    note = mail("Torno lunedì.", None, "Subject: Biglietto del portinaio: Rilascio")
    assert sent_by(note) is None
    learn([{"language": "it", "automatic": {"title": ["Biglietto del portinaio"]}}])
    assert sent_by(note) is Automatic.OUT_OF_OFFICE


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ({"titles": ["x"]}, "no such key"),
        ({"title": "x"}, "a list of texts"),
        ({"title": ["!"]}, "no letters"),
        (3, "a table"),
    ],
)
def test_mistakes_in_what_machines_write_are_told(section: object, said: str) -> None:
    ((where, what),) = mistakes({"language": "it", "common": ["il"], "automatic": section})
    assert where[0] == "automatic"
    assert said in what
