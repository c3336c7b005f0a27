"""What letters of one's own can speak of, by which they are proofread."""

from collections.abc import Mapping
from functools import cache

from jinja2 import BaseLoader, Environment

from dplmaild.deployment.owed import LetterKind
from dplmaild.writing.moments import Clock
from dplmaild.writing.own import Known, Proof, proofread, used_in
from dplmaild.writing.phrases import FALLBACK, Phrases, layout_environment, letter_environment
from dplmaild.writing.samples import sample_letter
from dplmaild.writing.sheet import sheet_of
from dplmaild.writing.wording import Wording

_OF_LAYOUTS = frozenset({"groups", "language", "tone", "reply"})
_PAGES = "board/"  # no letters: they are drawn as they ship
_WITH_SHEET = ("letters.", "common.")  # sentences that are said with all the values of a letter


def proof_of(own: BaseLoader, shipped: BaseLoader, phrases: Mapping[str, Phrases]) -> Proof:
    """The files of `own` that come into force, and what is wrong with the others; `phrases` are those that ship."""
    names = frozenset[str]().union(*(each.names() for each in phrases.values()))
    plain = Environment(autoescape=False)  # noqa: S701 - sentences are looked at, none is rendered
    plain.filters["first_upper"] = str

    @cache
    def spoken(of: str) -> frozenset[str]:
        sources = (each.source(n) for each in phrases.values() for n in each.names(of))
        return used_in(plain, *sources)

    def values(of: str) -> frozenset[str]:
        if of.startswith("layout."):
            return _OF_LAYOUTS
        if of.endswith(".j2"):
            return of_letters | {"say"}
        return of_letters | spoken(of) if of.startswith(_WITH_SHEET) else spoken(of.partition(".")[0])

    content = letter_environment(shipped)
    layouts = {f"layout.{end}": layout_environment(shipped, html=end == "html") for end in ("txt", "html")}
    voice = Wording(phrases[FALLBACK], Clock(FALLBACK, "UTC", "UTC"))
    of_letters = frozenset(sheet_of(sample_letter(LetterKind.CONFIRMED, FALLBACK), voice))
    files = frozenset(name for name in shipped.list_templates() if not name.startswith(_PAGES))
    return proofread(own, Known(files, names, values, lambda path: layouts.get(path, content)))
