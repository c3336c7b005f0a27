"""The four languages are complete and equal: no sentence is missing, none is left in English, none says less."""

import re
from itertools import cycle

import pytest
from jinja2 import DictLoader, meta, nodes

from dplmaild.deployment.owed import LetterKind
from dplmaild.deployment.terms import Field
from dplmaild.writing.gallery import check_all, gallery
from dplmaild.writing.letters import FOR_OPS, Letters
from dplmaild.writing.message import message_bytes
from dplmaild.writing.moments import Clock
from dplmaild.writing.own import Fault
from dplmaild.writing.phrases import FILES, LANGUAGES
from dplmaild.writing.samples import sample_letter
from writing.build import DESK, LETTERS, LETTERS_ENV, OF_NO_DEPLOYMENT, SLOT, TEMPLATES

BERLIN = "Europe/Berlin"

OTHERS = [language for language in LANGUAGES if language != "en"]
NAMES = sorted(LETTERS.phrases("en").names())
NO_SLOT = {*OF_NO_DEPLOYMENT, LetterKind.NO_PROCEDURE}
# Words that one language has and none of the other three, the commonest ones and those of the trade.
_ONLY = {
    "en": "the and with you your is are of there this that these from were has have be been by it its not to for "
    "which we us what when where until before after still again",
    "de": "der die das und ist sind nicht wird werden wurde Sie Ihr Ihre Ihnen wir ein eine einen für mit auf von "
    "zu zum zur bei bis noch schon kein keine auch oder aber wenn dass",
    "es": "y los las con para por usted quién empieza también todavía trabaja dentro mejor todas todos su sus está "
    "están hasta pero cuando porque sin ya muy antes después fecha despliegue despliegues entorno entornos versión "
    "ventana pruebas cambios misma hay puede aún nada día días horario ejecuta ninguna prueba según registro "
    "ese esa haya ahora conoce llegó pidió así último cuenta lejos salvo",
    "ca": "els amb per vostra vostre vostres us és són fins però quan perquè sense ho hi molt abans després data hem "
    "desplegament desplegaments entorn entorns versió finestra proves canvis mateixa pot encara res dia dies horari "
    "desplega aquest aquesta d l n instruccions qui què ningú ofertes",
}
# Names, codes and words of the trade that are the same in two languages.
_SAME = re.compile(
    r"labels\.(DeployAppTier|DeployWebTier|InvalidatePageCache|DBMigrate|cartridges|release_notes)"
    r"|common\.(subject|deployment)|findings\.kept\.PRE-5|words\.(type|term|role|subject|answer)\..*|words\.reply\..*"
    r"|words\.state\.\w+|policy\..*|findings\.kept\.own|letters\.\w+\.next|letters\.digest\.lead"
    r"|board\.(desk|reference)"
)


def words_of(source: str) -> set[str]:
    """The words of a sentence as they would be read, without what is filled in."""
    texts = (node.data for node in LETTERS_ENV.parse(source).find_all(nodes.TemplateData))
    return set(re.findall(r"[^\W\d_]+", " ".join(texts)))


def foreign(source: str, language: str) -> dict[str, set[str]]:
    """Words of other languages in a sentence, by language."""
    words = {word.lower() for word in words_of(source)}
    own = {word.lower() for word in _ONLY[language].split()}
    found = {other: words & ({w.lower() for w in _ONLY[other].split()} - own) for other in _ONLY if other != language}
    return {other: hits for other, hits in found.items() if hits}


def test_the_shipped_templates_are_whole() -> None:
    assert check_all(LETTERS) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_sentence_with_the_same_values(language: str) -> None:
    phrases, english = LETTERS.phrases(language), LETTERS.phrases("en")
    assert phrases.names() == set(NAMES)
    assert {f"labels.{field.value}" for field in Field} <= phrases.names()
    different = [name for name in NAMES if used(phrases.source(name)) != used(english.source(name))]
    assert different == []


def used(source: str) -> set[str]:
    """The values a sentence speaks of."""
    return meta.find_undeclared_variables(LETTERS_ENV.parse(source)) - {"where"}


@pytest.mark.parametrize(("language", "file"), list(zip(cycle(OTHERS), FILES, strict=False)))
def test_a_sentence_that_a_language_lacks_is_named(language: str, file: str) -> None:
    names = [name for name in TEMPLATES.list_templates() if not name.endswith(".xlsx")]
    files = {name: TEMPLATES.get_source(LETTERS_ENV, name)[0] for name in names}
    lines = files[f"{language}/{file}.toml"].splitlines()
    last = max(number for number, line in enumerate(lines) if re.match(r"[\w-]+ = ", line))
    files[f"{language}/{file}.toml"] = "\n".join(lines[:last] + lines[last + 1 :])
    broken = Letters(DictLoader(files), reply_to=DESK)
    gone = sorted(LETTERS.phrases(language).names() - broken.phrases(language).names())
    assert len(gone) == 1
    assert Fault(language, f"no sentence for {gone[0]}") in check_all(broken)


@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_is_left_in_english(language: str) -> None:
    english, own = LETTERS.phrases("en"), LETTERS.phrases(language)
    said = [name for name in NAMES if words_of(english.source(name)) and not _SAME.fullmatch(name)]
    same = [name for name in said if own.source(name) == english.source(name)]
    assert same == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_has_words_of_another_language(language: str) -> None:
    own = LETTERS.phrases(language)
    found = {name: strange for name in NAMES if (strange := foreign(own.source(name), language))}
    assert found == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("other", LANGUAGES)
def test_that_look_finds_a_sentence_of_another_language(language: str, other: str) -> None:
    """Put into another language's files, nine of ten sentences of five words or more would be found."""
    if language == other:
        return
    long = [each for name in NAMES if len(words_of(each := LETTERS.phrases(other).source(name))) >= 5]
    found = [each for each in long if other in foreign(each, language)]
    assert len(found) >= 0.9 * len(long)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [k for k in LetterKind if k not in NO_SLOT])
def test_the_first_line_names_state_place_and_slot_in_each_language(kind: LetterKind, language: str) -> None:
    """SEE-1, in the words of the language; what OPS reads is English."""
    first = LETTERS.render(sample_letter(kind, language)).text.splitlines()[0]
    spoken = "en" if kind in FOR_OPS else language
    state, _, rest = first.partition(": ")
    assert state == state.upper()
    assert rest.startswith("PRD, ")
    assert Clock(spoken, BERLIN, BERLIN).window(SLOT) in rest


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_of_a_mail_is_longer_than_a_mail_server_takes(language: str) -> None:
    for name, letter, written in gallery(LETTERS, [language]):
        raw = message_bytes(
            letter, written, message_id="<1@example.org>", sender=DESK, sender_name="Desk", reply_to=DESK,
            date=SLOT.start, loop_mark="test",
        )  # fmt: skip
        assert max(map(len, raw.split(b"\r\n"))) <= 998, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_say_the_same_things(language: str) -> None:
    """A letter has as many lines, items and slots in each language as in English, sample by sample."""
    here, english = (shape(each) for each in (language, "en"))
    assert here == english


def shape(language: str) -> dict[str, list[str]]:
    """How each letter's text is built: what its lines begin with, without their words."""
    return {
        name.partition("/")[2]: [re.sub(r"[^-\d.].*", "", line) if line else "" for line in written.text.splitlines()]
        for name, _, written in gallery(LETTERS, [language])
    }
