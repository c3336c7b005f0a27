"""Values of single fields: from written words to yes or no, versions, types, environments, durations, lists.

Every function answers None where the words do not say it clearly; the caller asks back then.
"""

import re
from datetime import timedelta

from rapidfuzz.distance import OSA

from dplmaild.deployment.terms import Component, DeploymentType, Environment, Product, Version
from dplmaild.reading.lexicon import Hit, Scan, joined, lexicon

_PARENTHESES = re.compile(r"[(\[]([^()\[\]]{0,400})[)\]]")
_TICK = re.compile(r"^\s*(?:[✓✔☑✅]\ufe0f?|\[\s?[xX✓✔]\s?\]|[xX])\s*$")
_CROSS = re.compile(r"^\s*(?:[✗✘☒❌✖]\ufe0f?|\[\s?\]|☐)\s*$")
_WEAK_SWITCHES = frozenset({"on", "off", "an", "aus", "s", "y", "n", "j", "1", "0", "done", "must", "muss"})
# A release number: two to six numeric parts, one blank tolerated before the third (as printed in the guide), a suffix.
_VERSION = re.compile(
    r"(?<![\w.,/-])[vV]?(\d{1,9}\.\d{1,9}(?:\.\s?\d{1,9})?(?:\.\d{1,9}){0,3}"
    r"(?:[-_+][\w.+-]{0,40}\w|[A-Za-z]\w{0,20}|\.[A-Za-z]\w{0,20})?)(?![\w/]|\.\d)"
)
_CALENDAR_DAY = re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?(?:19|20)\d\d")
_LONE_NUMBER = re.compile(r"^\s*[vV]?(\d{1,6}(?:[-_]\w[\w.+-]{0,40})?)\s*$")
# `<please fill in>`, `[your answer]`, `____`
_TO_FILL_IN = re.compile(r"^\s*(?:<[^<>@:/]{0,80}>|\[[^\]@:/]{4,80}\]|\{[^{}]{0,80}\}|_{2,40}|\.{3,40})\s*$")
_OPEN_VERSION = re.compile(r"\d\s?\.\s?[xX*](?![\w])")
ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w-])")
_COMPONENT = re.compile(
    r"^(?P<name>\D.{0,120}?)[\s:=,(]{1,6}[vV]?(?P<version>\d{1,9}(?:\.\d{1,9}){1,5}[\w.+-]{0,40})\)?$"
)
_LIST_BREAK = re.compile(r"[,;\n]|\s/\s")
_COMMA = re.compile(r"[,;]\s")
_CLAUSE = re.compile(r"[,;\n]|\s(?:and|but|und|aber|y|pero|i|però)\s")
_WORD_AND = re.compile(r"\s(?:and|und|y|i)\s")
_DURATION = re.compile(r"(\d{1,4}(?:[.,]\d{1,2})?)\s*([a-zA-Zíéóáç]{1,9})")
_ONE_LENGTH = re.compile(r"\s{0,3}(?:(?:and|und|y|i|,)\s{1,3})?")  # between the hours and the minutes of one length
_CLOCK_LENGTH = re.compile(r"^\s*(\d{1,2}):(\d{2})\s*(?:h|hours|Stunden|horas|hores)\s*$")
_SYN = DeploymentType("syn")  # the synchronisation before a deployment
_LEAST_MISSPELT, _MOST_MISSPELT = 5, 30  # letters
_EDGES = " \t\r\n.,;:*_'\"´`"


def bare(text: str) -> str:
    """A value without blanks, stars and full stops at its ends."""
    return text.strip(_EDGES)


def is_placeholder(text: str) -> bool:
    """Whether the text only holds a place: empty, `tbd`, `-`, `?`, `n/a`, `...`."""
    nothing = not joined(text) and not (_TICK.match(text) or _CROSS.match(text))
    return nothing or bool(_TO_FILL_IN.match(text)) or lexicon().in_list("placeholder", text)


def is_none_word(text: str) -> bool:
    """Whether the text says that there is nothing: `none`, `keine`, `ninguna`, `-`."""
    return text.strip() in ("-", "–", "—", "--", "./.", "/") or lexicon().in_list("none", text)


def without_parentheses(text: str) -> tuple[str, tuple[str, ...]]:
    """The text outside parentheses, and what stood inside."""
    return _PARENTHESES.sub(" ", text), tuple(_PARENTHESES.findall(text))


def yes_no(text: str) -> bool | None:
    """Yes or no; None when it is neither or both (`maybe`, `yes, if needed`)."""
    if _TICK.match(text):
        return True
    if _CROSS.match(text):
        return False
    head = without_parentheses(text)[0]
    if head.rstrip().endswith("?"):
        return None
    words = lexicon()
    if words.in_list("does", head):  # `Page cache: invalidate`
        return True
    if words.in_list("yes", head) or words.in_list("no", head):
        return words.in_list("yes", head)
    return _yes_no_in(words.scan(head))


