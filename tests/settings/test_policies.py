"""Profiles written on another, and what is told of those that cannot be used: the place and the reason."""

from pathlib import Path

import pytest

from dplmaild.deployment.profile import Profile
from dplmaild.deployment.terms import DeploymentType, Field
from dplmaild.settings.policies import profiles_of
from dplmaild.settings.problems import Files

SHIPPED = Path(__file__).parents[2] / "config" / "profiles"


def read(folder: Path, *texts: str) -> tuple[dict[str, Profile], list[tuple[str, int | None, str]]]:
    """The profiles with these written besides the shipped ones; problems as (file, line, text)."""
    for number, text in enumerate(texts):
        (folder / f"{number}.toml").write_text(text, "utf-8")
    found = Files()
    profiles = profiles_of(found, [SHIPPED, folder])
    return profiles, [(p.file.name, p.line, p.text) for p in found.problems]


CHILD = 'id = "child"\nextends = "caas"\n'


def test_one_key_is_changed_and_the_rest_stays(tmp_path: Path) -> None:
    profiles, problems = read(tmp_path, CHILD + "[types.full.lead]\nat_least = 10\n")
    assert problems == []
    child, caas = profiles["child"], profiles["caas"]
    assert child.types[DeploymentType.FULL].lead.at_least == 10  # type: ignore[union-attr]
    assert child.types[DeploymentType.FULL].lead.recommended == 14  # type: ignore[union-attr]
    unlike = {name for name in Profile.model_fields if getattr(child, name) != getattr(caas, name)}
    assert unlike == {"id", "extends", "types"}


def test_lists_are_changed_in_part(tmp_path: Path) -> None:
    text = CHILD + 'without.instruction_fields = ["cartridges"]\n[[add.instruction_fields]]\nfield = "rollback"\n'
    text += '[[add.performs]]\nenvironments = ["PRD"]\ntypes = ["code"]\nby = "partner"\n'
    profiles, problems = read(tmp_path, text)
    assert problems == []
    child, caas = profiles["child"], profiles["caas"]
    fields = [requirement.field for requirement in caas.instruction_fields]
    fields.remove(Field.CARTRIDGES)
    assert [requirement.field for requirement in child.instruction_fields] == [*fields, Field.ROLLBACK]
    assert child.performs[1:] == caas.performs  # the first cell that fits counts: what is added goes before


def test_a_grandchild_and_one_that_takes_the_place_of_a_shipped_one(tmp_path: Path) -> None:
    grandchild = 'id = "grandchild"\nextends = "child"\nwithout.rules = ["DAY-2"]\n'
    own = 'id = "caas"\nextends = "caas"\n[rules]\nDAY-3 = { severity = "warns" }\n'
    profiles, problems = read(tmp_path, grandchild, CHILD + 'title = "Ours"\n', own)
    assert problems == []
    assert profiles["grandchild"].title == "Ours"
    assert "DAY-2" not in profiles["grandchild"].rules
    assert profiles["caas"].rules["DAY-3"].severity == "warns"
    assert profiles["child"].rules["DAY-3"].severity == "warns"  # written on the desk's own, not on the shipped one


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        pytest.param('id = "x"\nextends = "nobody"\n', 2, "there are caas, prod", id="no such base"),
        pytest.param('id = "x"\nextends = "x"\n', 2, "no profile 'x'", id="written on itself"),
        pytest.param(CHILD + 'colour = "blue"\n', 3, "there is no such key", id="an unknown key"),
        pytest.param(CHILD + 'without.rules = ["DAY-9"]\n', 3, "no 'DAY-9' to be taken away", id="nothing to take"),
        pytest.param(CHILD + 'without.zone = ["x"]\n', 3, "a list of names", id="no list"),
        pytest.param(CHILD + 'add.title = ["x"]\n', 3, "entries to be added", id="nothing to add to"),
        pytest.param(CHILD + "add = 1\n", 3, "a table is wanted", id="no table"),
        pytest.param(CHILD + 'without.types = ["hotfix"]\n', None, "there is no type hotfix", id="a type that is used"),
        pytest.param(CHILD + "[types.full]\nweekdays = []\n", 4, "at least 1 item", id="no weekday left"),
        pytest.param(CHILD + '[types.full]\nduration = "9h"\n', 3, "fit into any", id="longer than its opening"),
        pytest.param(CHILD + "[types.code.lead]\nrecommended = 1\n", 3, "less than at_least", id="advice below duty"),
        pytest.param(CHILD + "[types.code.lead]\nat_least = 366\n", 3, "past horizon", id="notice past it"),
        pytest.param(CHILD + "[instructions]\ndue = { working_days_before = 0 }\n", 4, "after the start", id="late"),
        pytest.param(CHILD + '[may.decide]\ndeployment_manager = "no"\n', 3, "nobody may give", id="nobody decides"),
        pytest.param(CHILD + '[[add.instruction_fields]]\nfield = "mood"\n', None, "no field mood", id="no such field"),
        pytest.param(CHILD + '[block]\nlast = "UAT"\n', 3, "both UAT", id="a block of one step"),
        pytest.param(CHILD + 'slas = ["gold"]\n', None, "there is no level premium", id="a level that is used"),
    ],
)  # fmt: skip
def test_what_is_refused(tmp_path: Path, text: str, line: int | None, says: str) -> None:
    if "fit into any" in says:
        text += "openings = [{ since = 09:00:00, until = 17:00:00 }]\n"
    profiles, problems = read(tmp_path, text)
    assert [p for p in problems if says in p[2] and p[0] == "0.toml"], problems
    assert ("0.toml", line) in {(p[0], p[1]) for p in problems if says in p[2]}
    assert set(profiles) == {"caas", "prod"}


