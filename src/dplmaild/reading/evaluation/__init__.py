"""A corpus held against the reader: mails beside what a careful colleague reads in them (docs/evaluate.md)."""

from dplmaild.reading.evaluation.case import Case, ExpectationError, case_of
from dplmaild.reading.evaluation.layouts import layout_of, program_of
from dplmaild.reading.evaluation.scores import CORE, Score, Value, scored
from dplmaild.reading.evaluation.shown import shown, wanted

__all__ = [
    "CORE", "Case", "ExpectationError", "Score", "Value", "case_of", "layout_of", "program_of", "scored", "shown",
    "wanted",
]  # fmt: skip
