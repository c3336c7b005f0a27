"""Facts as they could be, one set per kind of letter: for `check_all` and the gallery."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from dplmaild.deployment.owed import (
    Affected,
    Change,
    Changed,
    CommandResult,
    Facts,
    Letter,
    LetterKind,
    RefusedDay,
    Since,
    Trigger,
)
from dplmaild.deployment.said import Question
from dplmaild.deployment.terms import (
    PRD,
    UAT,
    Component,
    Deployment,
    DeploymentType,
    Environment,
    Field,
    Finding,
    Options,
    Product,
    Severity,
    State,
    Version,
    Window,
)
from dplmaild.writing.sample_digest import sample_digest, sample_status

_BERLIN = ZoneInfo("Europe/Berlin")
_SLOT = Window(datetime(2027, 1, 12, 10, 0, tzinfo=_BERLIN), timedelta(hours=2, minutes=30))
_DEPLOYMENT = Deployment(
    product=Product.ICM,
    environment=PRD,
    type=DeploymentType.CODE,
    current_version=Version("11.0.1"),
    target_version=Version("11.0.2"),
    options=Options(deploy_app_tier=True, deploy_web_tier=True, invalidate_page_cache=False, db_migrate=False),
    release_notes="https://example.com/notes/11.0.2",
    description="Faster search on the start page",
    special_activities="none",
    attendants=("attendant@example.org",),
    mailing_list=("release@example.org", "attendant@example.org"),
    tested_on=(Environment("INT"), UAT),
)
_FULL = replace(_DEPLOYMENT, type=DeploymentType.FULL)
_COMPONENTS = Deployment(
    environment=PRD,
    components=(Component("addon-x", "3.2.11"), Component("portal", "4.0")),
    tickets=("ES-1001 Search is slow", "ES-1002 Wrong VAT"),
    restarts="consoles and sync servers",
    duration=timedelta(minutes=15),
)
_TOO_SHORT = Finding(
    "LEAD-2",
    applies=True,
    passed=False,
    severity=Severity.BLOCKS,
    facts={
        "arrived": date(2027, 1, 10),
        "day": date(2027, 1, 12),
        "given": 2,
        "required": 3,
        "recommended": None,
        "count": "calendar",
        "type": "code",
    },
)
_HOLIDAY = Finding(
    "DAY-2",
    applies=True,
    passed=False,
    severity=Severity.BLOCKS,
    facts={"day": date(2027, 1, 5), "next_day": date(2027, 1, 6), "closed": ("customer: Epiphany",)},
)
_NOTE = Finding(
    "TYPE-5", True, False, Severity.INFORMS, {"current": "11.0.2", "target": "11.0.2", "same_version": True}
)
_PLAIN = Facts(
    reference="DPL-2026-0042",
    customer="Blue Shop",
    state=State.SCHEDULED,
    deployment=_DEPLOYMENT,
    slot=_SLOT,
    wanted=_SLOT,
    zone="Atlantic/Canary",
    arrived=datetime(2026, 12, 28, 8, 15, tzinfo=UTC),
    deadline=datetime(2027, 1, 11, 17, 0, tzinfo=_BERLIN),
    portal="https://portal.example.com/",
    phone="+49 30 5550100",
)


def _later(days: int) -> Window:
    return Window(_SLOT.start + timedelta(days=days), _SLOT.length)


_OFFERED = replace(
    _PLAIN,
    slots=(_later(1), _later(2), _later(6)),
    slots_until=datetime(2027, 1, 5, 12, 0, tzinfo=_BERLIN),
)
_OPEN = replace(
    _PLAIN,
    missing=(Field.RELEASE_NOTES, Field.MAILING_LIST),
    questions=(Question(Field.TARGET_VERSION, "conflict", ("11.0.2", "11.0.3")),),
)
_TESTING = replace(_PLAIN, state=State.TESTING, tests_until=datetime(2027, 1, 12, 12, 30, tzinfo=_BERLIN))
_PROD = replace(
    _PLAIN, deployment=_COMPONENTS, ops_zone="Europe/Madrid", zone="Europe/Madrid", cancels=False, requested_type=None
)
_EVERYTHING = replace(
    _PLAIN,
    findings=(_NOTE,),
    requested_type="full",
    downtime=True,
    conditions=("PRE-1", "PRE-2", "PRE-3", "PRE-4", "PRE-5", "PRE-6", "TEST-2"),
    not_added=("friend@example.net",),
    also_informed=("helpdesk@example.org",),
    lacks_on_list=("attendant",),
    taken_from="contact@example.org",
    missing=(Field.RELEASE_NOTES,),
    uat_step=_later(-4),
    syn_step=_later(-5),
)
_PER_KIND: dict[LetterKind, Facts] = {
    LetterKind.ASKED: replace(_OPEN, slot=None, earliest=_later(1), something_hidden=True),
    LetterKind.ADOPT: replace(
        _PLAIN,
        slot=None,
        deployment=replace(_DEPLOYMENT, special_activities=None),
        by="contact@example.org",
        missing=(Field.SPECIAL_ACTIVITIES,),
    ),
    LetterKind.OFFERED: replace(
        _OFFERED, slot=None, findings=(_TOO_SHORT, _HOLIDAY), conditions=("PRE-2",), subject_to_approval=True
    ),
    LetterKind.AWAITING_APPROVAL: replace(_PLAIN, subject_to_approval=True),
    LetterKind.CONFIRMED: replace(_PLAIN, conditions=("PRE-2", "TEST-2"), missing=(Field.RELEASE_NOTES,)),
    LetterKind.INSTRUCTIONS_INCOMPLETE: _OPEN,
    LetterKind.CHANGED: replace(
        _PLAIN, changes=(Change(Field.TARGET_VERSION, "11.0.2", "11.0.3"), Change(Field.DB_MIGRATE, "no", "yes"))
    ),
    LetterKind.EMPTY: replace(_PLAIN, missing=(Field.RELEASE_NOTES, Field.MAILING_LIST)),
    LetterKind.WHICH: Facts(
        customer="Blue Shop",
        affected=(
            Affected("DPL-2026-0042", "Blue Shop", _DEPLOYMENT, _SLOT, "Europe/Berlin", ()),
            Affected("DPL-2026-0051", "Blue Shop", _DEPLOYMENT, _later(1), "Europe/Berlin", ()),
        ),
    ),
    LetterKind.NAMED_ALREADY: _PLAIN,
    LetterKind.STANDS: replace(_PLAIN, missing=(Field.RELEASE_NOTES, Field.MAILING_LIST)),
    LetterKind.OVERTAKEN: replace(
        _PLAIN, questions=(Question(Field.TARGET_VERSION, "on_record", ("11.0.3", "11.0.2")),), answer_yes=True
    ),
    LetterKind.PASSED_ON: replace(_PLAIN, changes=(Change(Field.CARTRIDGES, "", "app_sf_blue"),)),
    LetterKind.TOO_LATE: replace(_PLAIN, slots=_OFFERED.slots),
    LetterKind.REMINDER: _OPEN,
    LetterKind.CANCELLED: replace(_PLAIN, slots=_OFFERED.slots, missing=(Field.RELEASE_NOTES,)),
    LetterKind.DECLINED: replace(_PLAIN, slot=None, text="The shop runs a campaign on that day.", by="OPS"),
    LetterKind.NO_PROCEDURE: replace(_PLAIN, deployment=replace(_DEPLOYMENT, environment=Environment("DEV"))),
    LetterKind.REFUSED: replace(_PLAIN, state=State.SUCCEEDED),
    LetterKind.NOTED: replace(_PLAIN, text="problem: the basket stays empty"),
    LetterKind.STARTED: replace(_PLAIN, state=State.IN_PROGRESS),
    LetterKind.POSTPONED: replace(_PLAIN, was_slot=_later(-1), text="The backup is still running."),
    LetterKind.DELAYED: replace(_PLAIN, minutes=timedelta(minutes=90), text="The index takes longer."),
    LetterKind.ISSUE: replace(_PLAIN, text="One node does not come up."),
    LetterKind.UPDATE: replace(_PLAIN, text="The node is up again.\nThe web tier follows."),
    LetterKind.COMPLETED: _TESTING,
    LetterKind.TEST_REMINDER: _TESTING,
    LetterKind.TRANSCRIPT: replace(
        _PLAIN,
        transcript=(
            CommandResult("/start", True, "in progress"),
            CommandResult("/fly", False, "no such command"),
            CommandResult("/status", True, "instructed", sample_status(_DEPLOYMENT, _SLOT)),
            CommandResult("/start", False, "not yet", unmet=sample_status(_DEPLOYMENT, _SLOT).ready[2:]),
            CommandResult("/status", True, "the day", digest=sample_digest(_COMPONENTS, _SLOT)),
        ),
    ),
    LetterKind.TRIAGE: Facts(
        customer="Blue Shop",
        triage=(("From", "stranger@example.net"), ("Read as", "schedule_request"), ("Why", "sender is unknown")),
    ),
    LetterKind.ALARM: replace(_PLAIN, text="/approve, /propose or /decline DPL-2026-0042", findings=(_TOO_SHORT,)),
    LetterKind.READY: replace(_PLAIN, ready=sample_status(_DEPLOYMENT, _SLOT).ready),
    LetterKind.DIGEST: Facts(digest=sample_digest(_DEPLOYMENT, _SLOT)),
    LetterKind.LOOKED_AGAIN: Facts(
        affected=(
            Affected("DPL-2026-0042", "Blue Shop", _DEPLOYMENT, _SLOT, "Europe/Berlin", (_HOLIDAY, _TOO_SHORT)),
            Affected("DPL-2026-0051", "Green Shop", _COMPONENTS, None, "Europe/Madrid", (_HOLIDAY,)),
        ),
        more_affected=3,
        since=(
            Since(Changed.HOLIDAYS, "holidays 0.110", "holidays 0.109"),
            Since(Changed.OPS),
            Since(Changed.PROFILE, "caas"),
            Since(Changed.CUSTOMER, "Blue Shop"),
        ),
    ),
}
_NOTHING_FREE = replace(
    _PLAIN,
    slot=None,
    findings=(_TOO_SHORT,),
    refused_days=(RefusedDay(datetime(2027, 1, 5, 9, 0, tzinfo=_BERLIN), (_HOLIDAY,)),),
)


# The turns that a kind can take beside the usual one: kind, name, facts.
_CASES: tuple[tuple[LetterKind, str, Facts], ...] = (
    (LetterKind.OFFERED, "nothing-free", _NOTHING_FREE),
    (LetterKind.OFFERED, "next", replace(_OFFERED, slot=None, wanted=None)),
    (LetterKind.OFFERED, "one", replace(_OFFERED, slots=(_later(1),), slot=None, findings=(_TOO_SHORT,))),
    (LetterKind.CONFIRMED, "everything", _EVERYTHING),
    (LetterKind.CONFIRMED, "prod", _PROD),
    (LetterKind.CONFIRMED, "at-once", replace(_PLAIN, at_once=True)),
    (LetterKind.BINDING, "prod", _PROD),
    (LetterKind.INSTRUCTIONS_INCOMPLETE, "prod", replace(_PROD, missing=(Field.VALIDATED, Field.ROLLBACK))),
    (LetterKind.REMINDER, "prod", replace(_PROD, missing=(Field.VALIDATED, Field.ROLLBACK))),
    (LetterKind.CHANGED, "date", replace(_PLAIN, was_slot=_later(-7))),
    (LetterKind.CANCELLED, "withdrawn", replace(_PLAIN, by="A. Example", text="We need one more round of tests.")),
    (LetterKind.STARTED, "prod", _PROD),
    (LetterKind.STARTED, "full", replace(_PLAIN, deployment=_FULL, downtime=True)),
    (LetterKind.COMPLETED, "rollback", replace(_TESTING, state=State.TESTING_ROLLBACK)),
    (LetterKind.TEST_REMINDER, "rollback", replace(_TESTING, state=State.TESTING_ROLLBACK)),
)


def sample_letter(kind: LetterKind, language: str, facts: Facts | None = None) -> Letter:
    """A letter of this kind as it could be owed."""
    return Letter(
        kind=kind,
        to=("release@example.org",),
        language=language,
        title="Deployment of 11.0.2",
        facts=facts or _PER_KIND.get(kind, _PLAIN),
        trigger=Trigger.MAIL,
        in_reply_to="<request@example.org>",
        references=("<request@example.org>",),
    )


def sample_letters(language: str) -> dict[str, Letter]:
    """Letters of every kind, and the turns a kind can take, by the name they have in the gallery."""
    letters = {kind.value: sample_letter(kind, language) for kind in LetterKind}
    letters |= {f"{kind.value}-{case}": sample_letter(kind, language, facts) for kind, case, facts in _CASES}
    bare = Facts(customer="Blue Shop")
    letters |= {f"{kind.value}-bare": sample_letter(kind, language, bare) for kind in LetterKind}
    order = list(LetterKind)
    return dict(sorted(letters.items(), key=lambda named: order.index(named[1].kind)))