def test_two_written_on_each_other(tmp_path: Path) -> None:
    _, problems = read(tmp_path, 'id = "one"\nextends = "two"\n', 'id = "two"\nextends = "one"\n')
    assert {p[0] for p in problems} == {"0.toml", "1.toml"}
    assert all("written on itself" in p[2] for p in problems)


FIELD = '[[fields]]\nname = "change"\ntitle = { en = "Change" }\n'
RULE = '[[own_rules]]\nid = "OURS-1"\nfield = "change"\nseverity = "blocks"\nwords = { en = "No." }\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param(FIELD + RULE, "one demand", id="no demand"),
        pytest.param(FIELD + RULE + 'is_yes = true\none_of = ["a"]\n', "one demand", id="two demands"),
        pytest.param(FIELD + RULE + "is_yes = true\n", "kind text does not say", id="a yes of a text"),
        pytest.param(RULE + 'one_of = ["a"]\n', "none of the profile's own fields", id="no such field"),
        pytest.param(FIELD + FIELD, "twice", id="a field twice"),
        pytest.param(FIELD + (RULE + 'one_of = ["a"]\n') * 2, "twice", id="a rule twice"),
        pytest.param(FIELD.replace("change", "when"), "a field already", id="a field that ships"),
        pytest.param(FIELD.replace('"change"', '"My change"'), "small letters", id="no name"),
        pytest.param(FIELD.replace("en =", "de ="), "in English at least", id="no English"),
        pytest.param(FIELD.replace("Change", "{{ facts }}"), "without braces", id="a template"),
        pytest.param(FIELD + RULE.replace("OURS-1", "DAY-3") + 'one_of = ["a"]\n', "rule already", id="a shipped rule"),
        pytest.param(
            FIELD.replace("title", 'kind = "day"\ntitle') + RULE + 'ahead = { days = 1, count = "hours" }\n',
            "not hours", id="a day that lies hours ahead"),
    ],
)  # fmt: skip
def test_own_fields_and_rules_that_are_refused(tmp_path: Path, text: str, says: str) -> None:
    _, problems = read(tmp_path, CHILD + text)
    assert any(says in p[2] for p in problems), problems


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param('[types.code]\nnames = ["hotfix"]\n', "'hotfix' means hotfix already", id="another type's word"),
        pytest.param('[types.code]\nnames = ["--"]\n', "has no letters", id="no word"),
        pytest.param('[environments]\nLIVE = ["acceptance"]\n', "means UAT already", id="another environment's word"),
        pytest.param(FIELD.replace("Change", "Type"), "means type already", id="another field's label"),
        pytest.param(FIELD.replace("Change", "C"), "too short", id="one letter"),
    ],
)
def test_words_that_mean_something_else(tmp_path: Path, text: str, says: str) -> None:
    _, problems = read(tmp_path, CHILD + text)
    assert any(says in p[2] for p in problems), problems


def test_the_label_of_a_text_may_be_taken_for_a_field_of_ones_own(tmp_path: Path) -> None:
    _, problems = read(tmp_path, CHILD + FIELD.replace("Change", "Explanation of the fix"))
    assert problems == []


def test_one_field_meant_in_two_ways(tmp_path: Path) -> None:
    other = CHILD.replace("child", "other") + FIELD.replace("title", 'kind = "day"\ntitle')
    _, problems = read(tmp_path, CHILD + FIELD, other)
    assert [(p[0], "another field than that of child" in p[2]) for p in problems] == [("1.toml", True)]
