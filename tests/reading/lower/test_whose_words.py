# ruff: noqa: E501 - quotes and forwards as mail programs of many languages write them
"""Whose words are whose, for the mail programs and the languages of the world."""

import pytest

from dplmaild.reading.visible import bare_subject, visible
from dplmaild.reading.visible.separator import Kind, separator
from dplmaild.reading.visible.words import FORWARD_PREFIXES, REPLY_PREFIXES, languages
from reading.lower.mails import mail

OWN = "Please deploy 11.0.2 on Tuesday."
OLD = "Which date do you want?"


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("lun. 23 nov. 2026 la 09:00, Ops <ops@example.net> a scris:", id="Gmail, Romanian"),
        pytest.param("Em seg., 23 de nov. de 2026 às 09:00, Ops <ops@example.net> escreveu:", id="Gmail, Portuguese"),
        pytest.param("Den mån 23 nov. 2026 kl 09:00 skrev Ops <ops@example.net>:", id="Gmail, Swedish"),
        pytest.param("Den man. 23. nov. 2026 kl. 09.00 skrev Ops <ops@example.net>:", id="Gmail, Danish"),
        pytest.param("man. 23. nov. 2026 kl. 09:00 skrev Ops <ops@example.net\n>:", id="Gmail, Norwegian, torn at the bracket"),
        pytest.param("ma 23. marrask. 2026 klo 9.00 Ops (ops@example.net) kirjoitti:", id="Gmail, Finnish"),
        pytest.param("po 23. 11. 2026 v 9:00 odesílatel Ops <ops@example.net> napsal:", id="Gmail, Czech"),
        pytest.param("Ops <ops@example.net> ezt írta (időpont: 2026. nov. 23., H, 9:00):", id="Gmail, Hungarian"),
        pytest.param("пн, 23 нояб. 2026 г. в 09:00, Ops <ops@example.net>:", id="Gmail, Russian"),
        pytest.param("пн, 23 лист. 2026 р. о 09:00 Ops <ops@example.net> пише:", id="Gmail, Ukrainian"),
        pytest.param("Ops <ops@example.net>, 23 Kas 2026 Pzt, 09:00 tarihinde şunu yazdı:", id="Gmail, Turkish"),
        pytest.param("2026年11月23日(月) 9:00 Ops <ops@example.net>:", id="Gmail, Japanese"),
        pytest.param("Ops <ops@example.net> 于2026年11月23日周一 09:00写道：", id="Gmail, Chinese"),
        pytest.param("2026년 11월 23일 (월) 오전 9:00, Ops <ops@example.net>님이 작성:", id="Gmail, Korean"),
        pytest.param("Στις Δευ, 23 Νοε 2026 στις 9:00 π.μ., ο χρήστης Ops <ops@example.net> έγραψε:", id="Gmail, Greek"),
        pytest.param("Vào Th 2, 23 thg 11, 2026 vào lúc 09:00 Ops <ops@example.net> đã viết:", id="Gmail, Vietnamese"),
        pytest.param("Wiadomość napisana przez Ops <ops@example.net> w dniu 23 lis 2026, o godz. 09:00:", id="Apple Mail, Polish"),
        pytest.param("Il giorno 23 nov 2026, alle ore 09:00, Ops <ops@example.net> ha scritto:", id="Apple Mail, Italian"),
        pytest.param("Op 23 nov. 2026 om 09:00 heeft Ops <ops@example.net> het volgende geschreven:", id="Apple Mail, Dutch"),
        pytest.param("Am 23.11.2026 um 09:00 schrieb Ops <ops@example.net>:", id="Apple Mail, German"),
        pytest.param("El 23 nov 2026, a les 9:00, Ops <ops@example.net> va escriure:", id="Apple Mail, Catalan"),
        pytest.param("Dňa 23. 11. 2026 o 9:00 Ops napísal(a):", id="Thunderbird, Slovak"),
        pytest.param("23.11.2026 09:00, Ops пишет:", id="Thunderbird, Russian"),
        pytest.param("Le 23/11/2026 à 09:00, Ops a écrit :", id="Thunderbird, French"),
        pytest.param("On Monday, 23 November 2026 at 09:00:00 CET, Ops <ops@example.net> wrote:", id="Yahoo"),
        pytest.param("En lunes, 23 de noviembre de 2026, 9:00:00 CET, Ops <ops@example.net> escribió:", id="Yahoo, Spanish"),
        pytest.param("On Mon, 23 Nov 2026 at 09:00 Ops\n\n<\nmailto:Ops <ops@example.net>\n> wrote:", id="torn around the address"),
        pytest.param("---- On Mon, 23 Nov 2026 09:00:00 +0100 Ops<ops@example.net> wrote ----", id="Zoho"),
        pytest.param('9:00 AM, November 23, 2026, "Ops" <ops@example.net>:', id="the time in front"),
        pytest.param("2026/11/23 Ops <ops@example.net>\n", id="Gmail as it was, no verb"),
        pytest.param("ops@example.net wrote:", id="a phone, address only"),
        pytest.param("Service Desk schrieb am Mo. 23. Nov. 2026 um 09:00:", id="Gmail on a phone, name in front"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("marked", [pytest.param("> ", id="marked"), pytest.param("", id="unmarked")])
def test_an_attribution_line_introduces_a_quote(line: str, marked: str) -> None:
    seen = visible(mail(f"{OWN}\n\n{line}\n{marked}{OLD}\n"))
    assert seen.new_text == OWN
    assert OLD in seen.quoted_text
    assert seen.forwarded is None


HEADS = [
    pytest.param("De", "Envoyé", "À", "Objet", id="French"),
    pytest.param("De", "Envoye", "A", "Objet", id="French without accents"),
    pytest.param("Da", "Inviato", "A", "Oggetto", id="Italian"),
    pytest.param("Van", "Verzonden", "Aan", "Onderwerp", id="Dutch"),
    pytest.param("De", "Enviada em", "Para", "Assunto", id="Portuguese"),
    pytest.param("Od", "Wysłano", "Do", "Temat", id="Polish"),
    pytest.param("Från", "Skickat", "Till", "Ämne", id="Swedish"),
    pytest.param("Fra", "Sendt", "Til", "Emne", id="Danish, Norwegian"),
    pytest.param("Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe", id="Finnish"),
    pytest.param("Od", "Odesláno", "Komu", "Předmět", id="Czech"),
    pytest.param("Feladó", "Elküldve", "Címzett", "Tárgy", id="Hungarian"),
    pytest.param("От", "Отправлено", "Кому", "Тема", id="Russian"),
    pytest.param("Kimden", "Gönderilen", "Kime", "Konu", id="Turkish"),
    pytest.param("差出人", "送信日時", "宛先", "件名", id="Japanese"),
    pytest.param("发件人", "发送时间", "收件人", "主题", id="Chinese"),
    pytest.param("寄件者", "寄件日期", "收件者", "主旨", id="Chinese, traditional"),
    pytest.param("보낸 사람", "보낸 날짜", "받는 사람", "제목", id="Korean"),
    pytest.param("De la", "Trimis", "Către", "Subiect", id="Romanian"),
    pytest.param("Od", "Odoslané", "Komu", "Predmet", id="Slovak"),
    pytest.param("Šalje", "Poslano", "Prima", "Predmet", id="Croatian"),
    pytest.param("Saatja", "Saadetud", "Adressaat", "Teema", id="Estonian"),
    pytest.param("Від", "Надіслано", "Кому", "Тема", id="Ukrainian"),
    pytest.param("Από", "Στάλθηκε", "Προς", "Θέμα", id="Greek"),
    pytest.param("De", "Enviat", "Per a", "Assumpte", id="Catalan"),
]


def head(sender: str, date: str, to: str, subject: str) -> str:
    return (
        f"{sender}: Roe, John <john@example.org>\n{date}: 23.11.2026 09:00\n"
        f"{to}: Jane Doe <jane@example.com>; ops@example.net\n{subject}: Hotfix\n"
    )


@pytest.mark.parametrize(("sender", "date", "to", "subject"), HEADS)
def test_a_header_block_opens_the_history_of_a_reply(sender: str, date: str, to: str, subject: str) -> None:
    seen = visible(mail(f"{OWN}\n\n________________________________\n{head(sender, date, to, subject)}\n{OLD}"))
    assert seen.new_text == OWN
    assert OLD in seen.quoted_text
    assert seen.forwarded is None


@pytest.mark.parametrize(("sender", "date", "to", "subject"), HEADS)
def test_a_header_block_names_who_wrote_what_is_forwarded(sender: str, date: str, to: str, subject: str) -> None:
    seen = visible(mail(f"{OWN}\n\n{head(sender, date, to, subject)}\n{OLD}", None, "Subject: FW: Hotfix"))
    passed = seen.forwarded
    assert passed is not None
    assert (passed.name, passed.sender, passed.date) == ("Roe, John", "john@example.org", "23.11.2026 09:00")
    assert (passed.subject, passed.to) == ("Hotfix", ("jane@example.com", "ops@example.net"))
    assert (seen.new_text, passed.text) == (OWN, OLD)


def test_a_department_may_have_written() -> None:
    block = "From: IT\nSent: 23.11.2026 09:00\nTo: Jane Doe\nSubject: Hotfix\n"
    assert visible(mail(f"{OWN}\n\n{block}\n{OLD}")).new_text == OWN


def test_a_double_spaced_header_block_in_bold() -> None:
    block = "\n\n".join(
        f"**{line.replace(':', ':**', 1)}" for line in head("Von", "Gesendet", "An", "Betreff").splitlines()
    )
    seen = visible(mail(f"{OWN}\n\n{block}\n\n{OLD}"))
    assert seen.new_text == OWN


@pytest.mark.parametrize(
    "separator_line",
    [
        pytest.param("---------- Forwarded message ---------", id="Gmail"),
        pytest.param("---------- Missatge reenviat ----------", id="Gmail, Catalan"),
        pytest.param("---------- Edelleenlähetetty viesti ---------", id="HubSpot, Finnish"),
        pytest.param("-------- Weitergeleitete Nachricht --------", id="Thunderbird, German"),
        pytest.param("-------- Пересылаемое сообщение --------", id="Yandex, Russian"),
        pytest.param("-------- Továbbított üzenet --------", id="Thunderbird, Hungarian"),
        pytest.param("----- Mensaje reenviado -----", id="Zimbra, Spanish"),
        pytest.param("----- Mail transféré -----", id="Zimbra, French"),
        pytest.param("------- Forwarded Message -------", id="Proton"),
        pytest.param("Inici del missatge reenviat:", id="Apple Mail, Catalan"),
        pytest.param("Début du message transféré :", id="Apple Mail, French"),
        pytest.param("Välitetty viesti alkaa:", id="Apple Mail, Finnish"),
        pytest.param("Начало переадресованного сообщения:", id="Apple Mail, Russian"),
        pytest.param("İletilen mesaj:", id="a Turkish capital"),
        pytest.param("----- Weitergeleitet von Jane Doe/ACME am 23.11.2026 09:10 -----", id="Lotus Notes, German"),
        pytest.param("----- Forwarded by Jane Doe/ACME on 23/11/2026 09:10 -----", id="Lotus Notes"),
    ],
)  # fmt: skip
def test_a_separator_announces_a_forward_whatever_the_subject_says(separator_line: str) -> None:
    seen = visible(
        mail(f"{OWN}\n\n{separator_line}\n\n{head('From', 'Date', 'To', 'Subject')}\n{OLD}", None, "Subject: x")
    )
    assert seen.forwarded is not None
    assert (seen.new_text, seen.forwarded.sender, seen.forwarded.text) == (OWN, "john@example.org", OLD)


def test_yahoo_forwards_without_line_breaks() -> None:
    line = (
        "  ----- Forwarded Message ----- From: John Roe <john@example.org>To: Jane <jane@example.com>"
        "Sent: Monday, 23 November 2026, 09:00:00 CETSubject: Hotfix: now"
    )
    seen = visible(mail(f"{OWN}\n\n{line}\n{OLD}", None, "Subject: Fw: Hotfix: now"))
    passed = seen.forwarded
    assert passed is not None
    assert (passed.name, passed.sender, passed.subject) == ("John Roe", "john@example.org", "Hotfix: now")
    assert passed.date == "Monday, 23 November 2026, 09:00:00 CET"
    assert (seen.new_text, passed.text) == (OWN, OLD)


TABLE = "<table><tr><td>{0}:</td><td>{4}</td></tr><tr><td>{1}:</td><td>23.11.2026 09:00</td></tr><tr><td>{2}:</td><td>{5}</td></tr><tr><td>{3}:</td><td>Hotfix</td></tr></table>"


@pytest.mark.parametrize("subject", [pytest.param("Re: Hotfix", id="reply"), pytest.param("Fwd: Hotfix", id="forward")])
def test_lotus_notes_writes_the_head_as_a_table(subject: str) -> None:
    table = TABLE.format("Von", "Datum", "An", "Betreff", "John Roe &lt;john@example.org&gt;", "jane@example.com")
    seen = visible(mail(None, f"<div>{OWN}</div>{table}<div>{OLD}</div>", f"Subject: {subject}"))
    assert seen.new_text == OWN
    passed = seen.forwarded
    assert (passed and (passed.sender, passed.text)) == (("john@example.org", OLD) if subject[0] == "F" else None)


def test_a_table_of_versions_is_no_head() -> None:
    table = TABLE.format("From", "Date", "To", "Subject", "11.0.1", "11.0.2")
    seen = visible(mail(None, f"<div>{OWN}</div>{table}", "Subject: x"))
    assert seen.quoted == ()
    assert "11.0.2" in seen.new_text


@pytest.mark.parametrize(
    ("line", "name", "date"),
    [
        pytest.param("On 23/11/2026, 09:00, \"John Roe\" <john@example.org> wrote:", "John Roe", "23/11/2026, 09:00", id="English"),
        pytest.param("Am 23.11.2026, 09:00 schrieb \"John Roe\" <john@example.org>:", "John Roe", "23.11.2026, 09:00", id="German"),
        pytest.param("El 23/11/26 9:00, John Roe <john@example.org> escribió:", "John Roe", "23/11/26 9:00", id="Spanish"),
        pytest.param("Op 23-11-2026 09:00 heeft John Roe <john@example.org> geschreven:", "John Roe", "23-11-2026 09:00", id="Dutch"),
        pytest.param("John Roe <john@example.org> kirjoitti 23.11.2026 9.00:", "John Roe", "23.11.2026 9.00", id="Finnish, name in front"),
    ],
)  # fmt: skip
def test_outlook_for_mac_forwards_with_an_attribution_line(line: str, name: str, date: str) -> None:
    seen = visible(mail(f"{OWN}\n\n{line}\n\n    {OLD}", None, "Subject: FW: Hotfix"))
    passed = seen.forwarded
    assert passed is not None
    assert (passed.name, passed.sender, passed.date, passed.subject) == (name, "john@example.org", date, "Hotfix")
    assert (seen.new_text, passed.text.strip()) == (OWN, OLD)


@pytest.mark.parametrize(
    ("subject", "forwards"),
    [
        pytest.param("VS: Hotfix", True, id="Danish, Norwegian"),
        pytest.param("WG: Hotfix", True, id="German"),
        pytest.param("TR: Hotfix", True, id="French"),
        pytest.param("I: Hotfix", True, id="Italian"),
        pytest.param("ENC: Hotfix", True, id="Portuguese"),
        pytest.param("PD: Hotfix", True, id="Polish"),
        pytest.param("VB: Hotfix", True, id="Swedish"),
        pytest.param("VL: Hotfix", True, id="Finnish"),
        pytest.param("Redir.: Hotfix", True, id="Romanian, with a dot"),
        pytest.param("İLT: Hotfix", True, id="Turkish"),
        pytest.param("Doorst: Hotfix", True, id="Dutch"),
        pytest.param("Továbbítás: Hotfix", True, id="Hungarian"),
        pytest.param("转发：Hotfix", True, id="Chinese, its own colon"),
        pytest.param("轉寄: Hotfix", True, id="Chinese, traditional"),
        pytest.param("転送: Hotfix", True, id="Japanese"),
        pytest.param("[Ticket#1] Fwd: Re: Hotfix", True, id="behind a tag, forwarding a reply"),
        pytest.param("RE: FW: Hotfix", False, id="reply to a forward"),
        pytest.param("SV: Hotfix", False, id="Scandinavian reply"),
        pytest.param("R: Hotfix", False, id="Italian reply"),
        pytest.param("RES: Hotfix", False, id="Portuguese reply"),
        pytest.param("Odp: Hotfix", False, id="Polish reply"),
        pytest.param("Ynt: Hotfix", False, id="Turkish reply"),
        pytest.param("回复: Hotfix", False, id="Chinese reply"),
        pytest.param("Hotfix", False, id="no prefix"),
    ],
)
def test_the_subject_tells_a_forward_from_a_reply(subject: str, forwards: bool) -> None:
    seen = visible(mail(f"{OWN}\n\n{head('From', 'Sent', 'To', 'Subject')}\n{OLD}", None, f"Subject: {subject}"))
    assert (seen.forwarded is not None) is forwards
    assert seen.new_text == OWN


def test_vs_answers_in_finnish() -> None:
    block = head("Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe")
    seen = visible(mail(f"{OWN}\n\n{block}\n{OLD}", None, "Subject: VS: Hotfix"))
    assert seen.forwarded is None
    assert (seen.new_text, OLD in seen.quoted_text) == (OWN, True)


def test_a_reply_that_quotes_a_forward_is_none() -> None:
    inner = f"---------- Forwarded message ---------\n{head('From', 'Date', 'To', 'Subject')}\n{OLD}"
    quoted = "\n".join(f"> {line}" for line in inner.splitlines())
    seen = visible(mail(f"{OWN}\n\nOn Mon, Nov 23, 2026 at 9:00 AM Ben <ben@example.net> wrote:\n\n{quoted}"))
    assert seen.forwarded is None
    assert (seen.new_text, OLD in seen.quoted_text) == (OWN, True)


def test_a_subject_over_two_lines_belongs_to_the_head() -> None:
    block = "From: John <john@example.org>\nDate: 23.11.2026 09:00\nSubject: Hotfix for\nthe shop\nTo: Jane\n\n"
    seen = visible(mail(f"{block}{OLD}", None, "Subject: Fwd: Hotfix"))
    assert seen.forwarded is not None
    assert (seen.forwarded.subject, seen.forwarded.text) == ("Hotfix for the shop", OLD)


def test_the_body_of_a_forward_holds_what_it_quotes_and_its_signature() -> None:
    older = "Thanks,\nJohn\n\nOn Sun, Nov 22, 2026 at 8:00 AM Ann <ann@example.org> wrote:\n> Target: 10.9.9"
    seen = visible(mail(f"{head('From', 'Date', 'To', 'Subject')}\n{OLD}\n\n{older}", None, "Subject: FW: x"))
    assert seen.forwarded is not None
    assert "10.9.9" in seen.forwarded.body
    assert "10.9.9" not in seen.forwarded.text


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("Get Outlook for iOS<https://aka.ms/o0ukef>", id="Outlook for iOS"),
        pytest.param("Télécharger Outlook pour Android", id="Outlook, French"),
        pytest.param("Obter o Outlook para Android", id="Outlook, Portuguese"),
        pytest.param("Sent from TypeApp<http://www.example.com/r?b=2621>", id="an app with its link"),
        pytest.param("Enviado do meu iPhone", id="iPhone, Portuguese"),
        pytest.param("Sent from my HTC phone. Please excuse typos.", id="an excuse behind it"),
        pytest.param("(sent from a phone)", id="in parentheses"),
        pytest.param("Provenance : Courrier pour Windows 10", id="Windows Mail, French"),
        pytest.param("Gesendet von Mail für Windows 10", id="Windows Mail, German"),
        pytest.param("Enviado desde Correo para Windows", id="Windows Mail, Spanish"),
        pytest.param("Inviato da Posta per Windows 10", id="Windows Mail, Italian"),
        pytest.param("Verzonden vanuit Mail voor Windows", id="Windows Mail, Dutch"),
        pytest.param("Sent with Airmail", id="a program nobody listed"),
        pytest.param("Get [Outlook for Android](https://aka.ms/ghei36)", id="a link as Markdown"),
        pytest.param(
            "Diese Nachricht wurde von meinem Android-Mobiltelefon mit K-9 Mail gesendet.", id="a German sentence"
        ),
        pytest.param("Az iPhone-omról küldve", id="iPhone, Hungarian"),
        pytest.param("Wysłane z iPhone'a", id="iPhone, Polish"),
        pytest.param("iPhoneから送信", id="iPhone, Japanese"),
        pytest.param("Gesendet mit der GMX Mail App", id="GMX"),
        pytest.param("Enviat des del meu iPhone", id="iPhone, Catalan"),
    ],
)
def test_a_line_about_the_device_is_put_aside(line: str) -> None:
    seen = visible(mail(f"{OWN}\n\n{line}\n"))
    assert (seen.new_text, seen.signature) == (OWN, line)
    assert seen.written_text == f"{OWN}\n\n{line}"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("Sent from my desk, is much easier than my phone.", id="a sentence"),
        pytest.param("The files were sent from Outlook and arrived on the iPhone as it seems.", id="a sentence about devices"),
        pytest.param("Platforms:\niOS\nAndroid", id="devices as values"),
        pytest.param("From: 11.0.1\nTo: 11.0.2\nSubject: hotfix\nSent: 01.12.2026 10:00", id="versions in a block"),
        pytest.param("From: 11.0.1 To: 11.0.2 Date: 2026-12-01 10:00 for ops@example.net", id="versions in a line"),
        pytest.param("Von: 11.0.1\nDatum: 01.12.2026 10:00\nVerteiler: ops@example.net", id="versions and an address"),
        pytest.param("Contact:\nFrom: ops@example.net\nDate: 01.12.2026 10:00\nType: code", id="fields that only begin like a head"),
        pytest.param("Type: code\nDate: 01.12.2026 22:00\nSubject: Release 11.0.2\nFrom: UAT\nTo: PRD", id="environments in a block"),
        pytest.param("On 01.12.2026 at 22:00 CET we deploy. Contact: Nora <nora@example.com>:\n- code", id="a contact with date and address"),
        pytest.param("Mailing list (a@example.com, b@example.com):\n11.0.2", id="addresses in parentheses"),
        pytest.param("2026-12-01 22:00 GMT+01:00 code\n\nTarget: 11.0.2", id="a moment that looks like an old attribution"),
        pytest.param("On Tuesday we deploy.\nBen wrote in the ticket: all fine.\nTarget: 11.0.2", id="somebody wrote in a ticket"),
        pytest.param("--- Message for the release manager ---\nTarget: 11.0.2", id="a framed heading about a message"),
    ],
)  # fmt: skip
def test_what_only_looks_quoted_stays(body: str) -> None:
    assert visible(mail(body)).new_text == body


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(
            "Ops <ops@example.net> schrieb am Mo. 23. Nov. 2026\num 09:00:", id="name in front, over two lines"
        ),
        pytest.param("On Mon, Nov 23, 2026 at 9:00 AM Ops <ops@example.net> wrote", id="without its colon"),
        pytest.param("Ops <ops@example.net>:", id="an address in brackets and no verb"),
        pytest.param("Mon Nov 23 9:00, some verb of a language unknown, (ops@example.net):", id="an unknown verb"),
        pytest.param("2026/11/23 Ops <\nops@example.net>", id="Gmail as it was, torn at the bracket"),
    ],
)
def test_less_is_asked_of_a_line_right_above_a_quote(line: str) -> None:
    assert visible(mail(f"{OWN}\n\n{line}\n\n> {OLD}\n")).new_text == OWN


