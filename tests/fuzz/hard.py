"""Mails of any length that are one thing over and over: what reads them must not take more than its share."""

from collections.abc import Callable

Mail = Callable[[int], bytes]  # from about how many bytes

_HEAD = "From: Ann <ann@partner.example.com>\nTo: desk@example.org\nSubject: Deployment request\nMIME-Version: 1.0\n"
_MIXED = f"{_HEAD}Content-Type: multipart/mixed; boundary=b\n\n"


def _repeated(before: str, unit: str, after: str = "") -> Mail:
    return lambda size: f"{before}{unit * (size // len(unit.encode()))}{after}".encode()


def _numbered(before: str, unit: str, after: str = "") -> Mail:
    """`%d` is another number each time."""
    return lambda size: (
        f"{before}{''.join(unit.replace('%d', str(n)) for n in range(size // len(unit)))}{after}".encode()
    )


def _plain(unit: str) -> Mail:
    return _repeated(f"{_HEAD}Content-Type: text/plain; charset=utf-8\n\n", unit)


def _page(unit: str, before: str = "", after: str = "") -> Mail:
    return _repeated(f"{_HEAD}Content-Type: text/html; charset=utf-8\n\n{before}", unit, after)


def _nested(opening: str, closing: str) -> Mail:
    def mail(size: int) -> bytes:
        deep = size // len(opening + closing)
        return f"{_HEAD}Content-Type: text/html\n\n{opening * deep}Type: code{closing * deep}".encode()

    return mail


def _header(name: str, unit: str, after: str = "x") -> Mail:
    return _repeated(f"From: ann@example.com\n{name}: ", unit, f"{after}\n\nPlease deploy 11.0.2 to PRD\n")


def _attached(name: str, unit: str) -> Mail:
    head = f"--b\nContent-Disposition: attachment; filename={name}\n\n"
    return _repeated(f"{_MIXED}{head}", unit, "\n--b--\n")


_WORDS = (
    "Target version: 11.0.2\n", "Target version: 11.0.2 ", "Type: code\nEnvironment: PRD\nDate: 2026-12-15\n",
    "Foo bar: baz\n", "Traget vresion: 11.0.2\n", "Type .... code\n", "Which type of deployment is it? code\n",
    ": ", "a:", " ", "\n", "\t", "a", "a" * 79 + "\n",
    "deploy ", "Please deploy ", "PRD:\n", "PRD, UAT, ", "- x\n", "1. ",
    "1.", ".", "=", "-", "(", "[x] DeployAppTier\n", "| Type | code |\n", "+----+----+\n| a | b |\n", "Type\tcode\n",
    "a, ", "Type,code;", "a@example.com, ", "a@", "https://example.com/a ", "#12345, ", "addon-x 3.2.11, ",
    "11.0.2 ", "11.0.1 -> 11.0.2 ", "from 11.0.1 to 11.0.2 on PRD ", "Please deploy 11.0.2 and 11.0.3 to UAT or PRD.\n",
    "2026-12-15 10:00 ", "am 15.12.2026 um 10 Uhr\n", "next Tuesday at ten, ", "not on Friday ",
    "every second Tuesday ",
    "Please deploy on 15 December 2026 at 10:00. ", "/delay 20m x\n", "/" + " " * 60 + "\n", "Thanks,\n", "-- \n",
    "--\n",
    "> x\n", ">", "> > > > x\n", "> Type:\ncode\n", "From: a@example.com\n", "To: b@example.com,\n",
    "Received: from a\n",
    "From: a@example.com\nSent: Monday\nTo: b@example.com,\n", "On 23/11/2026 10:00, a@example.com wrote:\n",
    "--1" + "-" * 780 + "\n", "-----Original Message-----\nFrom: a@example.com\n", "-----BEGIN PGP MESSAGE-----\n",
    "begin 644 a\n", "=ybegin line=128 size=3 name=a\n", "\u0301", "ä", "🙂", "\u200b", "\u202e", "部署请求",
)  # fmt: skip
_PAGES = (
    "<p>", "<p>Type: code", "x<br>", "<div>Type: code</div>", "<a href=x>", "<font><p>", "&nbsp;", "<", "&", "<!--",
    "<!-- x -->", "<![CDATA[", "<hr>", "<input type=checkbox checked>Deploy App Tier<br>", "<title>x</title>",
    "<span style='display:none'>x</span>", "<font color=white>x</font>y", "<div class=gmail_quote>x</div>", "</p>",
    "<p style='color:red;margin:0'>Type: code</p>", "<table><tr><td>Type</td><td>code</td></tr></table>",
    "<table><tr><td>Type<table><tr><td>code</table></table>", "<ul><li>Type: code</ul>", "<s>x</s>y",
)  # fmt: skip
_NESTED = {
    "<div>": "</div>", "<blockquote>": "</blockquote>", "<table><tr><td>": "</td></tr></table>", "<b>": "</b>",
    "<ul><li>": "</li></ul>", "<span>": "</span>", "<s>": "</s>", "<a href=x>": "</a>",
}  # fmt: skip

