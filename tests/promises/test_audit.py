"""P3: every mail ends somewhere, and the sum is what has arrived."""

import json

from click.testing import CliRunner

from dplmaild.cli import main
from promises.scenario import beats
from promises.sweep import Stage

# Counted by hand from the scenario: what must have become of its mails and articles.
ENDINGS = {
    "answered": 11,
    "asked": 2,
    "duplicate": 2,
    "left alone": 3,
    "recorded": 3,
    "triage": 2,
}


def test_the_sum_equals_what_arrived(scene: Stage) -> None:
    stand = scene.whole()
    said = CliRunner().invoke(main, ["--config", str(scene.folder / "desk.toml"), "audit", "--json"])
    lying = len(list((scene.folder / "inbox" / "new").iterdir()))
    assert said.exit_code == 0, said.output
    found = json.loads(said.stdout)
    articles = sum(not article.automatic for beat in beats() for article in beat.articles)
    assert found["all_messages"] == sum(found["messages"].values()) == lying + articles
    assert found["messages"] == ENDINGS
    assert found["look_at"] == []
    assert set(found["owed"]) == {"paid"}
    assert stand.letters.complaints == []


def test_the_scenario_is_what_it_says(scene: Stage) -> None:
    state = scene.whole().state
    ended = {case[2]: case[0] for case in state["cases"]}
    assert sorted(case[2] for case in state["cases"]) == ["cancelled", "cancelled", "instructed", "succeeded"]
    assert ended["succeeded"] == "DPL-2026-0001"
    reasons = [message[2] for message in state["messages"]]
    assert sum(reason.startswith("the same bytes") for reason in reasons) == 1
    assert sum(reason.startswith("the same words") for reason in reasons) == 1
    fired = [timer for timer in state["timers"] if not timer[4].startswith("dropped")]
    instructions = ["instruction deadline", "instruction reminder", "instruction reminder"]
    # The instructed one is never started: OPS is told before its start, and after it.
    assert sorted(timer[1] for timer in fired) == [*instructions, "start comes near", "start passed by"]
    ours = [article[3] for article in state["articles"] if article[3]]
    assert len(ours) == len(set(ours)) == 2
    assert len([row for row in state["workbook"] if row[2].startswith("DPL-")]) == 4
    assert len(state["calendar"]) == 4
