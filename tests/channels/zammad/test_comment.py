"""Comments apply once (P7), whatever happens to the answer."""

from collections.abc import Callable
from typing import Any

import pytest

from channels.zammad.conftest import Opened
from dplmaild.channels.zammad import MailDelivery, ZammadTickets
from dplmaild.ports import Comment, InDoubtError, PermanentError, TemporaryError
from servers.zammad import Kind, ZammadDouble
from servers.zammad.store import Row


def note(ticket: Row, **given: Any) -> Comment:
    return Comment(**({"ticket_id": ticket["id"], "marker": "op-1", "body": "CONFIRMED"} | given))


def delivered(door: ZammadTickets, comment: Comment, settle: Callable[[], None]) -> int:
    """What the caller does: after doubt it waits, looks, and only then writes again."""
    for _ in range(3):
        try:
            return door.comment(comment)
        except TemporaryError:
            settle()
            found = door.find(comment.ticket_id, comment.marker)
            if found is not None:
                return found
    raise AssertionError("never delivered")


def test_a_note_is_written_with_its_marker_and_the_state_in_one_request(
    desk: ZammadDouble, tickets: ZammadTickets
) -> None:
    row = desk.add_ticket()
    article_id = tickets.comment(note(row, internal=True, state="open"))
    (article,) = desk.articles(row)
    assert article["id"] == article_id
    assert article["preferences"] == {"dplmaild": {"op": "op-1", "v": 1}, "send-auto-response": False}
    assert (article["body"], article["internal"], article["type_id"]) == ("CONFIRMED", True, 10)
    assert desk.store.ticket(row["id"])["state_id"] == 2
    assert (desk.written("PUT"), desk.written("POST")) == (1, 0)


def test_a_second_call_writes_nothing_and_names_the_same_article(desk: ZammadDouble, tickets: ZammadTickets) -> None:
    row = desk.add_ticket()
    assert tickets.comment(note(row)) == tickets.comment(note(row))
    assert len(desk.articles(row)) == desk.written("PUT") == 1


def test_two_markers_are_two_comments(desk: ZammadDouble, tickets: ZammadTickets) -> None:
    row = desk.add_ticket()
    assert tickets.comment(note(row)) != tickets.comment(note(row, marker="op-2"))
    assert len(desk.articles(row)) == 2


def test_a_public_mail_is_sent_by_zammad_and_its_delivery_can_be_asked(
    desk: ZammadDouble, tickets: ZammadTickets
) -> None:
    row = desk.add_ticket()
    article_id = tickets.comment(note(row, as_mail_to=("rosa@example.com", "ops@example.com"), subject="Deploy"))
    assert tickets.delivery_status(article_id) is MailDelivery.PENDING
    desk.deliver_mails()
    assert tickets.delivery_status(article_id) is MailDelivery.SUCCESS
    (mail,) = desk.sent
    assert (mail["to"], mail["subject"], mail["internal"]) == ("rosa@example.com, ops@example.com", "Deploy", False)


def test_a_mail_that_zammad_could_not_send_is_seen_and_still_there_once(
    desk: ZammadDouble, tickets: ZammadTickets
) -> None:
    row = desk.add_ticket()
    comment = note(row, as_mail_to=("gone@example.com",))
    article_id = tickets.comment(comment)
    desk.deliver_mails(fails=True)
    assert tickets.delivery_status(article_id) is MailDelivery.FAIL
    assert tickets.comment(comment) == article_id
    assert desk.written("PUT") == 1


DOUBT = [
    pytest.param(Kind.ERROR_BEFORE, id="500, nothing applied"),
    pytest.param(Kind.BAD_GATEWAY_AFTER, id="502, applied"),
    pytest.param(Kind.RESET_BEFORE, id="reset, nothing applied"),
    pytest.param(Kind.RESET_AFTER, id="reset, applied"),
    pytest.param(Kind.TRUNCATED_AFTER, id="half an answer, applied"),
    pytest.param(Kind.LATE, id="504, applied later"),
    pytest.param(Kind.SILENT_BEFORE, id="no answer, nothing applied"),
    pytest.param(Kind.SILENT_AFTER, id="no answer, applied"),
    pytest.param(Kind.PAGE_BEFORE, id="a page with 200, nothing applied"),
    pytest.param(Kind.PAGE_AFTER, id="a page with 200, applied"),
    pytest.param(Kind.WRONG_JSON_AFTER, id="JSON of something else, applied"),
]
NOT_NOW = [
    pytest.param(Kind.TOO_MANY, id="429"),
    pytest.param(Kind.UNAVAILABLE, id="503"),
    pytest.param(Kind.MAINTENANCE, id="maintenance"),
]