@pytest.mark.parametrize(
    "tail",
    [
        pytest.param("Best regards,\nJane\n--\nJane Doe\nRelease Manager", id="a closing above the delimiter"),
        pytest.param("—\nJane Doe\nRelease Manager at ACME", id="a long dash as delimiter"),
    ],
)
def test_a_signature_begins_at_its_closing(tail: str) -> None:
    seen = visible(mail(f"{OWN}\n\n{tail}\n"))
    assert (seen.new_text, seen.signature) == (OWN, tail)


@pytest.mark.parametrize(
    ("subject", "bare"),
    [
        pytest.param("AW: Fwd: [DPL-2026-0042] Hotfix: now", "Hotfix: now", id="a chain, a tag, a colon of its own"),
        pytest.param("İLT: Hotfix", "Hotfix", id="Turkish"),
        pytest.param("Továbbítás: Hotfix", "Hotfix", id="Hungarian"),
        pytest.param("回复：转发：Hotfix", "Hotfix", id="Chinese"),
        pytest.param("Re[2]: Hotfix", "Hotfix", id="a counter"),
        pytest.param("Shop: Hotfix", "Shop: Hotfix", id="a word that is no prefix"),
    ],
)
def test_a_subject_is_bared_of_its_prefixes(subject: str, bare: str) -> None:
    assert bare_subject(subject) == bare


