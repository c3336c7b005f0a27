"""What was not clear, asked back in words that quote the mail (SCHED-1, POLICY-3)."""

from datetime import time
from zoneinfo import ZoneInfo

from dplmaild.deployment.owed import Facts
from dplmaild.deployment.said import Question
from dplmaild.deployment.terms import Field
from dplmaild.writing.clean import one_line
from dplmaild.writing.wording import Wording

_QUOTE_LIMIT = 160
_QUOTES = 4

# The reader knows more reasons for doubting a date than people need sentences for.
_SAID_AS = {
    **dict.fromkeys(("relative", "day_month_order", "year", "half_of_day", "midnight", "dst_doubled"), "ambiguous"),
    **dict.fromkeys(("several", "excluded", "unread"), "ambiguous"),
    **dict.fromkeys(("no_time", "stretch", "around"), "range"),
    "dst_gap": "nonexistent",
}


def questions_in_words(facts: Facts, wording: Wording) -> list[str]:
    """One sentence per question."""
    return [_question(question, facts, wording) for question in facts.questions]


def _question(question: Question, facts: Facts, wording: Wording) -> str:
    return wording.say(
        _sentence(question, wording),
        label=wording.label(question.field),
        quotes=[one_line(quote, _QUOTE_LIMIT) for quote in question.quotes[:_QUOTES]],
        readings=_readings(question, facts, wording),
    )


def _readings(question: Question, facts: Facts, wording: Wording) -> list[str]:
    when = facts.deployment.when
    if question.field is not Field.WHEN or when is None:
        return []
    local = [each.astimezone(ZoneInfo(wording.clock.zone)) for each in when.candidates[:_QUOTES]]
    if all(each.time() == time(0) for each in local):  # two readings of a day, no time of day was written
        return [wording.clock.day(each.date()) for each in local]
    return [wording.clock.moment(each) for each in local]


def _sentence(question: Question, wording: Wording) -> str:
    """The sentence for a reason; a rule ID (TYPE-2) asks which is meant, as the finding itself says what is wrong."""
    name = f"questions.{_SAID_AS.get(question.reason, question.reason)}"
    if question.reason.isupper():
        return "questions.rule"
    if name not in wording.phrases.names(name) or (not question.quotes and question.reason != "asap"):
        return name if question.reason == "answer_unclear" else "questions.unreadable"
    return name
