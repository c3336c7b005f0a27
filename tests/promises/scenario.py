"""Twenty mails and three ticket articles about four deployments, and the moments at which they arrive.

DPL-2026-0001 is confirmed, instructed, corrected, started, completed and tested. 0002 is asked back, answered,
confirmed, reminded of its instructions and cancelled at the deadline. 0003 is offered other slots, takes the second
and is instructed in two mails. The fourth is a ticket, confirmed there and withdrawn.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from promises.mails import BEN, ENGINEER, MANAGER, NORA, mail

CODE_REQUEST = """Hello,

we would like to request the following deployment:

Type of deployment: code
Product: ICM
Environment: PRD
Desired date and time: Thursday, 2026-12-10 10:00
Expected special activities: none

Kind regards
Nora
"""

INSTRUCTIONS = """Hello,

here are the deployment instructions:

Type of deployment: {type}
Current ICM release version: {current}
Target ICM release version: {target}
DeployAppTier: yes
DeployWebTier: yes
InvalidatePageCache: yes
DBMigrate: no
Release notes: see the change log of {target}
Short description: payment method labels corrected
"""

MAILING_LIST = "Deployment mailing list: nora@agency.example.net, ben@northwind.example.com\n"

TICKET_REQUEST = """Type of deployment: code
Product: ICM
Environment: PRD
Desired date and time: Wednesday, 2027-01-20 10:00
Expected special activities: none
"""


@dataclass(frozen=True, slots=True)
class Article:
    """What is written on the one ticket of the scenario."""

    body: str
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class Beat:
    """A moment, what has arrived since the one before, and then the desk takes its turns."""

    at: datetime
    what: str
    mails: tuple[bytes, ...] = ()
    articles: tuple[Article, ...] = ()


def utc(text: str) -> datetime:
    """A moment like `2026-11-30 08:00` in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def beats() -> tuple[Beat, ...]:
    """The whole scenario, oldest first."""
    return (*_first_days(), *_the_week_of_the_first(), *_the_end())


def _first_days() -> tuple[Beat, ...]:
    one, two, three = utc("2026-11-30 08:00"), utc("2026-11-30 09:00"), utc("2026-12-01 08:00")
    request = mail(NORA, "Deployment of release 11.0.3", CODE_REQUEST, name="request-1@agency.example.net", sent=one)
    again = mail(NORA, "Deployment of release 11.0.3", CODE_REQUEST, name="again-1@agency.example.net", sent=one)
    half = "Hi all,\n\nplease schedule a deployment of the PWA on PRD for us.\n\nThanks, Nora\n"
    news = mail(
        "Cloud Weekly <news@letters.example.com>", "Ten tips for safer deployments", "This week: a webinar.\n",
        name="news@letters.example.com", sent=one, more="List-Unsubscribe: <mailto:leave@letters.example.com>\r\n",
    )  # fmt: skip
    absent = mail(
        BEN, "Automatic reply: Deployment of release 11.0.3", "I am out of the office until Monday.\n",
        name="absent@northwind.example.com", sent=two, more="Auto-Submitted: auto-replied\r\n",
    )  # fmt: skip
    stranger = mail(
        "Mallory <mallory@elsewhere.example.net>", "Deployment request", CODE_REQUEST,
        name="stranger@elsewhere.example.net", sent=two,
    )  # fmt: skip
    answer = "Type of deployment: code\nDesired date and time: Tuesday, 2026-12-15 14:00\nSpecial activities: none\n"
    return (
        Beat(one, "a request alone", (request,)),
        Beat(two, "a newsletter, half a request, the same bytes, the same words, an absence, a stranger",
             (news, mail(NORA, "PWA to production", half, name="half@agency.example.net", sent=two), request, again,
              absent, stranger)),
        Beat(three, "what was missing",
             (mail(NORA, "Re: PWA to production", answer, name="answer@agency.example.net", sent=three,
                   to="half@agency.example.net"),)),
    )  # fmt: skip


