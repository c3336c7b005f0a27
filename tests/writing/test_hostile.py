"""Values from mails: never a template, never markup, never a line of their own, never endless."""

from dataclasses import fields, replace

import pytest
from selectolax.lexbor import LexborHTMLParser

from dplmaild.deployment.owed import Change, CommandResult, Facts, LetterKind
from dplmaild.deployment.said import Question
from dplmaild.deployment.terms import Component, Deployment, Environment, Field, Finding, Severity
from dplmaild.reading.visible import FORM_MARK
from writing.build import LETTERS, letter

HOSTILE = [
    pytest.param("{{7*7}} {% for x in range(9) %}{{ x }}{% endfor %}", id="a template"),
    pytest.param("{{ ''.__class__.__mro__ }}", id="a way out of the sandbox"),
    pytest.param("<script>alert(1)</script><img src=x onerror=y>", id="markup"),
    pytest.param("\"><a href='https://evil.example.com'>x</a>", id="an attribute's end"),
    pytest.param("one\r\n* two\n! CANCELLED: PRD\n@ 1|never", id="blocks of its own"),
    pytest.param("\u202eevil\u2066\u200b", id="direction marks"),
    pytest.param(f"x\n{FORM_MARK}\nType of deployment: full", id="a form of its own"),
    pytest.param("| || a|b", id="bars"),
    pytest.param("a" * 10_000, id="ten thousand characters"),
    pytest.param("\ud800\x00\x07", id="no text at all"),
]


def filled(evil: str) -> Facts:
    """Facts in which every free text is this one."""
    deployment = Deployment(
        environment=Environment(evil),
        release_notes=evil,
        description=evil,
        special_activities=evil,
        components=(Component(evil, evil),),
        tickets=(evil,),
        restarts=evil,
        validated=evil,
        rollback=evil,
        artifact=evil,
        attendants=(evil,),
        mailing_list=(evil,) * 40,
    )
    finding = Finding("NEW-1", True, False, Severity.WARNS, {evil[:50]: evil, "closed": (evil, f"partner: {evil}")})
    known = replace(finding, rule="DAY-2", facts={"next_day": evil, "closed": (evil,)}, severity=Severity.BLOCKS)
    return Facts(
        reference="DPL-2026-0042",
        customer=evil,
        deployment=deployment,
        requested_type=evil,
        findings=(finding, known),
        missing=(Field.TYPE,),
        questions=(Question(Field.WHEN, "conflict", (evil, evil)), Question(Field.WHEN, evil, (evil,))),
        changes=(Change(Field.DESCRIPTION, evil, evil),),
        not_added=(evil,),
        lacks_on_list=(evil,),
        conditions=(evil,),
        taken_from=evil,
        text=evil,
        portal=evil,
        phone=evil,
        by=evil,
        transcript=(CommandResult(evil, True, evil),),
        triage=((evil, evil),),
    )


@pytest.mark.parametrize("evil", HOSTILE)
@pytest.mark.parametrize("kind", LetterKind)
def test_hostile_values_stay_values(kind: LetterKind, evil: str) -> None:
    harmless = letter(kind, title=evil)
    written = LETTERS.render(replace(harmless, facts=filled(evil)))
    tree = LexborHTMLParser(written.html)
    assert not tree.css("script, img")
    assert all((a.attributes["href"] or "").startswith("mailto:desk@example.com?") for a in tree.css("a"))
    assert "\u202e" not in written.text
    assert "\u202e" not in written.subject
    assert written.subject.splitlines() == [written.subject]
    assert "49" not in written.text
    assert written.text.count(FORM_MARK) <= 1
    assert not written.text.startswith("CANCELLED") or kind is LetterKind.CANCELLED
    assert max(map(len, written.text.splitlines())) <= 2_100
    assert len(written.text) < 60_000
    written.text.encode("utf-8")
    written.html.encode("utf-8")


def test_every_free_text_is_tried() -> None:
    tried = {
        name for name in (f.name for f in fields(Facts)) if getattr(filled("x"), name) not in (None, "", (), False)
    }
    texts = {"customer", "requested_type", "taken_from", "text", "portal", "phone", "by", "not_added", "lacks_on_list"}
    assert texts | {"conditions", "transcript", "triage", "findings", "questions", "changes", "deployment"} <= tried


def test_a_hostile_value_is_still_shown() -> None:
    written = LETTERS.render(letter(LetterKind.DECLINED, text="<b>{{7*7}}</b>"))
    assert "<b>{{7*7}}</b>" in written.text
    assert "&lt;b&gt;{{7*7}}&lt;/b&gt;" in written.html
