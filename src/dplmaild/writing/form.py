"""The form to fill in by replying: `Label:` lines below a mark that the reader knows again (SEE-3)."""

from dplmaild.deployment.owed import Facts, LetterKind
from dplmaild.deployment.terms import Field
from dplmaild.writing.clean import LABEL_VALUE_LIMIT, one_line
from dplmaild.writing.stated import stated
from dplmaild.writing.wording import Wording


def form_of(kind: LetterKind, facts: Facts, wording: Wording) -> list[tuple[str, str]]:
    """The form's lines as (label, value): what is missing or doubted, empty; for ADOPT all that is known, filled in.

    A doubted value is never filled in where it is asked about: sent back untouched it would read as an answer.
    """
    doubted = {question.field for question in facts.questions}
    asked = {*facts.missing, *doubted}
    known = stated(facts.deployment, wording) if kind is LetterKind.ADOPT else {}
    known = {field: value for field, value in known.items() if field not in doubted}
    own = sorted({field for field in (*asked, *known) if field not in Field.shipped})
    shown = [field for field in (*Field, *own) if field in asked or field in known]
    return [(wording.label(field), one_line(known.get(field, ""), LABEL_VALUE_LIMIT)) for field in shown]
