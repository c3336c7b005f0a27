"""A board that is asked over a real socket, on a desk whose record tests fill by its own mails."""

import http.client
import re
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from threading import Event

from jinja2 import FileSystemLoader

from desk.build import NOW, REQUEST, Mail
from dplmaild.board.pages import Pages
from dplmaild.board.record import House
from dplmaild.board.server import BoardThread, Limits
from dplmaild.daemon.sources import Health
from dplmaild.deployment.terms import Role, Side, Speaker, Trust
from dplmaild.desk import Answered, Desk, Reception
from dplmaild.ports import Arrival, Identity
from dplmaild.settings import Settings
from dplmaild.settings.load import shipped
from dplmaild.settings.model import Board
from dplmaild.store.database import Database
from dplmaild.wiring import letters_of

PATIENCE = 20.0
REFERENCE = "DPL-2026-0001"
PAGE = f"/deployments/{REFERENCE}"
FRIDAY = Mail(REQUEST.replace("Tuesday, 15", "Friday, 18"))
MANAGER = Speaker("manager@example.org", Trust.OK, "Morgan", None, Role.DEPLOYMENT_MANAGER, Side.OPS, ("acme",))


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers by their lower-case names, text."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def words(self) -> str:
        """The page as a reader sees it: without tags and style, one blank between words."""
        body = re.sub(r"(?s)<style>.*?</style>|<title>.*?</title>", " ", self.text)
        body = re.sub("<[^>]*>", " ", re.sub(r"</?(a|b|span)\b[^>]*>", "", body))  # those stand within a line
        return " ".join(unescape(body).split())


@dataclass
class Place:
    """A desk with a real record, and what of it the board is shown."""

    settings: Settings
    now: datetime = NOW
    doors: list[Health] = field(default_factory=lambda: [Health("inbox", NOW)])

    def __post_init__(self) -> None:
        self.letters = letters_of(self.settings)
        self.database = Database(self.settings.store.url)
        self.database.migrate()
        self.desk = Desk(self.settings)
        self.reception = Reception(self.database, self.desk, "test", self.letters)
        self._uid = 0

    def receive(self, mail: Mail) -> Answered:
        """One mail arrives and is decided about."""
        self._uid += 1
        arrival = Arrival(Identity("inbox", "", 0, str(self._uid)), self.now, mail.bytes, len(mail.bytes))
        (answered,) = self.reception.receive([arrival], None, self.now)
        return answered

    @property
    def house(self) -> House:
        """What the board sees."""
        return House(lambda: self.desk, lambda: self.letters, lambda: self.doors, lambda: self.now)


@dataclass
class Client:
    """Asks a board."""

    port: int
    thread: BoardThread
    stopping: Event

    def ask(self, path: str, method: str = "GET", host: str | None = None, **headers: str) -> Answer:
        """One request; headers are given as Accept_Language="..."."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            connection.putheader("Host", host if host is not None else f"127.0.0.1:{self.port}")
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            answer = connection.getresponse()
            text = answer.read().decode("utf-8")
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, text)
        finally:
            connection.close()

    def raw(self, *pieces: bytes) -> bytes:
        """Bytes as they are sent, and all that comes back until the other side closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as line:
            for piece in pieces:
                line.sendall(piece)
            return b"".join(iter(lambda: line.recv(65_536), b""))


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def shown(place: Place, name: str | None = None, limits: Limits | None = None) -> Iterator[Client]:
    """The board of a desk for as long as the block runs."""
    port, stopping = free_port(), Event()
    board = Board(listen=f"127.0.0.1:{port}", name=name)
    pages = Pages(FileSystemLoader(shipped("templates")))
    thread = BoardThread(board, place.settings.store.url, place.house, pages, stopping, limits or Limits())
    thread.start()
    try:
        wait_for(lambda: answers(port))
        yield Client(port, thread, stopping)
    finally:
        stopping.set()
        thread.join(PATIENCE)
        assert not thread.is_alive()


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


def wait_for(so: Callable[[], object]) -> None:
    """Look again and again until it is so."""
    over = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < over
        time.sleep(0.02)


def flat(text: str) -> str:
    """Words with one blank between them."""
    return " ".join(text.split())


def assert_ours(page: Answer) -> None:
    """Every address on it is one of this board."""
    addresses = re.findall(r'(?:src|href|action)="([^"]*)"', page.text)
    assert addresses
    assert all(re.fullmatch(r"/(?!/).*", address) for address in addresses)


def assert_harmless(page: Answer) -> None:
    """No element and no attribute but those of our own templates, and no character that turns text around."""
    tags = {tag.lower() for tag in re.findall(r"<\s*/?\s*([a-zA-Z]\w*)", page.text)}
    own = (
        "html head meta title style body header nav a main section h1 h2 p ul li table thead tbody tr th td b br span "
    )
    assert tags <= set((own + "footer details summary").split())
    assert not re.search(r"<[^>]*\son\w+\s*=", page.text)
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", page.text)
    assert page.text.count("<style>") == 1