@pytest.mark.parametrize("kind", DOUBT)
def test_whatever_may_have_arrived_is_in_doubt_and_is_not_sent_again_by_itself(
    desk: ZammadDouble, opened: Opened, kind: Kind
) -> None:
    door, row = opened(read_timeout=0.25, settle_seconds=330.0), desk.add_ticket()
    desk.fault(kind)
    with pytest.raises(InDoubtError, match=r"127\.0\.0\.1") as doubt:
        door.comment(note(row))
    assert doubt.value.retry_after == 330.0
    assert desk.written("PUT") == 1


def test_an_address_that_failed_before_the_connection_stood_does_not_hide_the_doubt(
    desk: ZammadDouble, opened: Opened
) -> None:
    """The name leads to ::1, which refuses, and then to 127.0.0.1, which takes the write."""
    door, row = opened(url=desk.url.replace("127.0.0.1", "localhost")), desk.add_ticket()
    desk.fault(Kind.RESET_AFTER)
    with pytest.raises(InDoubtError):
        door.comment(note(row))


@pytest.mark.parametrize("kind", NOT_NOW)
def test_a_server_that_says_not_now_has_not_applied_it(desk: ZammadDouble, tickets: ZammadTickets, kind: Kind) -> None:
    row = desk.add_ticket()
    desk.fault(kind)
    with pytest.raises(TemporaryError) as later:
        tickets.comment(note(row))
    assert not isinstance(later.value, InDoubtError)
    assert later.value.retry_after == (None if kind is Kind.MAINTENANCE else 7.0)
    assert desk.articles(row) == []


@pytest.mark.parametrize("kind", [*DOUBT, *NOT_NOW])
def test_one_article_in_the_end_and_the_state_with_it(desk: ZammadDouble, opened: Opened, kind: Kind) -> None:
    door, row = opened(read_timeout=0.25), desk.add_ticket()
    desk.fault(kind)
    article_id = delivered(door, note(row, state="open"), settle=desk.apply_late)
    assert [article["id"] for article in desk.articles(row)] == [article_id]
    assert desk.store.ticket(row["id"])["state_id"] == 2


@pytest.mark.parametrize("kind", [Kind.ERROR_BEFORE, Kind.RESET_BEFORE, Kind.PAGE_BEFORE, Kind.TRUNCATED_AFTER])
def test_reading_back_that_fails_after_the_write_leaves_doubt(
    desk: ZammadDouble, tickets: ZammadTickets, kind: Kind
) -> None:
    row = desk.add_ticket()
    desk.fault(kind, method="GET", path="by_ticket", skip=1)
    with pytest.raises(InDoubtError):
        tickets.comment(note(row))
    assert tickets.find(row["id"], "op-1") == desk.articles(row)[0]["id"]


@pytest.mark.parametrize("kind", [Kind.ERROR_BEFORE, Kind.RESET_BEFORE, Kind.PAGE_BEFORE])
def test_without_a_look_nothing_is_written(desk: ZammadDouble, tickets: ZammadTickets, kind: Kind) -> None:
    row = desk.add_ticket()
    desk.fault(kind, method="GET", path="by_ticket")
    with pytest.raises(TemporaryError) as failed:
        tickets.comment(note(row))
    assert not isinstance(failed.value, InDoubtError)
    assert desk.written("PUT") == 0


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"state": "merged"}, id="a state nobody may set"),
        pytest.param({"state": "pending reminder"}, id="a pending state without its time"),
        pytest.param({"state": "on the moon"}, id="a state that does not exist"),
        pytest.param({"body": "x" * 1_500_001}, id="a text that is too long"),
    ],
)
def test_what_zammad_refuses_leaves_the_ticket_as_it_was(
    desk: ZammadDouble, tickets: ZammadTickets, given: dict[str, Any]
) -> None:
    row = desk.add_ticket()
    before = dict(row)
    with pytest.raises(PermanentError, match="422"):
        tickets.comment(note(row, **given))
    assert desk.store.ticket(row["id"]) == before
    assert desk.articles(row) == []


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"marker": ""}, id="no marker"),
        pytest.param({"body": " \n"}, id="no text"),
        pytest.param({"as_mail_to": ("a@example.com",), "internal": True}, id="an internal mail"),
        pytest.param({"as_mail_to": ("a@example.com, b@example.com",)}, id="two recipients in one"),
        pytest.param({"as_mail_to": ("a@example.com\r\nBcc: b@example.com",)}, id="a header in a recipient"),
    ],
)
def test_what_can_never_be_written_is_not_sent(
    desk: ZammadDouble, tickets: ZammadTickets, given: dict[str, Any]
) -> None:
    row = desk.add_ticket()
    with pytest.raises(PermanentError, match="nothing was sent"):
        tickets.comment(note(row, **given))
    assert desk.seen == []


