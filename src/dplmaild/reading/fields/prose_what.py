"""What is deployed and where, said in sentences: type, product, environments, and those it was tested on."""

from collections.abc import Iterator, Sequence

from dplmaild.deployment.terms import INT, PRD, UAT, DeploymentType, Environment, Field, Product
from dplmaild.reading.fields.entries import Entry
from dplmaild.reading.fields.prose_taking import NEAR, entry_of, is_open, replaced, take_the_only
from dplmaild.reading.fields.prose_terse import stands_alone
from dplmaild.reading.fields.sentences import Sentence
from dplmaild.reading.fields.settle import Settled
from dplmaild.reading.lexicon import Hit, lexicon


def types(asking: Sequence[Sentence], usable: Sequence[Sentence], settled: Settled) -> None:
    if not is_open(settled, Field.TYPE):
        return
    for sentences in (asking, usable):
        said: dict[object, Entry] = {}
        for sentence in sentences:
            for kind, hit in _types_said(sentence):
                said.setdefault(kind, entry_of(Field.TYPE, sentence.scan.words(hit), sentence))
        if set(said) == {DeploymentType.HOTFIX, DeploymentType.CODE}:
            said.pop(DeploymentType.CODE)
        if said:
            take_the_only(Field.TYPE, said, settled)
            return


def _types_said(sentence: Sentence) -> Iterator[tuple[DeploymentType, Hit]]:
    scan, reach = sentence.scan, -1
    for hit in scan.of("prose_types."):
        if not sentence.negated(hit):
            reach = max(reach, hit.last)
            yield DeploymentType(hit.group.removeprefix("prose_types.")), hit
    deploy = [hit for hit in scan.of("deploy_word") if scan.tokens[hit.first].word not in ("hotfix", "release")]
    for hit in scan.of("types."):
        kind = DeploymentType(hit.group.removeprefix("types."))
        if hit.first <= reach or kind is DeploymentType.HOTFIX or sentence.negated(hit):
            continue
        if any(_words_between(sentence, hit, word) < NEAR - 1 for word in deploy) or stands_alone(sentence, hit):
            reach = max(reach, hit.last)
            yield kind, hit


def _place(hit: Hit) -> tuple[int, int]:
    return hit.first, hit.last


def _words_between(sentence: Sentence, one: Hit, other: Hit) -> int:
    """The words between two hits; the digits of a release number are none, nor are products and places."""
    first, last = min(one, other, key=_place).last, max(one, other, key=_place).first
    named = {
        i for kind in ("products.", "environments.") for h in sentence.scan.of(kind) for i in range(h.first, h.last + 1)
    }
    tokens = enumerate(sentence.scan.tokens[first + 1 : last], first + 1)
    return sum(1 for index, token in tokens if not token.word.isdigit() and index not in named)


def products(asking: Sequence[Sentence], usable: Sequence[Sentence], settled: Settled) -> None:
    if not is_open(settled, Field.PRODUCT):
        return
    for sentence in (*asking, *usable):
        named = products_named(sentence)
        if named:
            hits = sentence.scan.of("products.")
            settled.take(Field.PRODUCT, named[0], entry_of(Field.PRODUCT, sentence.scan.words(hits[0]), sentence))
            settled.several_products = named if len(named) > 1 else ()
            return


def environments(asking: Sequence[Sentence], usable: Sequence[Sentence], settled: Settled) -> None:
    if not is_open(settled, Field.ENVIRONMENT):
        return
    for sentences in (asking, usable):
        said = {env: entry_of(Field.ENVIRONMENT, words, s) for s in sentences for env, words in _places(s)}
        if said:
            settled.several_environments = tuple(said) if len(said) > 1 else ()
            settled.take(Field.ENVIRONMENT, *next(iter(said.items())))
            return
    for sentence in asking:
        live = [hit for hit in sentence.scan.hits.get("goes_live", ()) if not sentence.negated(hit)]
        if live and (not sentence.question or sentence.scan.has("polite")):
            settled.take(Field.ENVIRONMENT, PRD, entry_of(Field.ENVIRONMENT, sentence.scan.words(live[0]), sentence))
            return


