"""A process that imports what the daemon imports, and nothing else."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import dplmaild.cli.running  # noqa: F401 - for its size alone
from bench.peak import tell

if __name__ == "__main__":
    tell(modules=len(sys.modules))