def test_a_group_without_address_cannot_mail_and_that_counts_as_doubt(
    desk: ZammadDouble, tickets: ZammadTickets
) -> None:
    """Zammad answers this permanent failure with 500, and a 500 never says whether it applied."""
    desk.group.address = None
    row = desk.add_ticket()
    with pytest.raises(InDoubtError):
        tickets.comment(note(row, as_mail_to=("rosa@example.com",)))
    assert tickets.find(row["id"], "op-1") is None


def test_a_missing_ticket_is_for_good(tickets: ZammadTickets) -> None:
    with pytest.raises(PermanentError, match="404"):
        tickets.comment(Comment(4242, "op-1", "CONFIRMED"))


def test_a_ticket_of_a_foreign_group_is_for_good_and_untouched(desk: ZammadDouble, tickets: ZammadTickets) -> None:
    row = desk.add_ticket(group_id=desk.add_group("Management").id)
    with pytest.raises(PermanentError, match="403"):
        tickets.comment(note(row))
    assert desk.articles(row) == []


def test_a_ticket_we_may_only_read_is_for_good_and_untouched(desk: ZammadDouble, tickets: ZammadTickets) -> None:
    desk.bot.groups[desk.group.id] = {"read"}
    row = desk.add_ticket()
    with pytest.raises(PermanentError, match="403"):
        tickets.comment(note(row))
    assert desk.articles(row) == []


def test_a_comment_follows_merges_to_the_last_ticket(desk: ZammadDouble, tickets: ZammadTickets) -> None:
    first, second, third = (desk.add_ticket(title) for title in ("first", "second", "third"))
    desk.merge(first, second)
    desk.merge(second, third)
    article_id = tickets.comment(note(first))
    assert [article["id"] for article in desk.articles(third)] == [article_id]


def test_an_article_written_before_a_merge_is_found_from_both_tickets(
    desk: ZammadDouble, tickets: ZammadTickets
) -> None:
    source, target = desk.add_ticket("source"), desk.add_ticket("target")
    article_id = tickets.comment(note(source))
    desk.merge(source, target)
    assert tickets.find(source["id"], "op-1") == tickets.find(target["id"], "op-1") == article_id
    assert tickets.comment(note(source)) == article_id
    assert desk.written("PUT") == 1


def test_doubt_is_settled_across_a_merge(desk: ZammadDouble, tickets: ZammadTickets) -> None:
    source, target = desk.add_ticket("source"), desk.add_ticket("target")
    desk.fault(Kind.RESET_AFTER)
    article_id = delivered(tickets, note(source), settle=lambda: desk.merge(source, target))
    assert [article["id"] for article in desk.articles(target)] == [article_id]


def test_tickets_merged_in_a_circle_end_with_a_clear_refusal(desk: ZammadDouble, tickets: ZammadTickets) -> None:
    first, second = desk.add_ticket("first"), desk.add_ticket("second")
    desk.merge(first, second)
    desk.merge(second, first)
    for ticket in (first, second):
        desk.store.ticket(ticket["id"])["state_id"] = 5
    desk.store.tables.links[0].source, desk.store.tables.links[0].target = second["id"], first["id"]
    with pytest.raises(PermanentError, match="circle"):
        tickets.comment(note(first))


def test_a_merged_ticket_without_a_link_is_written_where_it_is(desk: ZammadDouble, tickets: ZammadTickets) -> None:
    source, target = desk.add_ticket("source"), desk.add_ticket("target")
    desk.merge(source, target)
    desk.store.tables.links.clear()
    article_id = tickets.comment(note(source))
    assert article_id in [article["id"] for article in desk.articles(source)]
