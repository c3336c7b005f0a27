# ruff: noqa: E501 - quotes as mail programs write them
"""Rarer ways in which a quote begins, breaks and ends, each beside what only looks like it."""

import pytest

from dplmaild.reading.visible import FORM_MARK, Line, Table, visible
from reading.lower.mails import mail

OWN = "Please deploy 11.0.2 on Tuesday."
OLD = "Which date do you want?"
HEAD = "From: John Roe <john@example.org>\nDate: 23.11.2026 09:00\nSubject: Hotfix\nTo: Jane\n\n"


@pytest.mark.parametrize(
    "quote",
    [
        pytest.param("On Nov 23, 2026 you wrote:\n\n{old}", id="a day and no time"),
        pytest.param("El 23/11/2026 Ana Ruiz escribió:\n\n{old}", id="a day and no time, Spanish"),
        pytest.param("---- Jane Roe wrote ----\n\n> {old}", id="a framed name and no date"),
        pytest.param("====\n\nMessage du : 23/11/2026 09:00\nDe : \"Ops\" <ops@example.net>\nA : jane@example.com\nCopie à :\nSujet : Livraison\n\n{old}", id="a French portal, its date in front"),
        pytest.param("------------------------------------------\n发件人：Ops <ops@example.net>\n发送时间：2026年11月23日(周一) 09:00\n收件人：Jane<jane@example.com>\n主　题：Hotfix\n{old}", id="a Chinese label with a blank in it"),
        pytest.param("أُرسلت من الـ iPhone\nفي ٢٣/١١/٢٠٢٦، كتب/كتبت Ops <ops@example.net>:\n\n> {old}", id="Arabic, with the line about the phone"),
    ],
)  # fmt: skip
def test_rare_introductions_are_cut(quote: str) -> None:
    seen = visible(mail(f"{OWN}\n\n{quote.format(old=OLD)}\n"))
    assert seen.new_text == OWN
    assert OLD in seen.quoted_text


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("On 23 Nov 2026 we sent:\nTarget version: 11.0.2", id="what was sent, not said"),
        pytest.param("On Tuesday you wrote:\nTarget version: 11.0.2", id="no date at all"),
        pytest.param("On 23 Nov 2026 the shop was slow, as the team of the customer wrote:\n11.0.2 it is", id="a sentence"),
        pytest.param("---- What Jane wrote ----\nTarget version: 11.0.2", id="a heading, nothing quoted below"),
        pytest.param("====\nTarget version: 11.0.2\n====", id="rulers around a field"),
        pytest.param("From: 11.0.1\n====\nTo: 11.0.2\nDate: 23.11.2026 09:00", id="versions about a ruler"),
    ],
)  # fmt: skip
def test_what_only_looks_like_an_introduction_stays(body: str) -> None:
    assert visible(mail(body)).new_text == body


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("-------- Välitetty viesti / Fwd.Msg --------", id="Finnish, with a slash"),
        pytest.param("-------- Preposlaná správa --- Forwarded Message --------", id="Slovak, with dashes between"),
        pytest.param("Începe mesajul redirecționat:", id="Romanian"),
    ],
)
def test_a_separator_in_two_languages_announces_a_forward(line: str) -> None:
    seen = visible(mail(f"{OWN}\n\n{line}\n{HEAD}{OLD}", None, "Subject: x"))
    assert seen.forwarded is not None
    assert (seen.new_text, seen.forwarded.sender, seen.forwarded.text) == (OWN, "john@example.org", OLD)


