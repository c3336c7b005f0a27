"""Letters into a Maildir."""

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from dplmaild.channels.maildir import MaildirMailbox
from dplmaild.channels.outbox_maildir import MaildirPost, file_name
from dplmaild.ports import PermanentError, TemporaryError
from servers.mails import letter


def test_a_letter_lies_in_new_as_it_was(tmp_path: Path) -> None:
    receipt = MaildirPost(tmp_path / "out").send("desk@example.com", ["a@example.org", "b@example.org"], letter("hi"))
    assert (receipt.accepted, dict(receipt.refused)) == (("a@example.org", "b@example.org"), {})
    (file,) = (tmp_path / "out" / "new").iterdir()
    assert file.read_bytes() == letter("hi")
    assert list((tmp_path / "out" / "tmp").iterdir()) == []


def test_the_same_letter_again_replaces_itself(tmp_path: Path) -> None:
    post = MaildirPost(tmp_path)
    for subject in ("one", "two", "one"):
        post.send("desk@example.com", ["a@example.org"], letter(subject))
    assert len(list((tmp_path / "new").iterdir())) == 2


def test_what_is_sent_can_be_read_as_a_mailbox(tmp_path: Path) -> None:
    MaildirPost(tmp_path).send("desk@example.com", ["a@example.org"], letter("hi"))
    (arrival,) = MaildirMailbox("out", tmp_path).fetch(None, 10)
    assert arrival.raw == letter("hi")


@pytest.mark.parametrize(
    "message_id",
    [
        "<../../etc/passwd@example.org>",
        "<a:2,S@example.org>",
        "<.hidden@example.org>",
        "<" + "x" * 2000 + "@e>",
        "<>",
        "",
    ],
)
def test_no_message_id_makes_a_dangerous_name(tmp_path: Path, message_id: str) -> None:
    raw = f"Message-ID: {message_id}\r\nSubject: x\r\n\r\nhello\r\n".encode()
    MaildirPost(tmp_path / "out").send("desk@example.com", ["a@example.org"], raw)
    (file,) = (tmp_path / "out" / "new").iterdir()
    assert len(file.name) < 120
    assert not file.name.startswith(".")
    assert ":" not in file.name
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]


def test_letters_without_message_id_are_told_apart_by_their_words() -> None:
    one, two = b"Subject: x\r\n\r\none\r\n", b"Subject: x\r\n\r\ntwo\r\n"
    assert file_name(one) == file_name(bytes(one))
    assert file_name(one) != file_name(two)


def test_a_folded_message_id_is_the_same() -> None:
    mail = EmailMessage(policy=SMTP)
    mail["Message-ID"] = "<a@example.org>"
    assert file_name(mail.as_bytes()) == file_name(b"Message-ID:\r\n <a@example.org>\r\n\r\n")


def test_a_folder_that_cannot_be_written_is_temporary_trouble(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"a file stands in the way")
    with pytest.raises(TemporaryError, match="could not be written"):
        MaildirPost(tmp_path / "out").send("desk@example.com", ["a@example.org"], letter())


def test_a_failed_delivery_leaves_no_draft(tmp_path: Path) -> None:
    post = MaildirPost(tmp_path)
    raw = letter("hi")
    (tmp_path / "new" / file_name(raw) / "in the way").mkdir(parents=True)
    with pytest.raises(TemporaryError):
        post.send("desk@example.com", ["a@example.org"], raw)
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_letter_to_nobody_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PermanentError):
        MaildirPost(tmp_path).send("desk@example.com", [], letter())
