"""Answers of one word to a form of ours: `code`, `PRD`, `Producción`; only there a word alone says so much."""

from dataclasses import replace

from dplmaild.deployment.said import Found, Place
from dplmaild.deployment.terms import Deployment, DeploymentType, Environment, Field, Product
from dplmaild.reading.fields import Sentence, sentence
from dplmaild.reading.lexicon import lexicon
from dplmaild.reading.meaning.hints import Hints
from dplmaild.reading.meaning.source import Words

_FEW = 5  # lines: in a long letter a lone word is a heading or a part of a signature
_SHORT = 30  # letters
_POLITE = ("please", "thanks", "greeting")


def with_bare_answers(words: Words, text: str, hints: Hints) -> Words:
    """The words with what single words answer, where a form waits and the field was not told otherwise."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not hints.expecting.form or len(lines) > _FEW or len(words.read.deployments) > 1:
        return words
    for number, line in enumerate(lines, 1):
        if len(line) <= _SHORT and not line.endswith("?"):
            words = _answered(words, sentence(line, Place("body", line=number, sure=0.8)))
    return words


def _answered(words: Words, said: Sentence) -> Words:
    book, text = lexicon(), _without_courtesy(said)
    named = {
        Field.TYPE: book.member("types", text),
        Field.ENVIRONMENT: book.member("environments", text),
        Field.PRODUCT: book.member("products", text),
    }
    told = [(field, member) for field, member in named.items() if member and field not in words.read.fields]
    if len(told) != 1:
        return words
    field, member = told[0]
    one = words.read.deployments[0] if words.read.deployments else Deployment()
    read = replace(
        words.read,
        deployments=(_with(one, field, member),),
        found=(*words.read.found, Found(field, said.text, said.place)),
        labelled=words.read.labelled | {field},
    )
    return replace(words, read=read)


def _with(one: Deployment, field: Field, member: str) -> Deployment:
    if field is Field.TYPE:
        return replace(one, type=DeploymentType(member))
    if field is Field.ENVIRONMENT:
        return replace(one, environment=Environment(member))
    return replace(one, product=Product(member))


def _without_courtesy(said: Sentence) -> str:
    """`PRD, please` without the please."""
    scan = said.scan
    polite = {i for name in _POLITE for hit in scan.hits.get(name, ()) for i in range(hit.first, hit.last + 1)}
    return " ".join(token.word for i, token in enumerate(scan.tokens) if i not in polite)