def _yes_no_in(scan: Scan) -> bool | None:
    if scan.has("unclear"):
        return None
    no = tuple(hit for hit in scan.of("no") if hit.group == "no")
    yes = tuple(hit for hit in scan.of("yes") if hit.group == "yes" and not _covered(hit, no))
    if bool(no) == bool(yes):
        return None
    first = (yes or no)[0]
    word = scan.tokens[first.first].word
    alone_is_weak = first.first == first.last and (word in _WEAK_SWITCHES or first.first > 0)
    return None if alone_is_weak else bool(yes)


def _covered(hit: Hit, others: tuple[Hit, ...]) -> bool:
    return any(other.first <= hit.first and hit.last <= other.last for other in others)


def versions_in(text: str) -> tuple[str, ...]:
    """Every release number in a text in order, blanks after dots taken out; calendar days are none."""
    return tuple(versions_placed(text))


def versions_placed(text: str) -> dict[str, int]:
    """The same, each with the place where its first character stands first."""
    placed: dict[str, int] = {}
    for found in _VERSION.finditer(text):
        if not _CALENDAR_DAY.fullmatch(found[1]):
            placed.setdefault("".join(found[1].split()), found.start(1))
    return placed


def version(text: str) -> Version | None:
    """The one release number in a value; None when there is none, several, or an open one (`11.0.x`)."""
    if _OPEN_VERSION.search(text):
        return None
    head, inside = without_parentheses(text)
    if len(versions_in(head)) == 1 and not any(lexicon().scan(part).has("unclear") for part in inside):
        text = head  # `11.0.3 (not 11.0.2 as written)`
    found = versions_in(text) or tuple(m[1] for m in (_LONE_NUMBER.match(text),) if m)
    return Version(found[0]) if len(found) == 1 else None


def deployment_type(text: str) -> DeploymentType | None:
    """The type a value names; parentheses only count when the words outside them say nothing."""
    head, inside = without_parentheses(text)
    if head.rstrip().endswith("?") or any(lexicon().scan(part).has("unclear") for part in inside):
        return None  # `code?`, `code (I think)`
    for part in (head, *inside):
        scan = lexicon().scan(part)
        named = _types_in(scan)
        if named:
            return next(iter(named)) if len(named) == 1 and not scan.has("unclear") else None
    meant = _misspelt("types", head)
    return DeploymentType(meant) if meant else None


def _misspelt(name: str, text: str) -> str | None:
    """The one member of a class from which a single word is one slip away: `prodcution`, `hotifx`."""
    word = joined(text)
    if not _LEAST_MISSPELT <= len(word) <= _MOST_MISSPELT or " " in word:
        return None
    near = {
        member
        for alias, member in lexicon().classes[name].items()
        if abs(len(alias) - len(word)) <= 1 and " " not in alias and OSA.distance(word, alias, score_cutoff=1) <= 1
    }
    return next(iter(near)) if len(near) == 1 else None


def _types_in(scan: Scan) -> set[DeploymentType]:
    negated = {hit.last + 1 for hit in scan.of("negation") if hit.group == "negation"}
    named = set[DeploymentType]()
    reach = -1
    for hit in scan.of("types."):  # longest first: "code and database" hides "code"
        if hit.first > reach:
            reach = hit.last
            if hit.first not in negated:
                named.add(DeploymentType(hit.group.removeprefix("types.")))
    together = {DeploymentType.HOTFIX, DeploymentType.CODE}  # a hotfix is a small code deployment
    alternatives = scan.has("unclear") or "/" in scan.text
    if named == together and not alternatives:
        return {DeploymentType.HOTFIX}
    return named - {_SYN} if len(named) > 1 and not alternatives else named  # `full incl. SYN` is full: SYN is a step


def products(text: str) -> tuple[Product, ...]:
    """Every product a value names, in order."""
    found = (Product(hit.group.removeprefix("products.")) for hit in lexicon().scan(text).of("products."))
    return tuple(dict.fromkeys(found))


_NAME = re.compile(r"^[A-Z][A-Z0-9_-]{1,11}$")


def environments(text: str) -> tuple[Environment, ...]:
    """Every environment a value names, in order; an upper-case name we do not know is one of the customer's own."""
    found = known_environments(text)
    if not found and _NAME.match(bare(text)) and not products(text):
        return (Environment(bare(text)),)
    if not found and (meant := _misspelt("environments", text)):
        return (Environment(meant),)
    return found


