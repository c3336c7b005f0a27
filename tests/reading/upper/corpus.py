"""The corpus: every mail of `tests/corpus` beside what a careful colleague reads in it (docs/evaluate.md)."""

import json
from collections.abc import Iterator
from pathlib import Path

from dplmaild.reading.evaluation import Case, case_of, shown, wanted

__all__ = ["FOLDER", "Case", "cases", "shown", "wanted"]

FOLDER = Path(__file__).parents[2] / "corpus"


def cases() -> Iterator[Case]:
    """Every mail of the corpus by name."""
    defaults = json.loads((FOLDER / "corpus.json").read_text("utf-8"))
    for path in sorted(FOLDER.glob("*.eml")):
        expectation = path.with_suffix(".json").read_text("utf-8")
        yield case_of(path.stem, path.read_bytes(), expectation, defaults)
