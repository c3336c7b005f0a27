"""The service as systemd sees it: ready, alive, reloaded, stopped, hardened."""

import re
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from daemon.service import CONFIG, CUSTOMER, PATIENCE, configured, started

pytestmark = pytest.mark.long

UNIT = Path(__file__).parents[2] / "systemd" / "dplmaild.service"

REQUEST = b"""Authentication-Results: mx.example.org; dmarc=pass header.from=agency.example.net
From: nora@agency.example.net
To: servicedesk@example.org
Subject: PWA
Message-ID: <q@agency.example.net>

Please schedule a deployment on PRD for us.

Type of deployment: code
"""


def test_it_says_when_it_is_ready_and_that_it_is_alive(tmp_path: Path) -> None:
    configured(tmp_path)
    with started(tmp_path) as service:
        assert service.said("READY=1") == "READY=1"
        assert service.said("WATCHDOG=1") == "WATCHDOG=1"


def test_sigterm_ends_it_with_everything_settled(tmp_path: Path) -> None:
    configured(tmp_path)
    with started(tmp_path) as service:
        service.said("READY=1")
        service.receive("request", REQUEST)
        service.event("decided")
        service.signal(signal.SIGTERM)
        service.said("STOPPING=1")
        assert service.process.wait(PATIENCE) == 0
        assert service.events()[-1]["event"] == "stopped"
        assert len(service.sent()) == 1


def test_sighup_takes_a_good_configuration_and_keeps_the_old_one_against_a_bad_one(tmp_path: Path) -> None:
    path = configured(tmp_path)
    with started(tmp_path) as service:
        service.said("READY=1")
        path.write_text(CONFIG + '\n[desk2]\nnothing = "known"\n')
        service.signal(signal.SIGHUP)
        refused = service.event("configuration refused, the old one stays in force")
        assert [p for p in refused["problems"] if "desk2" in p]
        service.receive("request", REQUEST)
        assert service.event("decided")["outcome"] == "asked"
        configured(tmp_path, customer=CUSTOMER.replace("nora@", "olga@"))
        service.signal(signal.SIGHUP)
        service.event("configuration read again")
        service.receive("again", REQUEST.replace(b"<q@", b"<r@").replace(b"code", b"hotfix"))
        assert [event["outcome"] for event in service.decided(2)] == ["asked", "triage"]


def test_sighup_takes_words_of_the_configuration(tmp_path: Path) -> None:
    path, dialect = configured(tmp_path), REQUEST.replace(b"Please schedule a deployment", b"Bazelts uns wos nei")
    with started(tmp_path) as service:
        service.said("READY=1")
        service.receive("before", dialect.replace(b"Type of deployment: code", b""))
        service.decided(1)
        (tmp_path / "words").mkdir()
        (tmp_path / "words" / "dialect.toml").write_text('language = "de"\n[phrases]\nask = ["bazelts .. nei"]\n')
        path.write_text('lexicon_folder = "words"\n' + CONFIG)
        service.signal(signal.SIGHUP)
        service.event("configuration read again")
        service.receive("after", dialect.replace(b"Type of deployment: code", b"").replace(b"<q@", b"<r@"))
        assert [event["outcome"] for event in service.decided(2)] == ["left alone", "asked"]


def test_a_broken_letter_of_ones_own_is_named_at_start_and_a_mended_one_counts_from_sighup_on(tmp_path: Path) -> None:
    configured(tmp_path, config='letters_folder = "own"\n' + CONFIG)
    sentence = tmp_path / "own" / "en" / "letters.toml"
    sentence.parent.mkdir(parents=True)
    sentence.write_text('[asked]\nlead = "Hello {{ nobody }}"\n')
    with started(tmp_path) as service:
        service.said("READY=1")
        refused = service.event("own letter refused, the shipped one stands in")
        assert f"{sentence}:2: asked.lead: there is no value 'nobody'" in refused["problem"]
        service.receive("request", REQUEST)
        service.event("settled")
        assert b"Thank you for your request." in service.sent()[0]
        sentence.write_text('[asked]\nlead = "Hello {{ reference }}"\n')
        service.signal(signal.SIGHUP)
        service.event("configuration read again")
        service.receive("again", REQUEST.replace(b"<q@", b"<r@").replace(b"code", b"hotfix"))
        service.decided(2)
        service.signal(signal.SIGTERM)
        assert service.process.wait(PATIENCE) == 0
        assert b"Hello DPL-" in service.sent()[1]


@pytest.mark.parametrize(
    ("config", "problem"),
    [
        pytest.param(CONFIG.replace("[ops]", "[opps]"), "opps", id="a table that does not exist"),
        pytest.param(CONFIG + "\n[", "TOML", id="a file that is no TOML"),
        pytest.param(CONFIG.replace("TH", "XX"), "XX", id="a region that does not exist"),
    ],
)
def test_a_wrong_configuration_is_refused_at_start(tmp_path: Path, config: str, problem: str) -> None:
    configured(tmp_path, config=config)
    with started(tmp_path) as service:
        assert service.process.wait(PATIENCE) == 3
        told = service.log.read_text()
    assert problem in told
    assert re.search(r"dplmaild\.toml(:\d+)?:", told)
    assert "Traceback" not in told


def test_the_unit_is_hardened() -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed here")
    command = ["systemd-analyze", "security", "--offline=true", str(UNIT)]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    found = re.search(r"Overall exposure level for \S+: ([\d.]+)", told)
    assert found is not None, told
    assert float(found[1]) <= 1.5
