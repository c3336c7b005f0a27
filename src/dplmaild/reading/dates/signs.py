"""Words and marks between the parts of a moment: to, or, not, before, move; what is glue and what is a gap."""

from dplmaild.reading.dates.atoms import Sign, What
from dplmaild.reading.dates.phrases import Line, Setting
from dplmaild.reading.dates.scan import Found, is_hour, is_year
from dplmaild.reading.dates.tokens import Shape
from dplmaild.reading.dates.vocabulary import Word

_GLUE_MARKS = ",:()[]|*~\"_<>'"
_GLUE_WORDS = (
    Word.GLUE,
    Word.AT,
    Word.OF,
    Word.IN,
    Word.HOUR,
    Word.FROM,
    Word.DAY_NUMBER,
    Word.TIME_WORD,
    Word.BETWEEN,
    Word.LASTING,
)
_ONLY_OF_DATES = (
    *(
        Word.WEEKDAY,
        Word.WEEK,
        Word.DAYS,
        Word.WEEKS,
        Word.MONTHS,
        Word.ORDINAL,
        Word.NEXT,
        Word.AFTER_NEXT,
        Word.COMING,
        Word.NAMED_DAY,
    ),
    *(Word.PAST, Word.ADD, Word.DOUBTFUL_ADD, Word.AFTER, Word.MONTH_FROM_NOW),
)
_AFTER_A_NUMBER = (Word.OR, Word.TO, Word.DAYS, Word.WEEKS, Word.MONTHS)
_ABBREVIATED = (Word.MONTH, Word.WEEKDAY, Word.SHORT_WEEKDAY, Word.OR, Word.GLUE)  # Dez., Di., bzw., ca.
_AND = frozenset({"and", "und", "y", "i"})
_SIGNS = (
    (Word.MOVE, Sign.MOVE),
    (Word.INSTEAD, Sign.INSTEAD),
    (Word.NOT, Sign.EXCLUDED),
    (Word.BOUND_AFTER, Sign.BOUND_AFTER),
    (Word.OR, Sign.OR),
)


def sign(line: Line, at: int, setting: Setting, _before: What | None) -> Found:
    """What the token between two parts does; a gap when it does nothing we know."""
    token = line[at]
    if token.shape is Shape.MARK:
        return _mark(line, at, setting), at + 1
    if token.text in _AND and any(line.sense(before, Word.BETWEEN) for before in range(at - 8, at)):
        return (Sign.TO,), at + 1
    for word, meaning in _SIGNS:
        if line.sense(at, word):
            return (meaning,), at + 1
    to, bound = line.sense(at, Word.TO), line.sense(at, Word.BOUND)
    if to or bound:
        return (Sign.UNTIL if to and bound else Sign.TO if to else Sign.BOUND,), at + 1
    turns = _turns_a_date(line, at)
    if not turns and _leftover(line, at) and not line.sense(at, Word.GLUE, Word.DAY_NUMBER):
        return (Sign.LEFTOVER,), at + 1
    return ((), at + 1) if turns or line.sense(at, *_GLUE_WORDS) else ((Sign.GAP,), at + 1)


def _turns_a_date(line: Line, at: int) -> bool:
    """`El próximo 16/12/2026`, `am kommenden 16.12.`: before a date in digits or with its month it adds nothing."""
    if not line.sense(at, Word.NEXT, Word.COMING, Word.THIS):
        return False
    at = line.skip(at + 1, "", Word.GLUE, Word.DAY_NUMBER, Word.DAYS, most=1)
    by_name = line[at].shape is Shape.NUMBER and line.month(at + 1) is not None
    return line[at].shape in (Shape.ISO, Shape.DOTS, Shape.SLASH) or by_name


def _leftover(line: Line, at: int) -> bool:
    """Whether the token belongs to a date and was placed nowhere: the date beside it is then not understood."""
    if is_year(line, at):  # a year that belongs to no date, save that behind a time
        return Shape.CLOCK not in (line[at - 1].shape, line[at - 2].shape)
    if line[at].shape is Shape.NUMBER:
        joins = line.mark(at + 1, "-/&+") or line.sense(at + 1, *_AFTER_A_NUMBER) or line[at + 1].text in _AND
        of_weekday = line.sense(line.back(at - 1, ","), Word.WEEKDAY) is not None  # `Monday 21`, which fits no Monday
        return len(line[at].text) < 3 and (bool(joins) or of_weekday)
    if line[at].shape is Shape.DOTS and len(line[at].numbers) == 2:
        return is_hour(line, at + 2)  # `8.12. 10 Uhr` where no word says that it is a date
    number = line.sense(at, Word.NUMBER)
    return line.sense(at, *_ONLY_OF_DATES) is not None or (number is not None and number.value > 1)


def _mark(line: Line, at: int, setting: Setting) -> tuple[What, ...]:
    text, previous = line[at].text, line[at - 1]
    if text == "-":
        return (Sign.DASH,)
    if text in "/&+":
        return (Sign.OR,)
    if text == ".":
        abbreviated = any(sense.word in _ABBREVIATED for sense in previous.senses)
        joins = previous.shape is Shape.NUMBER or (abbreviated and len(previous.text) < 5) or len(previous.text) < 3
        return () if joins else (Sign.GAP,)
    if text == "," and setting.prose and line.sense(at - 1, Word.NOT):
        return (Sign.GAP,)  # `Mittwoch geht nicht, Donnerstag schon`
    if text == ";":
        return () if not setting.prose else (Sign.GAP,)
    return () if text in _GLUE_MARKS else (Sign.GAP,)
