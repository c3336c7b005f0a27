"""For which deployments something holds, in a few words: `full of ICM on UAT`."""

from collections.abc import Iterable

from dplmaild.deployment.profile import Scope
from dplmaild.writing.clean import one_line
from dplmaild.writing.wording import Wording


def scope_in_words(scope: Scope, wording: Wording) -> str:
    """The deployments of a scope; where it leaves nothing out, every deployment."""
    return " ".join(_parts(scope, wording)) or wording.say("policy.scope.all")


def _parts(scope: Scope, wording: Wording) -> Iterable[str]:
    types, others = _types(scope.types, wording), _types(scope.except_types, wording)
    if types:
        yield types
    if others:
        yield wording.say("policy.scope.all_but", types=others)
    if scope.products:
        yield wording.say("policy.scope.of", products=", ".join(scope.products))
    if scope.environments:
        yield wording.say("policy.scope.on", environments=", ".join(scope.environments))
    if scope.slas:
        yield wording.say("policy.scope.slas", slas=", ".join(scope.slas))
    for field, wanted in scope.facts.items():
        yield wording.say("policy.scope.where", field=wording.label(field), answer=wording.yes_or_no(wanted))


def _types(types: Iterable[str], wording: Wording) -> str:
    return ", ".join(one_line(wording.word("type", each)) for each in types)