def known_environments(text: str) -> tuple[Environment, ...]:
    """The environments of a value that the vocabulary knows, in order."""
    found: list[Environment] = []
    reach = -1
    for hit in lexicon().scan(text).of("environments."):
        if hit.first > reach:
            reach = hit.last
            found.append(Environment(hit.group.removeprefix("environments.")))
    return tuple(dict.fromkeys(found))


def environments_meant(text: str) -> tuple[Environment, ...]:
    """The environments of a value, without those it refuses (`not PRD, UAT`); of `UAT -> PRD` it is not clear which."""
    if any(arrow in text for arrow in ("->", "=>", "→", "➔", "⇒")):
        return ()
    return environments_said_yes(text) if lexicon().scan(text).has("negation") else environments(text)


def environments_said_yes(text: str) -> tuple[Environment, ...]:
    """The environments of a list without those it says no to: `INT yes, UAT no`."""
    head, inside = without_parentheses(text)
    parts = [part for part in (*_CLAUSE.split(head), *inside) if part.strip()]
    yes = (part for part in parts if not lexicon().scan(part).has("negation"))
    return tuple(dict.fromkeys(environment for part in yes for environment in environments(part)))


def duration(text: str) -> timedelta | None:
    """A length of time: `30 min`, `1h 30`, `1.5 hours`, `media hora`; None when no unit is named."""
    clock = _CLOCK_LENGTH.match(text)
    if clock:
        return timedelta(hours=int(clock[1]), minutes=int(clock[2]))
    units = lexicon().classes["units"]
    total, end = timedelta(), -1
    for found in _DURATION.finditer(text):
        if (name := units.get(joined(found[2]))) not in _UNIT:
            continue
        if end >= 0 and not _ONE_LENGTH.fullmatch(text, end, found.start()):
            break  # `5 hours, please plan 60 minutes for our tests`: the second is another length
        total += float(found[1].replace(",", ".")) * _UNIT[str(name)]
        end = found.end()
    return total or _worded_duration(text)


_UNIT = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}
_WORDED = {
    "half_more": timedelta(minutes=90),
    "half_hour": timedelta(minutes=30),
    "quarter": timedelta(minutes=15),
    "one_hour": timedelta(hours=1),
}


def _worded_duration(text: str) -> timedelta | None:
    scan = lexicon().scan(text)
    return next((length for name, length in _WORDED.items() if scan.has(f"units.{name}")), None)


def addresses(text: str) -> tuple[str, ...]:
    """Every mail address in a text, lower case, once each, in order."""
    return tuple(dict.fromkeys(m[0].lower().rstrip(".") for m in ADDRESS.finditer(text)))


def items(text: str) -> tuple[str, ...]:
    """A list by commas, semicolons or lines; one of two words joined by `and` counts as well."""
    parts = [bare(part) for part in _LIST_BREAK.split(text)]
    if len(parts) == 1:
        parts = [bare(part) for part in _WORD_AND.split(text)]
    return tuple(dict.fromkeys(part for part in parts if joined(part)))


_WITH_LABEL = re.compile(r"^\s{0,5}\w{1,20}\s{0,3}:")  # `(cartridges: a, b)`


def cartridges(text: str) -> tuple[str, ...]:
    """Names of cartridges: identifiers, so blanks separate them too; an ellipsis or a placeholder is none."""
    parts = (part.replace("...", " ") for part in items(_WITH_LABEL.sub("", text, count=1)))
    names = (name for part in parts if len(part.split()) == 1 or "_" in part for name in part.split())
    keep = (bare(name) for name in names if not is_placeholder(name) and not lexicon().in_list("yes", name))
    found = tuple(dict.fromkeys(name for name in keep if name and joined(name) not in ("and", "und", "y", "i")))
    sure = tuple(name for name in found if "_" in name)
    return tuple(name for name in found if joined(name) not in lexicon().lists["beside_names"]) if sure else found


def component(text: str) -> Component | None:
    """One component with its version (`addon-x 3.2.11`), or a bare name without blanks."""
    match = _COMPONENT.match(bare(text))
    if match:
        return Component(bare(match["name"]), match["version"].rstrip("."))
    name = bare(text)
    return Component(name) if name and len(name.split()) <= 3 else None


def _joined_by_and(text: str) -> list[str]:
    """`addon-x 1.2 and addon-y 3.4` are two; an `and` inside a name (`users and roles 1.2`) joins none."""
    parts = _WORD_AND.split(text)
    return parts if len(parts) > 1 and all(_COMPONENT.match(bare(part)) for part in parts) else [text]


def components(text: str) -> tuple[Component, ...]:
    """Every component of a list."""
    parts = [part for line in text.split("\n") for part in _COMMA.split(line)]
    parts = [one for part in parts for one in _joined_by_and(part)]
    return tuple(dict.fromkeys(found for part in parts if (found := component(part))))
