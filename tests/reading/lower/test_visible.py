# ruff: noqa: E501 - markup and headers as mail programs write them
"""Whose words are whose, in the markup and the languages that mail really comes in."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dplmaild.reading.mime import Message, read_message
from dplmaild.reading.visible import FORM_MARK, Line, Table, blocks_of_html, blocks_of_text, visible
from reading.lower.mails import mail

OWN = "Please deploy 11.0.2 on Tuesday."
OLD = "Which date do you want?"


@pytest.mark.parametrize(
    "quote",
    [
        pytest.param("On Mon, Nov 23, 2026 at 9:00 AM Ops <ops@example.net> wrote:\n> {old}", id="Gmail, English"),
        pytest.param("On Monday, November 23, 2026 at 9:00 AM Ops <ops@example.net>\nwrote:\n\n> {old}", id="wrapped over two lines"),
        pytest.param("Am Mo., 23. Nov. 2026 um 09:00 Uhr schrieb Ops <ops@example.net>:\n\n> {old}", id="Gmail, German"),
        pytest.param("El lun, 23 nov 2026 a las 9:00, Ops (<ops@example.net>) escribió:\n\n> {old}", id="Gmail, Spanish"),
        pytest.param("El dl., 23 de nov. 2026, 9:00, Ops <ops@example.net> va escriure:\n\n> {old}", id="Gmail, Catalan"),
        pytest.param("Missatge de Ops <ops@example.net> del dia dl., 23 de nov. 2026\na les 9:00:\n\n> {old}", id="Gmail, Catalan, message of"),
        pytest.param("Le lun. 23 nov. 2026 à 09:00, Ops <ops@example.net> a écrit :\n> {old}", id="Gmail, French"),
        pytest.param("Il giorno lun 23 nov 2026 alle ore 09:00 Ops <ops@example.net> ha scritto:\n> {old}", id="Gmail, Italian"),
        pytest.param("Op ma 23 nov 2026 om 09:00 schreef Ops <ops@example.net>:\n> {old}", id="Gmail, Dutch"),
        pytest.param("W dniu 23.11.2026 o 09:00, Ops pisze:\n> {old}", id="Thunderbird, Polish"),
        pytest.param("Am 23.11.26 um 09:00 schrieb Ops:\n> {old}", id="Thunderbird, German"),
        pytest.param("On 23/11/2026 09:00, Ops wrote:\n{old}", id="attribution with no quote marks below"),
        pytest.param("-----Original Message-----\nFrom: Ops <ops@example.net>\nSent: Monday, November 23, 2026 9:00 AM\nTo: Jane\nSubject: Deployment\n\n{old}", id="Outlook, English"),
        pytest.param("________________________________\nFrom: Ops\nSent: Monday, November 23, 2026 9:00:00 AM\nTo: Jane\nSubject: Deployment\n\n{old}", id="Outlook web, no address"),
        pytest.param("Von: Ops <ops@example.net>\nGesendet: Montag, 23. November 2026 09:00\nAn: Jane\nBetreff: Deployment\n\n{old}", id="Outlook, German, no separator"),
        pytest.param("De: Ops <ops@example.net>\nEnviado el: lunes, 23 de noviembre de 2026 9:00\nPara: Jane\nAsunto: Deployment\n\n{old}", id="Outlook, Spanish"),
        pytest.param("De: Ops <ops@example.net>\nEnviat el: dilluns, 23 de novembre de 2026 9:00\nPer a: Jane\nAssumpte: Deployment\n\n{old}", id="Outlook, Catalan"),
        pytest.param("*Von:* Ops <ops@example.net>\n*Gesendet:* Montag, 23. November 2026 09:00\n*An:* Jane\n*Betreff:* Deployment\n\n{old}", id="bold labels in plain text"),
        pytest.param("Fra: Ops <ops@example.net>\nSendt: 23. november 2026 09:00\nTil: Jane\nEmne: Deployment\n\n{old}", id="Outlook, Danish"),
        pytest.param("发件人: Ops <ops@example.net>\n发送时间: 2026年11月23日 9:00\n收件人: Jane\n主题: Deployment\n\n{old}", id="Outlook, Chinese"),
        pytest.param("------- Original Message -------\nOn Monday, November 23rd, 2026 at 9:00 AM, Ops <ops@example.net> wrote:\n\n> {old}", id="Proton"),
    ],
)  # fmt: skip
def test_plain_quotes_are_cut(quote: str) -> None:
    seen = visible(mail(f"{OWN}\n\n{quote.format(old=OLD)}\n"))
    assert seen.new_text == OWN
    assert OLD in seen.quoted_text
    assert seen.forwarded is None


OUTLOOK_HEAD = "<p class=MsoNormal><b>{0}:</b> Ops &lt;ops@example.net&gt;<br><b>{1}:</b> 2026-11-23 09:00<br><b>{2}:</b> Jane<br><b>{3}:</b> Deployment</p>"


@pytest.mark.parametrize(
    "quote",
    [
        pytest.param('<div class="gmail_quote"><div class="gmail_attr">On Mon, Nov 23, 2026 at 9:00 AM Ops &lt;<a href="mailto:ops@example.net">ops@example.net</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0;border-left:1px solid #ccc"><div>{old}</div></blockquote></div>', id="Gmail"),
        pytest.param('<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">' + OUTLOOK_HEAD.format("Von", "Gesendet", "An", "Betreff") + "</div><p class=MsoNormal>{old}</p>", id="Outlook desktop, German"),
        pytest.param('<div id="appendonsend"></div><hr><div id="divRplyFwdMsg" dir="ltr"><font>' + OUTLOOK_HEAD.format("差出人", "送信日時", "宛先", "件名") + "</font></div><div>{old}</div>", id="Outlook web, Japanese"),
        pytest.param('<div id="ms-outlook-mobile-signature">Get <a href="https://aka.ms/x">Outlook for iOS</a></div><hr><div id="divRplyFwdMsg">' + OUTLOOK_HEAD.format("De", "Enviat", "Per a", "Assumpte") + "</div>{old}", id="Outlook mobile, Catalan"),
        pytest.param('<div><br><blockquote type="cite"><div>On 23 Nov 2026, at 09:00, Ops &lt;ops@example.net&gt; wrote:</div><br><div>{old}</div></blockquote></div>', id="Apple Mail"),
        pytest.param('<div class="moz-cite-prefix">Am 23.11.26 um 09:00 schrieb Ops:<br></div><blockquote type="cite" cite="mid:x@example.net">{old}</blockquote>', id="Thunderbird"),
        pytest.param('<div id="ydp1yahoo_quoted_1" class="yahoo_quoted"><div>El lunes, 23 de noviembre de 2026, 9:00:00 CET, Ops escribió:</div><div>{old}</div></div>', id="Yahoo"),
        pytest.param('<div name="quote" style="border-left:2px solid #C3D9E5"><div><b>Gesendet:</b> Montag, 23. November 2026 um 09:00</div><div><b>Von:</b> ops@example.net</div><div>{old}</div></div>', id="GMX"),
        pytest.param('<div class="protonmail_quote">On Monday, November 23rd, 2026 at 9:00 AM, Ops &lt;ops@example.net&gt; wrote:<br><blockquote class="protonmail_quote" type="cite">{old}</blockquote></div>', id="Proton"),
    ],
)  # fmt: skip
def test_html_quotes_are_cut(quote: str) -> None:
    seen = visible(mail(None, f"<html><body><div>{OWN}</div>{quote.replace('{old}', OLD)}</body></html>"))
    assert [block.text for block in seen.new if isinstance(block, Line)] == [OWN]
    assert OLD in seen.quoted_text


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("From: 11.0.1\nTo: 11.0.2\nDate: 2026-12-01", id="versions under mail-like labels"),
        pytest.param(
            "From: 11.0.1\nTo: 11.0.2\nDate: 2026-12-01 10:00\nSubject: hotfix", id="even with a time and a subject"
        ),
        pytest.param("Von: 11.0.1\nAn: 11.0.2\nDatum: 01.12.2026", id="the same in German"),
        pytest.param(
            "Hello team,\nwe deploy on 01.12.2026 at 10:00.\nJane wrote the following notes:\nno downtime",
            id="somebody wrote, in a sentence",
        ),
        pytest.param("On it.\nI will check what Jane wrote:\nnothing so far", id="a line that begins with On"),
        pytest.param("Versions:\n>= 11.0.2", id="a comparison is no quote"),
        pytest.param("Please note the dates:\n----------\n2026-12-01", id="a ruler"),
        pytest.param("Original message\nis what the customer sees first.", id="separator words without a frame"),
    ],
)
def test_what_only_looks_like_a_quote_stays(body: str) -> None:
    seen = visible(mail(body))
    assert seen.new_text == body
    assert seen.quoted == ()


@pytest.mark.parametrize(
    "signature",
    [
        pytest.param("-- \nJane Doe\nRelease: a title", id="the standard mark"),
        pytest.param("Best regards,\nJane Doe\nExample Ltd\nTel.: +49 3641 500", id="English closing"),
        pytest.param("Mit freundlichen Grüßen\nJane Doe\n\nExample GmbH, Jena\nGeschäftsführer: John Roe", id="German closing"),
        pytest.param("Thanks in advance and best regards\nJane Doe", id="two closings in one"),
        pytest.param("Un saludo,\nJuana", id="Spanish closing"),
        pytest.param("Salutacions,\nJoana", id="Catalan closing"),
        pytest.param("Thanks, Jane", id="name on the closing's line"),
        pytest.param("Sent from my iPhone", id="phone, English"),
        pytest.param("Von meinem iPhone gesendet", id="phone, German"),
        pytest.param("Enviado desde mi iPhone", id="phone, Spanish"),
        pytest.param("Enviat des del meu iPhone", id="phone, Catalan"),
        pytest.param("Jane", id="only the sender's name"),
        pytest.param("Regards\nJane\n\nThis e-mail may contain confidential information and is intended only for the addressee. If it reached you by mistake, tell us and delete it, please; do not copy it.", id="with a disclaimer"),
    ],
)  # fmt: skip
def test_signatures_are_apart(signature: str) -> None:
    seen = visible(mail(f"{OWN}\n\n{signature}\n"))
    assert seen.new_text == OWN
    assert seen.signature


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("Thanks,\nTarget: 11.0.2", id="a field below thanks"),
        pytest.param("Thanks,\nJane", id="nothing but thanks"),
        pytest.param("Hello,\n--\nType: hotfix\nTarget version: 11.0.2", id="dashes above fields"),
        pytest.param("Please deploy.\nThanks!\n- 11.0.2 on UAT", id="a bullet below thanks"),
        pytest.param("Hi,\nthanks\n2", id="a chosen slot below thanks"),
        pytest.param("ok\nregards\n/approve", id="a command below regards"),
    ],
)
def test_what_only_looks_like_a_signature_stays(body: str) -> None:
    assert visible(mail(body)).new_text == body


FORWARD_HEAD = "From: John Roe <john@example.org>\nDate: Mon, Nov 23, 2026 at 9:00 AM\nSubject: Hotfix\nTo: Jane <jane@example.com>\n\n"


@pytest.mark.parametrize(
    ("subject", "forward"),
    [
        pytest.param("Fwd: Hotfix", "---------- Forwarded message ---------\n" + FORWARD_HEAD + "{old}", id="Gmail"),
        pytest.param("Hotfix", "---------- Forwarded message ---------\n" + FORWARD_HEAD + "{old}", id="Gmail, subject without prefix"),
        pytest.param("Fwd: Hotfix", "Begin forwarded message:\n\n> From: John Roe <john@example.org>\n> Subject: Hotfix\n> Date: 23 November 2026 at 09:00:00 CET\n> To: Jane\n> \n> {old}", id="Apple Mail, quoted"),
        pytest.param("Fwd: Hotfix", "-------- Weitergeleitete Nachricht --------\nBetreff: \tHotfix\nDatum: \tMon, 23 Nov 2026 09:00:00 +0100\nVon: \tJohn Roe <john@example.org>\nAn: \tjane@example.com\n\n{old}", id="Thunderbird, German"),
        pytest.param("WG: Hotfix", "Von: John Roe <john@example.org>\nGesendet: Montag, 23. November 2026 09:00\nAn: Jane\nBetreff: Hotfix\n\n{old}", id="Outlook, German"),
        pytest.param("RV: Hotfix", "De: John Roe <john@example.org>\nEnviado: lunes, 23 de noviembre de 2026 9:00\nPara: Jane\nAsunto: Hotfix\n\n{old}", id="Outlook, Spanish"),
        pytest.param("Fwd: Hotfix", "---------- Missatge reenviat ----------\nDe: John Roe <john@example.org>\nData: dl., 23 de nov. 2026, 9:00\nAssumpte: Hotfix\nPer a: Jane\n\n{old}", id="Gmail, Catalan"),
        pytest.param("TR: Hotfix", "De : John Roe <john@example.org>\nEnvoyé : lundi 23 novembre 2026 09:00\nÀ : Jane\nObjet : Hotfix\n\n{old}", id="Outlook, French"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("own", [pytest.param("", id="bare"), pytest.param("Please deploy as below.", id="adopted")])
def test_inline_forwards_keep_their_author(subject: str, forward: str, own: str) -> None:
    seen = visible(mail(f"{own}\n\n{forward.format(old=OLD)}", None, f"Subject: {subject}"))
    assert seen.new_text == own
    assert seen.forwarded is not None
    assert seen.forwarded.sender == "john@example.org"
    assert seen.forwarded.subject == "Hotfix"
    assert "2026" in (seen.forwarded.date or "")
    assert seen.forwarded.text == OLD


def test_html_forward_of_thunderbird() -> None:
    html = (
        '<p>FYI</p><div class="moz-forward-container">-------- Forwarded Message --------<table class="moz-email-headers-table">'
        "<tr><th>Subject: </th><td>Hotfix</td></tr><tr><th>Date: </th><td>Mon, 23 Nov 2026 09:00:00 +0100</td></tr>"
        "<tr><th>From: </th><td>John Roe &lt;john@example.org&gt;</td></tr></table><br>Target: 11.0.2</div>"
    )
    seen = visible(mail(None, html, "Subject: Fwd: Hotfix"))
    assert seen.new_text == "FYI"
    assert seen.forwarded is not None
    assert (seen.forwarded.sender, seen.forwarded.subject) == ("john@example.org", "Hotfix")
    assert seen.forwarded.text == "Target: 11.0.2"


def test_a_reply_to_a_forward_is_a_reply() -> None:
    inner = "-----Original Message-----\n" + FORWARD_HEAD + OLD
    seen = visible(mail(f"{OWN}\n\n{inner}", None, "Subject: AW: WG: Hotfix"))
    assert seen.forwarded is None
    assert seen.new_text == OWN


def test_the_history_below_a_forwarded_message_is_not_its_words() -> None:
    older = "On Sun, Nov 22, 2026 at 8:00 AM Ann <ann@example.org> wrote:\n> Target: 10.9.9"
    seen = visible(
        mail(f"---------- Forwarded message ---------\n{FORWARD_HEAD}{OWN}\n\n{older}", None, "Subject: Fwd: x")
    )
    assert seen.forwarded is not None
    assert seen.forwarded.text == OWN
    assert "10.9.9" in seen.quoted_text


def test_an_attached_mail_is_a_forward() -> None:
    raw = (
        b"From: jane@example.com\nSubject: see attached\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nAs attached.\n--b\n"
        b"Content-Type: message/rfc822\n\nFrom: John <john@example.org>\nSubject: Hotfix\nDate: Mon, 23 Nov 2026 09:00:00 +0100\n\nTarget: 11.0.2\n--b--\n"
    )
    seen = visible(read_message(raw))
    assert seen.new_text == "As attached."
    assert seen.forwarded is not None
    assert (seen.forwarded.sender, seen.forwarded.text) == ("john@example.org", "Target: 11.0.2")


def answers(message: Message) -> list[str]:
    return [block.text for block in visible(message).new if isinstance(block, Line) and block.answer]


def test_answers_between_quoted_lines_are_new() -> None:
    body = "On 23/11/2026 09:00, Ops wrote:\n> Target version:\n11.0.2\n> Current version:\n\n11.0.1\n> Restarts?\nyes, both\n> Regards\n"
    assert answers(mail(body)) == ["Target version: 11.0.2", "Current version: 11.0.1", "yes, both"]
    assert "Restarts?" not in visible(mail(body)).new_text


def test_a_quoted_form_filled_in_is_an_answer() -> None:
    body = f"done\n\nAm 23.11.26 um 09:00 schrieb Ops:\n> Note: not a field of the form\n> {FORM_MARK}\n> Target version: 11.0.2\n> Current version: \n> Cartridges: app_one\n"
    assert answers(mail(body)) == ["Target version: 11.0.2", "Cartridges: app_one"]


def test_a_form_quoted_without_marks_is_an_answer_too() -> None:
    head = "From: Ops <ops@example.net>\nSent: Monday, November 23, 2026 9:00 AM\nTo: Jane\nSubject: Deployment\n\n"
    body = (
        f"see below\n\n{head}Type: is asked\n{FORM_MARK}\nTarget version: 11.0.2\nCurrent version:\n----\nPhone: 123\n"
    )
    assert answers(mail(body)) == ["Target version: 11.0.2"]


def test_a_form_in_html_table_cells_is_an_answer() -> None:
    html = (
        f'<div>done</div><blockquote type="cite"><p>{FORM_MARK}</p><table><tr><td>Target version:</td><td>11.0.2</td></tr>'
        "<tr><td>Current version:</td><td></td></tr></table></blockquote>"
    )
    assert answers(mail(None, html)) == ["Target version: 11.0.2"]


def test_other_quoted_fields_are_not_answers() -> None:
    seen = visible(mail("ok\n\nOn 23/11/2026 09:00, Ops wrote:\n> Target version: 11.0.2\n"))
    assert [block.text for block in seen.new if isinstance(block, Line)] == ["ok"]


def test_words_below_the_quote_are_new() -> None:
    assert visible(mail(f"On 23/11/2026 09:00, Ops wrote:\n> {OLD}\n\n{OWN}\n")).new_text == OWN


TABLE = "<table><tr><td>Target</td><td>11.0.3</td></tr><tr><td>Type</td><td>hotfix</td></tr></table>"


def test_html_tables_keep_their_cells() -> None:
    blocks, hidden = blocks_of_html(f"<p>Hello</p>{TABLE}", "body/html")
    assert [block.rows for block in blocks if isinstance(block, Table)] == [(("Target", "11.0.3"), ("Type", "hotfix"))]
    assert not hidden


def test_nested_tables_are_not_repeated() -> None:
    html = f"<table><tr><td>Outer</td><td>value{TABLE}</td></tr><tr><td>a</td><td>b</td></tr></table>"
    blocks, _ = blocks_of_html(html, "body/html")
    outer, inner = [block for block in blocks if isinstance(block, Table)]
    assert outer.rows == (("Outer", "value"), ("a", "b"))
    assert inner.rows == (("Target", "11.0.3"), ("Type", "hotfix"))


def test_a_table_for_layout_becomes_lines_around_the_table_in_it() -> None:
    blocks, _ = blocks_of_html(f"<table><tr><td>Hello<br>there{TABLE}</td></tr></table>", "body/html")
    assert [block.text for block in blocks if isinstance(block, Line)] == ["Hello", "there"]
    assert sum(isinstance(block, Table) for block in blocks) == 1


def test_spanned_columns_keep_the_grid() -> None:
    html = "<table><tr><td colspan=2>One</td><td>Two</td></tr><tr><td>a&nbsp;b</td><td>c</td><td>d</td></tr></table>"
    (table,) = blocks_of_html(html, "body/html")[0]
    assert isinstance(table, Table)
    assert table.rows == (("One", "", "Two"), ("a b", "c", "d"))


@pytest.mark.parametrize(
    "old",
    [
        pytest.param("<s>11.0.1</s>", id="struck"),
        pytest.param("<strike>11.0.1</strike>", id="strike"),
        pytest.param("<del>11.0.1</del>", id="deleted"),
        pytest.param('<span style="text-decoration: line-through">11.0.1</span>', id="struck by style"),
        pytest.param('<span style="display:none">11.0.1</span>', id="not displayed"),
        pytest.param('<span style="color:red; font-size: 0px">11.0.1</span>', id="size zero"),
        pytest.param('<span style="visibility:hidden">11.0.1</span>', id="invisible"),
        pytest.param("<span style='mso-hide:all'>11.0.1</span>", id="hidden in Outlook"),
        pytest.param('<font color="white">11.0.1</font>', id="white on white"),
        pytest.param('<span style="color:#ffffff">11.0.1</span>', id="white on white by style"),
    ],
)
@pytest.mark.parametrize(
    "place", ["<p>Target: {} 11.0.2</p>", "<table><tr><td>Target</td><td>{} 11.0.2</td></tr></table>"]
)
def test_struck_and_hidden_text_is_no_value(old: str, place: str) -> None:
    seen = visible(mail("stub", place.format(old)))
    assert "11.0.1" not in seen.new_text
    assert "11.0.2" in seen.new_text
    assert seen.hidden


def test_white_letters_on_a_dark_cell_can_be_seen() -> None:
    html = '<table><tr><td bgcolor="#003366"><span style="color:#fff">Target</span></td><td>11.0.2</td></tr></table>'
    (table,), hidden = blocks_of_html(html, "body/html")
    assert isinstance(table, Table)
    assert table.rows == (("Target", "11.0.2"),)
    assert not hidden


@pytest.mark.parametrize(
    "head",
    [
        pytest.param('<tr bgcolor="#003366"><td><font color="white">Target</font></td>', id="the row's colour"),
        pytest.param('<thead style="background:#036"><tr><th style="color:#fff">Target</th>', id="the head's colour"),
    ],
)
def test_white_letters_on_a_dark_row_can_be_seen(head: str) -> None:
    (table,), hidden = blocks_of_html(
        f"<table>{head}<td>Type</td></tr><tr><td>11.0.2</td><td>code</td></tr></table>", ""
    )
    assert isinstance(table, Table)
    assert table.rows == (("Target", "Type"), ("11.0.2", "code"))
    assert not hidden


@pytest.mark.parametrize(
    "row",
    [
        pytest.param('<tr style="display:none">', id="an invisible row"),
        pytest.param('<tr style="text-decoration:line-through">', id="a row struck out"),
        pytest.param('</tbody><tbody style="display:none"><tr>', id="an invisible section"),
    ],
)
def test_a_row_that_is_hidden_or_struck_is_no_value(row: str) -> None:
    page = f"<table><tbody><tr><td>Type</td><td>code</td></tr>{row}<td>Target</td><td>11.0.1</td></tr></tbody></table>"
    seen = visible(mail("stub", page))
    assert "11.0.1" not in seen.new_text
    assert seen.hidden


def test_what_the_history_hides_is_not_told() -> None:
    html = f'<p>{OWN}</p><blockquote type="cite"><s>11.0.1</s> old</blockquote>'
    assert not visible(mail(None, html)).hidden


def test_bullets_lose_their_mark_and_keep_their_words() -> None:
    lines = [
        block
        for block in blocks_of_text("* Type: hotfix\n- Target: 11.0.2\n• PRD\n2. option\n-5 degrees", "body")
        if isinstance(block, Line)
    ]
    assert [(line.text, line.bullet) for line in lines] == [
        ("Type: hotfix", True),
        ("Target: 11.0.2", True),
        ("PRD", True),
        ("2. option", False),
        ("-5 degrees", False),
    ]
    assert [line.number for line in lines] == [1, 2, 3, 4, 5]


def test_html_lists_are_bullets() -> None:
    blocks, _ = blocks_of_html("<ul><li>Type: hotfix<li><p>Target: 11.0.2</p></ul>after", "body/html")
    assert [(block.text, block.bullet) for block in blocks if isinstance(block, Line)] == [
        ("Type: hotfix", True),
        ("Target: 11.0.2", True),
        ("after", False),
    ]


def test_invisible_characters_do_not_split_a_value() -> None:
    blocks, _ = blocks_of_html("<p>Target:&nbsp;11.0&#8203;.2&shy;</p>", "body/html")
    assert [block.text for block in blocks if isinstance(block, Line)] == ["Target: 11.0.2"]


def test_an_empty_mail_says_nothing() -> None:
    seen = visible(mail(""))
    assert (seen.new, seen.new_text, seen.forwarded) == ((), "", None)


LINES = ["> a", ">> b", "From: a@example.com", "Sent: 1.1.2026 10:00", "Subject: x", "To: y", "-- ", "Thanks,", "On 1/1/2026 10:00, A wrote:", FORM_MARK, "> " + FORM_MARK, "a: b", "", "-----Original Message-----", "Begin forwarded message:", "________________________________", "Jane"]  # fmt: skip
TAGS = ["<div>", "</div>", "<table>", "</table>", "<tr>", "<td>", "</td>", "<blockquote type=cite>", "</blockquote>", "<s>", "</s>", "<p class=MsoNormal>", "<li>", "<br>", "<div class=gmail_quote>", "<div id=divRplyFwdMsg>", "<pre>", "x", "a: b", "&nbsp;", "<!--", "<td colspan=99999>"]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(LINES) | st.text(max_size=30), max_size=30), st.sampled_from(["Re: x", "Fwd: x", ""]))
def test_no_plain_body_raises_and_no_line_is_lost(lines: list[str], subject: str) -> None:
    seen = visible(Message(raw_size=0, text="\n".join(lines), subject=subject))
    assert isinstance(seen.new_text, str)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(TAGS) | st.text(max_size=10), max_size=60))
def test_no_page_raises(pieces: list[str]) -> None:
    assert isinstance(visible(Message(raw_size=0, html="".join(pieces))).new_text, str)


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("<div>" * 20_000 + "11.0.2", id="deep"),
        pytest.param("<div></span>" * 20_000 + "11.0.2", id="deep, with tags that close nothing"),
        pytest.param(
            "".join(f"<font size={at}>" for at in range(700)) + "<p>" * 5_000 + "11.0.2", id="letters opened anew"
        ),
    ],
)
def test_a_page_too_deep_to_parse_is_read_as_words_and_not_trusted(page: str) -> None:
    seen = visible(Message(raw_size=0, html=page))
    assert seen.new_text == "11.0.2"
    assert seen.hidden


def test_a_long_flat_page_is_parsed() -> None:
    rows = "<tr><td><b>a</b></td><td><s>x</s>b</td></tr>" * 2_000
    (table,), hidden = blocks_of_html(f"<table>{rows}</table>", "body/html")
    assert isinstance(table, Table)
    assert set(table.rows) == {("a", "b")}
    assert hidden