def test_romanian_labels_with_their_article() -> None:
    head = "Expeditorul: John Roe <john@example.org>\nSubiectul: Hotfix\nDată: 23 noiembrie 2026, 09:00\nDestinatarul: jane@example.com"
    seen = visible(mail(f"{head}\n\n{OLD}", None, "Subject: Fwd: Hotfix"))
    assert seen.forwarded is not None
    assert (seen.forwarded.sender, seen.forwarded.to) == ("john@example.org", ("jane@example.com",))


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("Le 23/11/2026 09:00, « John Roe » <john@example.org> a écrit :", id="French quotes"),
        pytest.param("23/11/2026 09:00 időpontban John Roe (john@example.org) ezt írta:", id="Hungarian"),
        pytest.param("Il giorno 23/11/2026 09:00 \"John Roe\" <john@example.org> ha scritto:", id="Italian"),
        pytest.param("D. 23/11/2026 09:00 skrev \"John Roe\" <john@example.org>:", id="Danish"),
        pytest.param("John Roe <john@example.org> skrev følgende den 23/11/2026 09:00:", id="Norwegian"),
    ],
)  # fmt: skip
def test_name_and_date_of_an_attribution_are_bare(line: str) -> None:
    passed = visible(mail(f"{line}\n\n    {OLD}", None, "Subject: FW: Hotfix")).forwarded
    assert passed is not None
    assert (passed.name, passed.sender, passed.date) == ("John Roe", "john@example.org", "23/11/2026 09:00")


def answers(page: str) -> list[str]:
    return [block.text for block in visible(mail(None, page)).new if isinstance(block, Line) and block.answer]


def test_marks_in_a_page_quote_as_they_do_in_plain_text() -> None:
    page = "<p>On 23/11/2026 09:00, Ops wrote:</p><div>&gt; Target version:</div><div>11.0.2</div><div>&gt; Restarts?</div><div>&gt;&gt; old</div>"
    assert answers(page) == ["Target version: 11.0.2"]
    assert "Restarts?" in visible(mail(None, page)).quoted_text


def test_a_form_quoted_with_marks_in_a_page_is_an_answer() -> None:
    assert answers(f"<p>&gt; {FORM_MARK}<br>&gt; Target version: 11.0.2<br>&gt; Current version:</p>") == [
        "Target version: 11.0.2"
    ]


def test_a_comparison_in_a_page_is_no_quote() -> None:
    seen = visible(mail(None, "<p>&gt;= 11.0.2</p><table><tr><td>Load</td><td>&gt; 100</td></tr><tr><td>a</td><td>b</td></tr></table>"))  # fmt: skip
    assert [block.rows if isinstance(block, Table) else block.text for block in seen.new] == [
        ">= 11.0.2",
        (("Load", "> 100"), ("a", "b")),
    ]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        pytest.param("_token=3dd518)", [], id="the end of the link above"),
        pytest.param("11.0.2", ["11.0.2"], id="a value typed below a link that broke"),
        pytest.param("2)", ["2)"], id="a slot chosen below a link that broke"),
        pytest.param("11.0.2 (final)", ["11.0.2 (final)"], id="a value with a bracket"),
    ],
)
def test_the_broken_end_of_a_quoted_link_is_no_answer(line: str, found: list[str]) -> None:
    body = f"{OWN}\n\nOn 23/11/2026 09:00, Ops wrote:\n> Look here (https://example.org/action\n{line}\n>\n> Regards\n"
    assert visible(mail(body)).new_text.split("\n\n") == [OWN, *found]


def test_a_signature_above_a_forward_may_be_all_there_is() -> None:
    forward = f"---------- Forwarded message ---------\n{HEAD}{OLD}"
    seen = visible(mail(f"-- \nJane Doe\nRelease 11.0.1\n\n{forward}", None, "Subject: Fwd: Hotfix"))
    assert (seen.new_text, seen.signature) == ("", "-- \nJane Doe\nRelease 11.0.1")


def test_what_stands_alone_below_dashes_is_no_signature() -> None:
    assert visible(mail("-- \nRelease 11.0.1")).new_text == "-- \nRelease 11.0.1"


def test_stars_below_a_closing_are_a_ruler() -> None:
    seen = visible(mail(f"{OWN}\n\nAll the best,\n\nJim\n\n* * *\n\nThe shop that never sleeps"))
    assert seen.new_text == OWN


