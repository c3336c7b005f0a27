"""Tickets: Zammad lets anybody write under any address by mail and form; only a login speaks for somebody."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from attacks.desk import BEN, MANAGER, NORA, OPS, PIA, mail, open_desk, request, stamp
from dplmaild.channels.zammad import ZammadSettings, ZammadTickets
from dplmaild.daemon.articles import arrival_of, source_of
from dplmaild.ports import Outcome, TicketArticle
from servers.zammad import ZammadDouble

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
SPOOFED = stamp(MANAGER, "fail") + b"From: manager@example.org\r\nSubject: x\r\n\r\n/start\r\n"


@pytest.fixture
def zammad() -> Iterator[ZammadDouble]:
    with ZammadDouble() as double:
        yield double


def article_in(zammad: ZammadDouble) -> TicketArticle:
    """The one article of the one ticket, as the daemon sees it."""
    tickets = ZammadTickets(ZammadSettings(zammad.url, zammad.token, (zammad.group.name,)))
    ((article,),) = (change.articles for change in tickets.changed_since(LONG_AGO))
    tickets.close()
    return article


def test_a_mail_that_zammad_takes_for_an_agents_is_judged_by_its_headers(zammad: ZammadDouble) -> None:
    boss = zammad.add_user(MANAGER, "Morgan", roles={"Agent"}, groups=(zammad.group,))
    zammad.add_article(zammad.add_ticket(), boss).update({"from": f"Morgan <{MANAGER}>", "type_id": 1, "sender_id": 1})
    article = article_in(zammad)
    assert (article.sender, article.from_address, source_of(article)) == ("Agent", MANAGER, "ticket mail")


@pytest.mark.parametrize("kind", ["sms", "phone", "form", "chat", "telegram personal-message"])
def test_what_needs_no_login_is_nobodys_word(kind: str) -> None:
    article = TicketArticle(
        1, 1, LONG_AGO, "Customer", kind, False, False, NORA, "", "", "", "", "", "text/plain", None, None, False
    )  # fmt: skip
    assert source_of(article) == "ticket mail"


def test_the_public_form_is_open_to_everybody(zammad: ZammadDouble) -> None:
    row = zammad.add_ticket()
    row["preferences"] = {"form": {"remote_ip": "192.0.2.1"}}
    zammad.add_article(row, zammad.add_user(NORA, "Nora"), type="web")
    assert source_of(article_in(zammad)) == "ticket mail"


def test_a_web_article_speaks_for_its_login_and_not_for_its_text(zammad: ZammadDouble) -> None:
    row = zammad.add_article(zammad.add_ticket(), zammad.add_user(BEN, "Ben"), type="web")
    row["from"] = f"Morgan <{MANAGER}>"
    assert article_in(zammad).from_address == BEN


def test_a_mail_from_two_people_is_read_all_the_same_and_so_counted(zammad: ZammadDouble) -> None:
    zammad.add_article(zammad.add_ticket()).update({"from": f"{NORA}, {MANAGER}", "type_id": 1})
    tickets = ZammadTickets(ZammadSettings(zammad.url, zammad.token, (zammad.group.name,)))
    (change,) = tickets.changed_since(LONG_AGO)
    arrival = arrival_of(change, change.articles[0], tickets, "tickets")
    tickets.close()
    assert arrival is not None


def test_a_spoofed_mail_in_a_ticket_gives_no_order(tmp_path: Path) -> None:
    with open_desk(tmp_path / "desk") as desk:
        answered = desk.receive_article(SPOOFED, 7, "ticket mail")
        assert (answered.outcome, desk.written_to()) == (Outcome.TRIAGE, {OPS})


@pytest.mark.parametrize("text", ["withdraw\n", "2\n", "tests ok\n", request(), request("asap")])
def test_a_ticket_of_another_customer_is_as_good_as_an_unknown_one(tmp_path: Path, text: str) -> None:
    words = mail(text, PIA, "Re: your ticket", top=b"")
    with open_desk(tmp_path / "desk") as desk:
        theirs = desk.receive_article(mail(request()), 7, "ticket").reference
        before = desk.case(theirs or "")
        answered = desk.receive_article(words, 7, "ticket")
        assert answered.outcome in {Outcome.TRIAGE, Outcome.LEFT_ALONE}
        assert (answered.reference, desk.cases(), PIA in desk.written_to()) == (None, (before,), False)
