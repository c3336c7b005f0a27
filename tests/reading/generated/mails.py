"""A form as a mail: with a greeting above and a name below."""

from dplmaild.deployment.said import Meaning
from dplmaild.reading import Hints, read
from reading.upper.mails import OURS, RECEIVED

OPENINGS = {
    "en": ("Deployment request", "Hello,\n\nplease deploy as follows.\n", "Thank you\nAnn"),
    "de": ("Deployment-Anfrage", "Hallo,\n\nbitte deployen wie folgt.\n", "Vielen Dank\nAnn"),
    "es": ("Solicitud de despliegue", "Hola:\n\nsolicitamos el siguiente despliegue.\n", "Gracias\nAnn"),
    "ca": ("Sol·licitud de desplegament", "Hola,\n\nsol·licitem el desplegament següent.\n", "Gràcies\nAnn"),
}
_HEAD = (
    "From: Ann Partner <ann@partner.example.com>\nTo: desk@example.org\nDate: Mon, 23 Nov 2026 09:00:00 +0100\n"
    "Message-ID: <one@partner.example.com>\nMIME-Version: 1.0\nContent-Transfer-Encoding: 8bit\n"
)


def mail(words: str, language: str, *, is_html: bool) -> bytes:
    """The words as a mail, with subject, greeting and name of the language."""
    subject, above, below = OPENINGS[language]
    if is_html:
        above, below = (part.replace("\n", "<br>") for part in (above, below))
        body = f"<html><body><div>{above}</div>{words}<div><br>{below}</div></body></html>"
    else:
        body = f"{above}\n{words}\n\n{below}\n"
    kind = "html" if is_html else "plain"
    return f"{_HEAD}Subject: {subject}\nContent-Type: text/{kind}; charset=utf-8\n\n{body}".encode()


def said(raw: bytes) -> Meaning:
    """What it is read as."""
    return read(raw, Hints(received=RECEIVED, own_addresses=OURS))
