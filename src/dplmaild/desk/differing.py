"""The same mails under two policies: whose decisions differ, and by which rules. See docs/explain.md."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from dplmaild.deployment.terms import Ruling

VERSION = 1
Json = dict[str, Any]
_DECIDED = ("decision", "slots", "missing", "ask_back")  # another deadline alone is no other decision


def compared(pairs: Sequence[Sequence[Json]], profiles: Sequence[str]) -> Json:
    """Two explained answers per mail become the list of mails that are decided differently, with counts."""
    differing = [_difference(first, second) for first, second in pairs if _decided(first) != _decided(second)]
    changes = Counter(tuple(each["decisions"]) for each in differing)
    return {
        "version": VERSION,
        "profiles": list(profiles),
        "mails": len(pairs),
        "differing": len(differing),
        "changes": [{"decisions": list(which), "mails": count} for which, count in changes.most_common()],
        "differences": differing,
    }


def _decided(answer: Json) -> list[Any]:
    """What was decided about a mail, and about each of its deployments."""
    return [[one.get(key) for key in _DECIDED] for one in (answer, *answer["deployments"])]


def _difference(first: Json, second: Json) -> Json:
    both = (first, second)
    return {
        "mail": first["mail"],
        "sender": first["sender"],
        "decisions": [answer["decision"] for answer in both],
        **{key: [answer[key] for answer in both] for key in ("why", "slots", "missing", "instruction_deadline")},
        "rules": list(_rules(first, second)),
    }


def _rules(first: Json, second: Json) -> Iterable[Json]:
    """The rules that stand in the way, warn or inform on one side and not so on the other."""
    findings = [_by_rule(answer) for answer in (first, second)]
    for key in dict.fromkeys((*findings[0], *findings[1])):
        found = [side.get(key) for side in findings]
        if _weight(found[0]) != _weight(found[1]):
            yield {"rule": key[1], "deployment": key[0], "findings": found}


def _by_rule(answer: Json) -> dict[tuple[int, str], Json]:
    deployments = enumerate(answer["deployments"])
    return {(n, finding["rule"]): finding for n, one in deployments for finding in one.get("findings", ())}


def _weight(finding: Json | None) -> str | None:
    """How heavily a rule is broken; None where it is not, or is not kept at all by that profile."""
    return str(finding["severity"]) if finding and finding["ruling"] == Ruling.BROKEN else None
