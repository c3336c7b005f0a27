"""The poll: every change once, oldest first, whatever moves meanwhile."""

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from channels.zammad.conftest import Opened
from dplmaild.channels.zammad import ZammadTickets
from dplmaild.deployment.terms import NaiveTimeError
from dplmaild.ports import PermanentError, TemporaryError
from servers.zammad import Kind, ZammadDouble
from servers.zammad.store import Row

MORNING = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


def changed_tickets(desk: ZammadDouble, count: int, apart: timedelta) -> list[Row]:
    return [desk.add_ticket(f"Deploy {n}", updated_at=MORNING + n * apart) for n in range(count)]


@pytest.mark.parametrize(
    "apart",
    [
        pytest.param(timedelta(seconds=1), id="each at its own moment"),
        pytest.param(timedelta(microseconds=20), id="fifty in the same millisecond, as it is kept"),
        pytest.param(timedelta(0), id="all at the same moment"),
    ],
)
def test_450_changed_tickets_come_each_once_and_in_order(
    desk: ZammadDouble, tickets: ZammadTickets, apart: timedelta
) -> None:
    step = timedelta(milliseconds=1)
    expected = [row["id"] for row in changed_tickets(desk, 450, timedelta(0))]
    for n, ticket_id in enumerate(expected):
        desk.store.ticket(ticket_id)["updated_at"] = MORNING + (n * apart) // step * step
    found = list(tickets.changed_since(MORNING))
    assert [change.ticket_id for change in found] == expected
    assert all(before.updated_at <= after.updated_at for before, after in pairwise(found))


@pytest.mark.parametrize("n", [pytest.param(0, id="the first one"), pytest.param(199, id="the last one of a page")])
def test_a_ticket_that_moves_while_we_page_is_seen_in_both_states(
    desk: ZammadDouble, tickets: ZammadTickets, n: int
) -> None:
    rows = changed_tickets(desk, 250, timedelta(seconds=1))
    seen: list[tuple[int, datetime]] = []
    for change in tickets.changed_since(MORNING):
        seen.append((change.ticket_id, change.updated_at))
        if len(seen) == 200:
            desk.add_article(rows[n], body="one more")
    assert {ticket_id for ticket_id, _ in seen} == {row["id"] for row in rows}
    assert [ticket_id for ticket_id, _ in seen].count(rows[n]["id"]) == 2
    assert len(seen) == len(set(seen))


def test_the_moment_itself_is_included_and_earlier_changes_are_not(desk: ZammadDouble, tickets: ZammadTickets) -> None:
    rows = changed_tickets(desk, 3, timedelta(milliseconds=1))
    berlin = MORNING.astimezone() + timedelta(milliseconds=1)
    assert [change.ticket_id for change in tickets.changed_since(berlin)] == [row["id"] for row in rows[1:]]


def test_a_moment_without_zone_is_refused_at_once(tickets: ZammadTickets) -> None:
    with pytest.raises(NaiveTimeError):
        tickets.changed_since(MORNING.replace(tzinfo=None))


@pytest.mark.parametrize("by_id", [pytest.param(True, id="by id"), pytest.param(False, id="by name")])
def test_tickets_of_other_groups_are_left_out(desk: ZammadDouble, opened: Opened, by_id: bool) -> None:
    other = desk.add_group("Billing")
    desk.bot.groups[other.id] = {"full"}
    desk.add_ticket("Invoice", group_id=other.id, updated_at=MORNING)
    ours = desk.add_ticket(updated_at=MORNING)
    door = opened(groups=(str(desk.group.id) if by_id else desk.group.name,))
    assert [(change.ticket_id, change.group) for change in door.changed_since(MORNING)] == [(ours["id"], "Deployments")]
    asked = json.loads(desk.seen[0].body)["condition"].get("ticket.group_id")
    assert asked == ({"operator": "is", "value": [desk.group.id]} if by_id else None)


def test_without_groups_every_readable_ticket_counts_and_no_other(desk: ZammadDouble, tickets: ZammadTickets) -> None:
    hidden = desk.add_group("Management")
    desk.add_ticket("Secret", group_id=hidden.id, updated_at=MORNING)
    seen = desk.add_ticket(updated_at=MORNING)
    assert [change.ticket_id for change in tickets.changed_since(MORNING)] == [seen["id"]]