def _the_week_of_the_first() -> tuple[Beat, ...]:
    one, two, three = utc("2026-12-01 10:00"), utc("2026-12-02 08:00"), utc("2026-12-02 12:00")
    four, five, six = utc("2026-12-03 08:00"), utc("2026-12-03 10:00"), utc("2026-12-04 08:00")
    friday = CODE_REQUEST.replace("code", "full").replace("Thursday, 2026-12-10", "Friday, 2027-01-15")
    full = mail(NORA, "ICM 11.1.0, full deployment", friday, name="full@agency.example.net", sent=one)
    second = "The second one is fine.\n\nNora\n"
    told = INSTRUCTIONS.format(type="code", current="11.0.2", target="11.0.3") + MAILING_LIST
    right = "Correction:\n\nShort description: payment and shipping labels corrected\n"
    integration = CODE_REQUEST.replace("Environment: PRD", "Environment: INT")
    slow = "Hi, since yesterday the product pages take five seconds. Can somebody have a look? Thanks, Ben\n"
    return (
        Beat(one, "a full deployment on a Friday, and one that the partner performs",
             (full, mail(NORA, "To the integration system", integration, name="int@agency.example.net", sent=one))),
        Beat(two, "the second slot, and an incident",
             (mail(NORA, "Re: ICM 11.1.0, full deployment", second, name="second@agency.example.net", sent=two,
                   to="full@agency.example.net"),
              mail(BEN, "Shop is slow", slow, name="slow@northwind.example.com", sent=two))),
        Beat(three, "instructions, and a forged withdrawal",
             (mail(NORA, "Re: Deployment of release 11.0.3", told, name="told@agency.example.net", sent=three,
                   to="request-1@agency.example.net"),
              mail(NORA, "Re: Deployment of release 11.0.3", "withdraw\n", name="forged@agency.example.net", sent=three,
                   to="request-1@agency.example.net", verdict="fail"))),
        Beat(four, "a correction",
             (mail(NORA, "Re: Deployment of release 11.0.3", right, name="right@agency.example.net", sent=four,
                   to="request-1@agency.example.net"),)),
        Beat(five, "a ticket", (), (Article(TICKET_REQUEST),)),
        Beat(six, "the ticket is withdrawn, and its customer is absent", (),
             (Article("I am out of the office.", automatic=True), Article("We withdraw this deployment."))),
    )  # fmt: skip


def _the_end() -> tuple[Beat, ...]:
    start, done, good = utc("2026-12-10 09:00"), utc("2026-12-10 11:00"), utc("2026-12-10 11:20")
    reminded, missed = utc("2026-12-14 12:00"), utc("2026-12-14 16:01")
    thread, subject = "request-1@agency.example.net", "Re: Deployment of release 11.0.3"
    full = INSTRUCTIONS.format(type="full", current="11.0.3", target="11.1.0")
    return (
        Beat(start, "OPS overrides and starts",
             (mail(MANAGER, subject, "/override PRE-2 seen on UAT together\n", name="override@example.org", sent=start,
                   to=thread),
              mail(ENGINEER, subject, "/start\n", name="start@example.org", sent=start, to=thread))),
        Beat(done, "OPS completes",
             (mail(ENGINEER, subject, "/complete\n", name="complete@example.org", sent=done, to=thread),)),
        Beat(good, "the attendant is content",
             (mail(BEN, subject, "tests ok\n", name="good@northwind.example.com", sent=good, to=thread),)),
        Beat(utc("2026-12-10 16:00"), "the first reminder of the second deployment"),
        Beat(utc("2026-12-11 08:00"), "instructions without a mailing list",
             (mail(NORA, "Re: ICM 11.1.0, full deployment", full, name="most@agency.example.net",
                   sent=utc("2026-12-11 08:00"), to="full@agency.example.net"),)),
        Beat(utc("2026-12-11 09:00"), "and the mailing list",
             (mail(NORA, "Re: ICM 11.1.0, full deployment", MAILING_LIST, name="rest@agency.example.net",
                   sent=utc("2026-12-11 09:00"), to="full@agency.example.net"),)),
        Beat(reminded, "the second reminder"),
        Beat(missed, "the deadline"),
    )  # fmt: skip