def places_named(sentence: Sentence) -> tuple[Environment, ...]:
    """The environments a sentence is about."""
    return tuple(dict.fromkeys(environment for environment, _ in _places(sentence)))


def products_named(sentence: Sentence) -> tuple[Product, ...]:
    """The products a sentence is about."""
    hits = [hit for hit in sentence.scan.of("products.") if not sentence.negated(hit)]
    return tuple(dict.fromkeys(Product(hit.group.removeprefix("products.")) for hit in hits))


def _places(sentence: Sentence) -> Iterator[tuple[Environment, str]]:
    """Environments written as a code (PRD) or after a preposition (to production); not those of tests before."""
    scan, reach = sentence.scan, -1
    codes = {hit.group for hit in scan.of("environments.")}
    earlier = {index for hit in _tested_hits(sentence) for index in range(hit.first, hit.last + 1)}
    for hit in scan.of("environments."):
        words = scan.words(hit)
        before = [token.word for token in scan.tokens[max(0, hit.first - 2) : hit.first] if not _is_article(token.word)]
        code = words.isupper() and len(words) <= 6
        if (
            hit.first > reach
            and hit.first not in earlier
            and (
                code
                or (before and before[-1] in lexicon().lists["to_place"])
                or _of_a_deployment(sentence, hit)
                or stands_alone(sentence, hit)
            )
        ):
            reach = hit.last
            left = len(codes) > 1 and bool(before) and before[-1] in lexicon().lists["leaves"]  # `from UAT to PRD`
            if not left and not sentence.negated(hit, 2) and not replaced(sentence, hit.first):
                yield Environment(hit.group.removeprefix("environments.")), words


def _of_a_deployment(sentence: Sentence, hit: Hit) -> bool:
    """`The production deployment`, `das Produktions-Deployment`."""
    environment = Environment(hit.group.removeprefix("environments."))
    words = sentence.scan.hits.get("deploy_word", ())
    return environment in (INT, UAT, PRD) and any(word.first == hit.last + 1 for word in words)


def _tested_hits(sentence: Sentence) -> Iterator[Hit]:
    """The environments that a sentence says a version was tested on: up to the next ones joined by `and`."""
    scan = sentence.scan
    for tested in scan.of("tested"):
        if tested.group != "tested" or sentence.negated(tested) or _is_wished(tested, sentence):
            continue
        end = tested.last
        for hit in scan.of("environments."):
            if tested.first <= hit.first and hit.first - end <= NEAR:
                end = max(end, hit.last)
                yield hit


def _is_wished(tested: Hit, sentence: Sentence) -> bool:
    """`We'd like to get 11.6.2 deployed to PRD`: the place to come, not one of tests before."""
    return any(hit.first <= tested.first <= hit.last for hit in sentence.scan.hits.get("tested_wish", ()))


def tested_on(usable: Sequence[Sentence], settled: Settled) -> None:
    if not is_open(settled, Field.TESTED_ON):
        return
    for sentence in usable:
        hits = (
            []
            if sentence.question or ("ask" in sentence.scan.hits and not _past(sentence))
            else list(_tested_hits(sentence))
        )
        named = tuple(dict.fromkeys(Environment(hit.group.removeprefix("environments.")) for hit in hits))
        if named:
            settled.take(Field.TESTED_ON, named, entry_of(Field.TESTED_ON, sentence.text, sentence))
            return


def _past(sentence: Sentence) -> bool:
    """Whether an asking sentence also tells of tests: `tested`, `runs`, `already` and the like."""
    return any(len(sentence.scan.tokens[hit.first].word) > 3 for hit in sentence.scan.of("tested"))


def _is_article(word: str) -> bool:
    """`the` of `the PRD`, `entorno` of `en el entorno PRD`."""
    return word in lexicon().lists["article"] or word in lexicon().lists["place_word"]