def test_a_change_carries_the_ticket_and_its_articles_in_order(
    desk: ZammadDouble, tickets: ZammadTickets, long_ago: datetime
) -> None:
    row = desk.add_ticket("Deploy 11.0.2")
    first = desk.add_article(row, body="Please deploy 11.0.2")
    second = desk.add_article(row, desk.bot, body="for us only", type="note", internal=True)
    (change,) = tickets.changed_since(long_ago)
    assert (change.number, change.title, change.state) == (row["number"], "Deploy 11.0.2", "new")
    assert change.customer == "rosa@partner.example.com"
    assert change.updated_at == desk.store.ticket(row["id"])["updated_at"]
    assert [article.article_id for article in change.articles] == [first["id"], second["id"]]
    customer, bot = change.articles
    assert (customer.sender, customer.type, customer.internal, customer.created_by_us) == (
        "Customer",
        "web",
        False,
        False,
    )
    assert (customer.from_address, customer.from_name) == ("rosa@partner.example.com", "Rosa Release")
    assert (customer.body, customer.created_at) == ("Please deploy 11.0.2", first["created_at"])
    assert (bot.sender, bot.type, bot.internal, bot.created_by_us) == ("Agent", "note", True, True)
    assert (bot.from_address, bot.from_name) == ("bot@example.com", "Dpl Bot")


@pytest.mark.parametrize(
    ("preferences", "automatic"),
    [
        pytest.param({}, False, id="an ordinary article"),
        pytest.param({"is-auto-response": True}, True, id="an automatic reply"),
        pytest.param({"is-auto-response": False}, False, id="said not to be automatic"),
        pytest.param({"is-auto-response": "false"}, False, id="said so in a string"),
        pytest.param({"delivery_message": True}, True, id="a note about a failed delivery"),
        pytest.param({"notification": True}, True, id="a notification"),
        pytest.param({"highlight": "yes"}, False, id="another preference"),
    ],
)
def test_automatic_articles_are_told_by_their_preferences(
    desk: ZammadDouble, tickets: ZammadTickets, long_ago: datetime, preferences: Row, automatic: bool
) -> None:
    desk.add_article(desk.add_ticket(), desk.bot, preferences=preferences)
    (change,) = tickets.changed_since(long_ago)
    assert change.articles[0].automatic is automatic


def test_an_article_of_another_agent_is_not_ours_and_a_customers_marker_is_not_believed(
    desk: ZammadDouble, tickets: ZammadTickets, long_ago: datetime
) -> None:
    row = desk.add_ticket()
    agent = desk.add_user("ada@example.com", "Ada", "Agent", roles={"Agent"}, groups=(desk.group,))
    desk.add_article(row, agent, type="note")
    desk.add_article(row, preferences={"dplmaild": {"op": "op-1", "v": 1}})
    (change,) = tickets.changed_since(long_ago)
    assert [(article.created_by_us, article.marker) for article in change.articles] == [(False, None), (False, None)]
    assert tickets.find(row["id"], "op-1") is None


@pytest.mark.parametrize(
    "preferences",
    [
        pytest.param({"dplmaild": "op-1"}, id="a text"),
        pytest.param({"dplmaild": {"op": 1}}, id="a number"),
        pytest.param({"dplmaild": {}}, id="nothing in it"),
        pytest.param({"dplmaild": None}, id="null"),
    ],
)
def test_a_broken_marker_is_no_marker(
    desk: ZammadDouble, tickets: ZammadTickets, long_ago: datetime, preferences: Row
) -> None:
    desk.add_article(desk.add_ticket(), desk.bot, type="note", preferences=preferences)
    (change,) = tickets.changed_since(long_ago)
    assert change.articles[0].marker is None


def test_a_merged_ticket_names_its_target_which_holds_the_articles(
    desk: ZammadDouble, tickets: ZammadTickets, long_ago: datetime
) -> None:
    source, target = desk.add_ticket("by mail"), desk.add_ticket("by portal")
    moved = desk.add_article(source)
    desk.merge(source, target)
    changes = {change.ticket_id: change for change in tickets.changed_since(long_ago)}
    assert (changes[source["id"]].state, changes[source["id"]].merged_into) == ("merged", target["id"])
    assert [article.body for article in changes[source["id"]].articles] == ["merged"]
    assert changes[target["id"]].merged_into is None
    assert [article.article_id for article in changes[target["id"]].articles] == [moved["id"]]


