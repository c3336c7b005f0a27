"""What has gone out: mails and ticket articles with the same words are one letter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.message import Message
from typing import Any

from journeys.cast import OPS, cast

_LINE = "\n"


@dataclass(frozen=True, slots=True)
class Sent:
    """One letter that went out, by mail, on a ticket, or both."""

    to: tuple[str, ...]
    copy: tuple[str, ...]
    text: str
    mail: Message | None = None
    tickets: tuple[int, ...] = ()
    also_on: tuple[str, ...] = ()  # the tickets covered on which it stands as well, by number
    twice: tuple[str, ...] = field(default=())  # whom Zammad and we have both written to (MSG-9)

    @property
    def first(self) -> str:
        """Its first line."""
        return self.text.partition(_LINE)[0]

    @property
    def words(self) -> str:
        """Everything it says, as one line."""
        return " ".join(self.text.split())

    def __str__(self) -> str:
        """As a story would mention it."""
        copy = f", copy to {', '.join(self.copy)}" if self.copy else ""
        ticket = f" [ticket {', '.join(map(str, self.tickets))}]" if self.tickets else ""
        also = f"\nAlso on {', '.join(self.also_on)}." if self.also_on else ""
        words = "\n".join(f"    {line}" for line in self.text.split(_LINE))
        return f"Letter to {', '.join(self.to)}{copy}:{ticket}\n{words}{also}"


def letters(
    raws: Iterable[bytes], articles: Iterable[dict[str, Any]], covered: Mapping[int, str] | None = None
) -> tuple[Sent, ...]:
    """All letters, each once, whether it went by mail, as an article, or as both; `covered` are tickets by id."""
    sent = [_of_mail(raw) for raw in raws]
    for article in articles:
        said = _of_article(article)
        if number := (covered or {}).get(int(article["ticket_id"])):
            _stand_on(sent, said, number)
            continue
        twin = next((n for n, one in enumerate(sent) if one.words == said.words and not one.tickets), None)
        if twin is None:
            sent.append(said)
            continue
        mail = sent[twin]
        both = tuple(name for name in said.to if name in mail.to + mail.copy)
        sent[twin] = replace(_together(said, mail), tickets=said.tickets, twice=both)
    return tuple(sent)


def _stand_on(sent: list[Sent], said: Sent, number: str) -> None:
    """The same words on a ticket covered; a letter of its own where nobody else has them."""
    place = next((n for n, one in enumerate(sent) if one.words == said.words and number not in one.also_on), None)
    if place is None:
        sent.append(replace(said, also_on=(number,)))
        return
    one = sent[place]
    both = tuple(name for name in said.to if name in one.to + one.copy)
    sent[place] = replace(one, to=(*one.to, *said.to), also_on=(*one.also_on, number), twice=(*one.twice, *both))


def _together(said: Sent, mail: Sent) -> Sent:
    """Who gets the letter, by Zammad or by us; where all of ours are copies to OPS, they are copies here as well."""
    if said.to and all(name == OPS for name in mail.to):
        return replace(mail, to=said.to, copy=(*mail.to, *mail.copy))
    return replace(mail, to=(*said.to, *mail.to))


def _of_mail(raw: bytes) -> Sent:
    mail = message_from_bytes(raw)
    body = next((part for part in mail.walk() if part.get_content_type() == "text/plain"), None)
    text = bytes(body.get_payload(decode=True)).decode() if body is not None else ""
    return Sent(_names(str(mail["To"] or "")), _names(str(mail["Cc"] or "")), _plain(text), mail)


def _of_article(article: dict[str, Any]) -> Sent:
    to = str(article["to"] or "") if article["type_id"] == 1 else ""
    return Sent(_names(to), (), _plain(str(article["body"])), None, (int(article["ticket_id"]),))


def _plain(text: str) -> str:
    return text.replace("\r\n", _LINE).strip()


def _names(header: str) -> tuple[str, ...]:
    """First names for addresses; an address of nobody in the cast stays, and no story can mention it."""
    known = {person.address: name for name, person in cast().items()}
    found = (part.strip().rpartition("<")[2].strip("> ").lower() for part in header.split(","))
    return tuple(known.get(address, address) for address in found if address)
