"""Labels: what they mean, with typos, and what they must not be taken for."""

import pytest

from dplmaild.deployment.terms import Field
from dplmaild.reading.fields.labels import match_label
from dplmaild.reading.lexicon import lexicon, squeeze
from reading.upper.mails import opened


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Type of deployment", "type"),
        ("Type of deploymnet", "type"),
        ("Enviroment", "environment"),
        ("Current (custom) ICM release version", "current_version"),
        ("Target (custom) ICM release version", "target_version"),
        ("Deploy App-Tier", "DeployAppTier"),
        ("INVALIDATE PAGECACHE", "InvalidatePageCache"),
        ("Custom release notes (migration path information and change log)", "release_notes"),
        ("Gewuenschter Termin", "when"),
        ("Verteiler", "mailing_list"),
        ("Versión de destino", "target_version"),
        ("Activitats especials", "special_activities"),
        ("The target version is", "target_version"),
        ("cartrigdes", "cartridges"),
    ],
)
def test_a_label_is_known(label: str, key: str) -> None:
    matched = match_label(label)
    assert matched is not None
    assert matched.key == key


@pytest.mark.parametrize(
    "label",
    [
        "Non-target version",
        "No target version",
        "Prototype",
        "Hello",
        "Old target version",
        "Desired time 11",
        "https",
        "Approved by",
        "Rollback version",
        "",
        "x" * 500,
    ],
)
def test_what_only_resembles_a_label_is_none(label: str) -> None:
    assert match_label(label) is None


def test_a_misspelt_label_is_less_sure_than_a_right_one() -> None:
    right, wrong = match_label("Environment"), match_label("Enviroment")
    assert right is not None
    assert wrong is not None
    assert wrong.sure < right.sure == 1.0


def test_a_label_may_name_its_environment_and_zone() -> None:
    dated, zoned = match_label("UAT date"), match_label("Desired date and time (CET)")
    assert dated is not None
    assert str(dated.environment) == "UAT"
    assert zoned is not None
    assert zoned.zone == "CET"


def test_every_language_has_every_label_and_our_forms_can_be_read_back() -> None:
    words = lexicon()
    for language in words.languages:
        for field in Field:
            label = words.printed.get((language, field.value), "")
            assert label, f"{language} has no label for {field}"
            assert words.labels[squeeze(label)].key == field.value


def test_no_alias_means_two_things() -> None:
    words = lexicon()
    for (language, key), printed in words.printed.items():
        assert words.labels[squeeze(printed)].key == key, (language, printed)


@pytest.mark.parametrize(
    "bullet", ["-", "*", "•", "‣", "▪", "○", "◦", "–", "→", "➔", "➤", "►", "◆", "❖", "✦", "»", "+"]
)
def test_a_list_below_its_label_is_read_to_its_end_whatever_its_bullet(bullet: str) -> None:
    lines = "\n".join(f"{bullet} {name}" for name in ("app_sf_shop", "bc_pricing", "ac_b2b"))
    (one,) = opened(f"Deployment instructions for PRD:\n\nTarget version: 11.0.4\nCartridges:\n{lines}\n").deployments
    assert one.options.cartridges == ("app_sf_shop", "bc_pricing", "ac_b2b")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Release code of conduct", id="a sentence that begins with a word of labels"),
        pytest.param("System is live", id="no value of the label before it"),
        pytest.param("Wait... code review first", id="dots of a thought"),
    ],
)
def test_few_words_are_not_a_label_with_its_value(text: str) -> None:
    said = opened(f"Please deploy 11.0.4 to PRD.\n\n{text}\n")
    assert not {found.place.label for found in said.found} & {"Release", "System", "Wait"}