@pytest.mark.parametrize(
    ("written", "address", "name"),
    [
        pytest.param("Rosa <Rosa@Example.com>", "rosa@example.com", "Rosa", id="name and address"),
        pytest.param("rosa@example.com", "rosa@example.com", "", id="an address alone"),
        pytest.param("Rosa Release", None, "Rosa Release", id="a name alone"),
        pytest.param('"Release, Rosa" <rosa@example.com>', "rosa@example.com", "Release, Rosa", id="a quoted comma"),
        pytest.param("a@example.com, b@example.com", None, "a@example.com, b@example.com", id="two addresses"),
        pytest.param("", None, "", id="nothing"),
        pytest.param(None, None, "", id="null"),
    ],
)
def test_the_author_of_a_mail_is_one_address_or_nobody(
    desk: ZammadDouble,
    tickets: ZammadTickets,
    long_ago: datetime,
    written: str | None,
    address: str | None,
    name: str,
) -> None:
    desk.add_article(desk.add_ticket()).update({"from": written, "type_id": 1})
    (change,) = tickets.changed_since(long_ago)
    assert (change.articles[0].from_address, change.articles[0].from_name) == (address, name)


def test_a_ticket_that_goes_away_meanwhile_is_left_out(desk: ZammadDouble, tickets: ZammadTickets) -> None:
    rows = changed_tickets(desk, 3, timedelta(seconds=1))
    found = []
    for change in tickets.changed_since(MORNING):
        found.append(change.ticket_id)
        desk.store.tables.tickets.pop(rows[1]["id"], None)
    assert found == [rows[0]["id"], rows[2]["id"]]


def test_a_ticket_that_moves_to_a_foreign_group_meanwhile_is_left_out(
    desk: ZammadDouble, tickets: ZammadTickets
) -> None:
    rows = changed_tickets(desk, 2, timedelta(seconds=1))
    found = []
    for change in tickets.changed_since(MORNING):
        found.append(change.ticket_id)
        desk.store.ticket(rows[1]["id"])["group_id"] = desk.add_group("Management").id
    assert found == [rows[0]["id"]]


@pytest.mark.parametrize(
    ("kind", "failure"),
    [
        pytest.param(Kind.ERROR_BEFORE, TemporaryError, id="500"),
        pytest.param(Kind.RESET_BEFORE, TemporaryError, id="reset"),
        pytest.param(Kind.TRUNCATED_AFTER, TemporaryError, id="half an answer"),
        pytest.param(Kind.PAGE_BEFORE, TemporaryError, id="a login page with 200"),
        pytest.param(Kind.MAINTENANCE, TemporaryError, id="maintenance"),
        pytest.param(Kind.TOO_MANY, TemporaryError, id="too many requests"),
        pytest.param(Kind.WRONG_JSON_AFTER, TemporaryError, id="JSON of something else"),
        pytest.param(Kind.REDIRECT, PermanentError, id="sent elsewhere"),
        pytest.param(Kind.GUARD_SAYS_403, PermanentError, id="403 by a firewall: the ticket is not left out"),
        pytest.param(Kind.GUARD_SAYS_404, PermanentError, id="404 by a proxy: the ticket is not left out"),
    ],
)
@pytest.mark.parametrize("path", ["tickets/search", "by_ticket", "users/me"])
def test_a_poll_that_fails_is_told_and_the_next_one_brings_everything(
    desk: ZammadDouble,
    tickets: ZammadTickets,
    long_ago: datetime,
    path: str,
    kind: Kind,
    failure: type[Exception],
) -> None:
    row = desk.add_ticket()
    desk.add_article(row)
    desk.fault(kind, method="POST" if "search" in path else "GET", path=path, location="https://example.org/")
    with pytest.raises(failure) as told:
        list(tickets.changed_since(long_ago))
    assert type(told.value).__name__ != "InDoubtError"
    assert [change.ticket_id for change in tickets.changed_since(long_ago)] == [row["id"]]


def test_an_article_without_its_time_is_a_failure_not_a_crash(
    desk: ZammadDouble, tickets: ZammadTickets, long_ago: datetime
) -> None:
    row = desk.add_ticket()
    desk.add_article(row)
    desk.store.tables.articles[desk.articles(row)[0]["id"]]["created_at"] = None
    with pytest.raises(TemporaryError, match=r"127\.0\.0\.1"):
        list(tickets.changed_since(long_ago))
