"""Mails to deliver in tests."""

from email import message_from_bytes, policy
from email.message import EmailMessage


def letter(subject: str = "Deployment", text: str = "please deploy 11.0.2", **attached: bytes) -> bytes:
    """A small mail; `notes_txt=b"..."` attaches a file notes.txt."""
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = "Rita Release <rita@example.org>"
    mail["To"] = "desk@example.com"
    mail["Subject"] = subject
    mail["Message-ID"] = f"<{subject.replace(' ', '-')}@example.org>"
    mail.set_content(text, cte="8bit" if text.isascii() else None)
    for name, content in attached.items():
        stem, _, ending = name.rpartition("_")
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=f"{stem}.{ending}")
    return mail.as_bytes()


def attachments(raw: bytes) -> dict[str, bytes]:
    """Attached files of a mail by name, as the standard library reads it; fails when the mail is malformed."""
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    defects = [defect for part in mail.walk() for defect in part.defects]
    assert defects == []
    return {part.get_filename() or "": part.get_payload(decode=True) for part in mail.iter_attachments()}  # type: ignore[misc]


def text_of(raw: bytes) -> str:
    """The plain text of a mail."""
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())
