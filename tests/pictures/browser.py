"""A Chromium without a window, for pages that are handed to it; it is kept off the network.

It is spoken to over two pipes (`--remote-debugging-pipe`), JSON messages with a zero byte between them: it opens no
port and needs no library.
"""

import base64
import fcntl
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Timer
from typing import Any, BinaryIO

from PIL import Image

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
PATIENCE = 300.0  # seconds for all pages; a browser that hangs is killed then
_FREE = 10  # file descriptors below are the child's own
# The child reads commands from descriptor 3 and answers on 4; then it becomes the browser.
_BECOME = (
    "import os, sys; [os.dup2(int(n), 3 + i) for i, n in enumerate(sys.argv[1:3])]; os.execv(sys.argv[3], sys.argv[3:])"
)
_OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-extensions",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--force-color-profile=srgb", "--remote-debugging-pipe",
)  # fmt: skip


def program() -> str | None:
    """Where Chromium is; None where there is none."""
    return next((path for name in PROGRAMS if (path := shutil.which(name))), None)


class Browser:
    """One page of a running Chromium."""

    def __init__(self, to: BinaryIO, back: BinaryIO) -> None:
        self._to, self._back = to, back
        self._read = b""
        self._number = 0
        self._session: dict[str, str] = {}
        self.wanted: list[str] = []  # addresses that the pages asked for
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = {"sessionId": self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]}
        self.call("Page.enable")
        self.call("Network.enable")
        self._frame = self.call("Page.getFrameTree")["frameTree"]["frame"]["id"]

    def show(self, html: str, width: int, scheme: str) -> None:
        """Show a page so wide, in a `light` or `dark` colour scheme."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=640, deviceScaleFactor=1, mobile=False)
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.call("Page.setDocumentContent", frameId=self._frame, html=html)

    def ask(self, script: str) -> Any:
        """What an expression comes to on the page that is shown."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"]))
        return answer["result"]["value"]

    def picture(self) -> Image.Image:
        """The whole page that is shown."""
        shot = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        return Image.open(io.BytesIO(base64.b64decode(shot["data"]))).convert("RGB")

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """One command of the DevTools protocol, and its result."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params, **self._session}
        self._to.write(json.dumps(message).encode() + b"\0")
        self._to.flush()
        while (answer := self._next()).get("id") != self._number:
            if answer.get("method") == "Network.requestWillBeSent":
                self.wanted.append(answer["params"]["request"]["url"])
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        result: dict[str, Any] = answer["result"]
        return result

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._read:
            more = os.read(self._back.fileno(), 1 << 20)
            if not more:
                raise RuntimeError("Chromium has ended")
            self._read += more
        raw, _, self._read = self._read.partition(b"\0")
        message: dict[str, Any] = json.loads(raw)
        return message


@contextmanager
def chromium(path: str, folder: Path) -> Iterator[Browser]:
    """A browser for as long as the block runs; what it keeps lies in `folder`."""
    (theirs_in, ours_out), (ours_in, theirs_out) = _pipe(), _pipe()
    become = [sys.executable, "-c", _BECOME, str(theirs_in), str(theirs_out)]
    process = subprocess.Popen(
        [*become, path, *_OPTIONS, f"--user-data-dir={folder}"],
        pass_fds=(theirs_in, theirs_out),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs_in)
    os.close(theirs_out)
    watch = Timer(PATIENCE, process.kill)
    watch.start()
    try:
        with os.fdopen(ours_out, "wb") as to, os.fdopen(ours_in, "rb", buffering=0) as back:
            browser = Browser(to, back)
            yield browser
            with suppress(RuntimeError, OSError):
                browser.call("Browser.close")
    finally:
        watch.cancel()
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()
        process.wait()


def _pipe() -> tuple[int, int]:
    """Two ends with numbers that no redirection of the child overwrites."""
    low = os.pipe()
    high = tuple(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, _FREE) for end in low)
    for end in low:
        os.close(end)
    return high[0], high[1]
