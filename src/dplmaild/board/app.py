"""The addresses of the board, and what each of them shows. Nothing here acts: a page can only be read (SEE-6)."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from dplmaild.board.pages import REFERENCE, Pages
from dplmaild.board.record import House, Record
from dplmaild.board.words import Voice, day_sheet, deployment_sheet, row
from dplmaild.delivery.worded import event_on_calendar
from dplmaild.deployment.owed import CalendarEntry
from dplmaild.deployment.process.letters import OPS_LANGUAGE
from dplmaild.log import get_logger
from dplmaild.store.database import StoreBusyError
from dplmaild.store.lists import Page
from dplmaild.writing.invitation import feed_bytes
from dplmaild.writing.phrases import LANGUAGES

log = get_logger()


def app_of(record: Record, house: House, pages: Pages) -> Starlette:
    """The pages as an application. Each is drawn in the board's own thread, one after the other."""
    views = _Views(record, house, pages)
    shown: dict[str, Callable[[Request], Response]] = {
        "/": views.day,
        "/deployments": views.listed,
        "/deployments/{reference}": views.deployment,
        "/calendar.ics": views.calendar,
        "/health": views.health,
    }
    app = Starlette(
        routes=[Route(path, _one_at_a_time(view, views)) for path, view in shown.items()],
        exception_handlers={HTTPException: views.refused},
    )
    app.router.redirect_slashes = False  # a redirection would repeat what the client called us
    return app


def _one_at_a_time(view: Callable[[Request], Response], views: "_Views") -> Callable[[Request], Any]:
    """No thread for each request: what waits, waits for the page before it, and mail never waits for either."""

    async def shown(request: Request) -> Response:
        try:
            answer = view(request)
        except StoreBusyError as error:
            return views.away(request, error)
        except Exception as error:  # whatever it is: one page never takes the board with it
            return views.broken(request, error)
        views.told = ""
        return answer

    return shown


class _Views:
    def __init__(self, record: Record, house: House, pages: Pages) -> None:
        self._record = record
        self._house = house
        self._pages = pages
        self.told = ""  # why the record could not be read, as long as it cannot

    def day(self, request: Request) -> Response:
        digest, open_ = self._record.day()
        voice = self._voice(request)
        return self._page(request, "/", "day", **day_sheet(digest, voice), **_rows(open_, voice))

    def listed(self, request: Request) -> Response:
        ended = request.query_params.get("show") == "ended"
        after = request.query_params.get("after", "")
        start = after if REFERENCE.fullmatch(after) else None
        page = self._record.ended(start) if ended else self._record.going(start)
        rows = _rows(page, self._voice(request))
        asked = {"show": "ended"} if ended else {}
        return self._page(request, "/deployments", "list", **rows, ended=ended, begun=start is not None, asked=asked)

    def deployment(self, request: Request) -> Response:
        reference = str(request.path_params["reference"]).upper()
        found = self._record.deployment(reference) if REFERENCE.fullmatch(reference) else None
        if found is None:
            return self._note(request, "gone", 404)
        sheet = deployment_sheet(*found, self._voice(request))
        return self._page(request, f"/deployments/{reference}", "deployment", **sheet, reference=reference)

    def calendar(self, request: Request) -> Response:
        """All deployments as an ICS feed (CAL): what calendar entries say, without whom they were sent to."""
        letters, desk = self._house.letters(), self._house.settings.desk
        entries = self._record.entries()
        events = (
            event_on_calendar(debt, debt.what, letters, desk)
            for debt in entries
            if isinstance(debt.what, CalendarEntry)
        )
        content = feed_bytes(events)
        tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        known = [each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")]
        headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
        if tag in known or "*" in known:
            return Response(status_code=304, headers=headers)
        return Response(content, headers=headers, media_type="text/calendar; charset=utf-8")

    def health(self, _request: Request) -> Response:
        """P18 for a monitor: 503 where the record or a source cannot be read, as `Cannot be read` in the digest."""
        doors = [
            {"name": door.name, "read_until": _moment(door.read_until), "trouble": door.trouble or None}
            for door in self._house.doors()
        ]
        try:
            trouble = self._record.trouble()
        except StoreBusyError as error:
            return JSONResponse({"well": False, "record": str(error), "sources": doors}, 503)
        well = not self._house.unread
        oldest = _moment(trouble.oldest_undecided) if trouble.oldest_undecided else None
        counted = {"oldest_undecided": oldest, "in_doubt": trouble.in_doubt, "quarantined": trouble.quarantined}
        return JSONResponse({"well": well, "record": None, **counted, "sources": doors}, 200 if well else 503)

    def refused(self, request: Request, error: Exception) -> Response:
        """What Starlette refuses: an unknown address, a method that could change something."""
        status = error.status_code if isinstance(error, HTTPException) else 400
        if status == 404:
            return self._note(request, "gone", 404)
        headers = error.headers if isinstance(error, HTTPException) else None
        return PlainTextResponse("the board only shows: GET and HEAD\n", status, headers)

    def away(self, request: Request, error: StoreBusyError) -> Response:
        if self.told != str(error):
            self.told = str(error)
            log.warning("board cannot read", why=self.told)
        return self._note(request, "away", 503)

    def broken(self, request: Request, error: Exception) -> Response:
        """A page that cannot be drawn is told in the log, and nothing of it is shown."""
        log.error("page failed", path=request.url.path, exc_info=error)
        return self._note(request, "broken", 500)

    def _note(self, request: Request, what: str, status: int) -> Response:
        return self._page(request, "/", "note", status=status, what=what)

    def _page(self, request: Request, path: str, name: str, *, status: int = 200, **sheet: Any) -> Response:
        """A page with its own address in it: the one that was asked for could be `//example.net/`."""
        return HTMLResponse(self._pages.draw(name, self._voice(request), path, **sheet), status)

    def _voice(self, request: Request) -> Voice:
        return Voice(self._house.letters(), self._house.settings, language_of(request))


def language_of(request: Request) -> str:
    """The one asked for in the address, else the first of the browser's that we speak, else OPS's."""
    asked = request.query_params.get("language", "")
    if asked in LANGUAGES:
        return asked
    accepted = request.headers.get("accept-language", "")[:200].split(",")
    spoken = (each.partition(";")[0].strip().lower().partition("-")[0] for each in accepted)
    return next((each for each in spoken if each in LANGUAGES), OPS_LANGUAGE)


def _rows(page: Page, voice: Voice) -> dict[str, Any]:
    return {"rows": [row(case, voice) for case in page.cases], "following": page.following}


def _moment(moment: datetime) -> str | None:
    """None for a source that was never read."""
    return moment.isoformat() if moment > datetime.min.replace(tzinfo=UTC) else None