def test_an_attribution_glued_to_the_answer_is_parted_from_it() -> None:
    seen = visible(mail(f"11.0.2 On Mon, Nov 23, 2026 at 9:00 AM, ops@example.net wrote:\n> {OLD}"))
    assert seen.new_text == "11.0.2"


def test_the_broken_end_of_a_quoted_line_is_no_answer_but_a_typed_one_is() -> None:
    long = "> The instructions are expected on the working day before and otherwise the"
    broken = visible(mail(f"{OWN}\n\nAm 23.11.2026 um 09:00 schrieb Ops:\n{long}\nslot is lost\n> Version?\n"))
    assert broken.new_text == OWN
    typed = visible(mail("Am 23.11.2026 um 09:00 schrieb Ops:\n> Which version is the target?\n11.0.2\n> Thanks\n"))
    assert typed.new_text == "11.0.2"


@pytest.mark.parametrize(
    "quote",
    [
        pytest.param('<div><p class="ydpf1yahoo_quoted" ></p><div id="yahoo_quoted_1" class="ydpf1yahoo_quoted">{old}</div></div>', id="Yahoo, prefixed class"),
        pytest.param('<blockquote class="tutanota_quote">{old}</blockquote>', id="Tutanota"),
        pytest.param('<div name="messageReplySection">On 23 Nov 2026, 09:00 +0100, Ops &lt;ops@example.net&gt;, wrote:<blockquote>{old}</blockquote></div>', id="Spark"),
        pytest.param('<div name="quote" style="margin:10px 5px">{old}</div>', id="GMX"),
        pytest.param('<div class="protonmail_quote">On Monday, 23 November 2026 at 09:00, Ops &lt;ops@example.net&gt; wrote:<br><blockquote type="cite">{old}</blockquote></div>', id="Proton"),
        pytest.param('<blockquote style="border-left:1px dotted #0857A6;padding-left:5px">{old}</blockquote>', id="a dotted bar"),
        pytest.param("<blockquote>{old}</blockquote>", id="a quote and nothing else said"),
        pytest.param('<span id="OLK_SRC_BODY_SECTION"><div>{old}</div></span>', id="Outlook 2011 for Mac"),
        pytest.param('<div style="border-top: 1pt solid rgb(225, 225, 225)"><b>From:</b> Ops<br><b>Sent:</b> 23.11.2026 09:00</div><p>{old}</p>', id="Outlook, rewritten by a browser"),
        pytest.param('<div style="border-top-color: rgb(229, 229, 229); border-top-width: 1px"><b>От:</b> Ops<br><b>Отправлено:</b> 23.11.2026 09:00</div><p>{old}</p>', id="Windows Mail, Russian"),
        pytest.param('<hr id="zwchr"><div><b>De: </b>"Ops" &lt;ops@example.net&gt;<br><b>Enviados: </b>Lunes, 23 de Noviembre 2026 9:00:00<br><b>Para: </b>Jane<br><b>Asunto: </b>x<br></div><p>{old}</p>', id="Zimbra, Spanish"),
    ],
)  # fmt: skip
def test_quotes_are_told_by_the_markup_of_their_program(quote: str) -> None:
    seen = visible(mail(None, f"<div>{OWN}</div><br>{quote.format(old=OLD)}"))
    assert seen.new_text == OWN
    assert OLD in seen.quoted_text


def test_every_language_says_who_when_what_and_how_it_forwards() -> None:
    needed = {"from", "date", "to", "subject", "wrote", "original", "forwarded", "forward_prefix", "reply_prefix"}
    assert {name: needed - words.keys() for name, words in languages().items() if not needed <= words.keys()} == {}
    assert len(languages()) >= 20
    assert {"fw", "fwd", "wg", "tr", "rv"} <= FORWARD_PREFIXES - REPLY_PREFIXES


@pytest.mark.parametrize("language", sorted(languages()))
def test_the_separators_of_a_language_are_known_by_their_frame(language: str) -> None:
    words = languages()[language]
    kinds = {word: separator(f"----- {word.title()} -----").kind for word in words["forwarded"]}
    assert set(kinds.values()) == {Kind.FORWARDED}
    assert {separator(f"-----{word}-----").kind for word in words["original"]} == {Kind.ORIGINAL}
