"""Every branch of the rules and of the working days is taken by their own tests."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
RULES = "tests/deployment/rules"
COVERED = ("dplmaild.deployment.rules", "dplmaild.deployment.workdays")


def test_no_branch_of_the_rules_is_left_out(tmp_path: Path) -> None:
    """In a process of its own, where nothing of them is loaded yet; without the properties and the long walks."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", RULES]
    words += ["--deselect", f"{RULES}/test_properties.py", "-k", "not whatever_is_asked and not come_to_the_verdict"]
    words += ["-p", "no:xdist", "--cov-branch", "--cov-config=/dev/null"]
    words += ["--cov-report=term-missing:skip-covered", *(f"--cov={name}" for name in COVERED)]
    environment = {**outside, "COVERAGE_FILE": str(tmp_path / "coverage")}
    run = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-3000:]
    total = next(line for line in run.stdout.splitlines() if line.startswith("TOTAL"))
    assert total.split()[-1] == "100%", run.stdout[-3000:]