def test_the_line_that_introduces_a_quote_is_not_the_quote() -> None:
    page = f'<div>{OWN}</div><div class="gmail_quote_attribution">On 23/11/2026 at 9:00 am, Ops &lt;ops@example.net&gt; wrote:</div><blockquote style="margin:0"><div>{OLD}</div></blockquote>'
    seen = visible(mail(None, page))
    assert seen.new_text == OWN
    assert OLD in seen.quoted_text


def test_a_dash_before_the_author_is_no_part_of_the_name() -> None:
    passed = visible(mail(f"23.11.2026 09:00 - John Roe schrieb:\n\n{OLD}", None, "Subject: WG: Hotfix")).forwarded
    assert passed is not None
    assert (passed.name, passed.date) == ("John Roe", "23.11.2026 09:00")


@pytest.mark.parametrize(
    "introduced",
    [
        pytest.param("Monday, November 23, 2026, 9:00:00 AM, you wrote:", id="English"),
        pytest.param("Вы писали 23 ноября 2026 г., 9:00:00:", id="Russian"),
    ],
)
def test_lines_marked_with_initials_are_quoted_and_answers_between_them_are_new(introduced: str) -> None:
    body = f"Hello,\n\n{introduced}\n\nO> Target version:\n11.0.2\n\nO>\nOP>> Current version: 10.9.9\nRegards"
    seen = visible(mail(body))
    assert [block.text for block in seen.new if isinstance(block, Line)] == ["Hello,", "Target version: 11.0.2"]
    assert "10.9.9" in seen.quoted_text


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("Steps for 2026:\nSQL> select 11.0.2\nPS> deploy", id="prompts"),
        pytest.param("You wrote:\nC> dir", id="no date above"),
        pytest.param("A> B and B> C in 2026", id="a comparison"),
    ],
)
def test_a_prompt_is_no_mark(body: str) -> None:
    assert visible(mail(body)).new_text == body


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(">>> Ops <ops@example.net> 23.11.2026 09:00 >>>", id="GroupWise"),
        pytest.param(">>> Ops 11/23/2026 9:00 AM >>>", id="GroupWise, no address"),
        pytest.param("Ops hat am 23.11.2026 09:00 geschrieben:", id="Open-Xchange, nothing marked"),
        pytest.param("Ops hat am 23.11.2026 um 09:00 Uhr geschrieben:", id="Open-Xchange, with its Uhr"),
    ],
)
@pytest.mark.parametrize("page", [pytest.param(False, id="plain"), pytest.param(True, id="page")])
def test_a_head_in_one_line_begins_the_history(line: str, page: bool) -> None:
    escaped = line.replace("<", "&lt;").replace(">", "&gt;")
    html = f"<div>{OWN}</div><div><br></div><div>{escaped}</div><div>{OLD}</div>" if page else None
    seen = visible(mail(None if page else f"{OWN}\n\n{line}\n{OLD}", html))
    assert seen.new_text == OWN
    assert OLD in seen.quoted_text


def test_a_groupwise_forward_names_its_author() -> None:
    passed = visible(mail(f">>> John Roe <john@example.org> 23.11.2026 09:00 >>>\n{OLD}", None, "Subject: Fwd: x")).forwarded  # fmt: skip
    assert passed is not None
    assert (passed.name, passed.sender, passed.date, passed.text) == ("John Roe", "john@example.org", "23.11.2026 09:00", OLD)  # fmt: skip


def test_three_marks_without_an_end_are_marks() -> None:
    assert visible(mail(f"{OWN}\n>>> first\n>>> second")).new_text == OWN


def test_a_verb_alone_is_no_head() -> None:
    assert visible(mail(f"{OWN}\ngeschrieben:\n11.0.2")).new_text == f"{OWN}\ngeschrieben:\n11.0.2"