HARD: dict[str, Mail] = {
    **{f"words {unit[:40]!r}": _plain(unit) for unit in _WORDS},
    **{f"page {unit!r}": _page(unit) for unit in _PAGES},
    **{f"nested {opening}": _nested(opening, closing) for opening, closing in _NESTED.items()},
    "attributes": _page("a=b ", "<div ", ">x</div>"),
    "attributes that differ": _numbered(f"{_HEAD}Content-Type: text/html\n\n<div ", "a%d=b ", ">x</div>"),
    "one long style": _page("color:red;", "<div style='", "'>x</div>"),
    "a style sheet": _page(".a{color:red}", "<style>", "</style><p class=a>x</p>"),
    "classes": _page("a ", "<div class='", "'>x</div>"),
    "rows": _page("<tr><td>Type</td><td>code</td></tr>", "<table>", "</table>"),
    "cells": _page("<td>Type</td>", "<table><tr>", "</tr></table>"),
    "columns spanned": _page("<tr><td colspan=999 rowspan=999>x</td></tr>", "<table>", "</table>"),
    "preformatted": _page("x\n", "<pre>", "</pre>"),
    "blanks in a page": _page(" ", "<p>x", "x"),
    "options": _page("<option>x</option>", "<select>"),
    "items in items": _page("<dd><li>", "<dl>"),
    "blanks in a header": _header("X", " ", "x\n y"),
    "folds": _header("X", "\n\t"),
    "quotes in a parameter": _header("Content-Type", '""a', ""),
    "parameters": _header("Content-Type", "text/plain; a=b"),
    "pieces of a parameter": _numbered("From: a@example.com\nContent-Type: text/plain", "; name*%d*=a", "\n\nx"),
    "escaped quotes in the sender": _repeated('From: "', '\\"', " <ann@example.com>\n\nx"),
    "comments in the sender": _repeated("From: ", "(", " <ann@example.com>\n\nx"),
    "recipients": _header("To", "b@example.com, "),
    "names": _header("To", "b, "),
    "brackets": _header("To", "<"),
    "signs": _header("To", "a@b "),
    "encoded words": _header("Subject", "=?utf-8?Q?a?= "),
    "encoded words that nothing ends": _header("Subject", "=?utf-8?Q?"),
    "prefixes": _header("Subject", "Re: "),
    "a prefix far from its colon": _repeated("From: a@b.example\nSubject: re", " ", "x:\n\nx"),
    "tags": _header("Subject", "["),
    "references": _header("References", "<a@b> "),
    "references that nothing ends": _header("References", "<"),
    "headers": _numbered("", "X-%d: a\n", f"{_HEAD}\nx"),
    "results": _repeated("Authentication-Results: ", "a;", f"\n{_HEAD}\nx"),
    "no header": _repeated("", "x\n"),
    "carriage returns": _repeated("", "From: a@b\r"),
    "parts": _repeated(_MIXED, "--b\n\nType: code\n", "--b--\n"),
    "parts of nothing": _repeated(_MIXED, "--b\n"),
    "parts with much of a header": _repeated(_MIXED, "--b\nContent-Type: text/plain; x=" + '""a' * 999 + "\n\nx\n"),
    "lines like a boundary": _repeated(_MIXED, "--bb\n"),
    "boundaries on one line": _repeated(_MIXED, "--b"),
    "boundaries to guess": _repeated(f"{_HEAD}Content-Type: multipart/mixed\n\n", "--abcdefgh \n"),
    "dashes to guess from": _repeated(f"{_HEAD}Content-Type: multipart/mixed\n\n", "-"),
    "multiparts in multiparts": _numbered(_HEAD, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n"),
    "multiparts of one boundary": _repeated("", f"{_MIXED}--b\n"),
    "mails in mails": _repeated("", f"{_HEAD}Content-Type: message/rfc822\n\n"),
    "mails beside mails": _repeated(_MIXED, "--b\nContent-Type: message/rfc822\n\nSubject: x\n\nType: code\n"),
    "attachments": _repeated(_MIXED, "--b\nContent-Disposition: attachment; filename=a.txt\n\nType: code\n"),
    "a csv file of rows": _attached("a.csv", "Type;code\n"),
    "a csv file of columns": _attached("a.csv", "Type;"),
    "a csv file of quotes": _attached("a.csv", '"'),
    "a text file": _attached("a.txt", "Type: code\nEnvironment: PRD\n"),
    "a page as file": _attached("a.html", "<p>Type: code"),
    "base64": _repeated(f"{_HEAD}Content-Transfer-Encoding: base64\n\n", "A=*\n"),
    "quoted-printable": _repeated(f"{_HEAD}Content-Transfer-Encoding: quoted-printable\n\n", "=41=\n"),
    "flowed": _repeated(f"{_HEAD}Content-Type: text/plain; format=flowed\n\n", "> a \n"),
    "utf-7": _repeated(f"{_HEAD}Content-Type: text/plain; charset=utf-7\n\n", "+APw-"),
    "another charset than said": lambda size: (
        f"{_HEAD}Content-Type: text/plain\n\n".encode() + b"\xe9\x81" * (size // 2)
    ),
}
BIG = ("options", "items in items")  # whose work only shows in a long page
