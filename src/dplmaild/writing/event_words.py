"""What a calendar shows of a deployment, in the words of a language (CAL)."""

from dplmaild.deployment.owed import Facts, Letter, LetterKind, Trigger
from dplmaild.writing.sheet import sheet_of
from dplmaild.writing.stated import component
from dplmaild.writing.wording import Wording


def event_words(facts: Facts, wording: Wording) -> tuple[str, str]:
    """The summary, and the description line by line; of downtime only what is known of the type (TYPE-4)."""
    about = Letter(LetterKind.CONFIRMED, (), wording.clock.language, "", facts, Trigger.OPS)
    sheet = sheet_of(about, wording)
    lines = [wording.fill("common.event_reference", sheet)]
    if sheet["downtime"]:
        lines.append(wording.fill("common.downtime", sheet))
    elif sheet["no_downtime"]:
        lines.append(wording.fill("common.no_downtime", sheet))
    lines += map(component, facts.deployment.components)
    return wording.fill("common.event", sheet), "\n".join(lines)
