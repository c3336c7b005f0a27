"""The pages of the board as Chromium looks at them: drawn by the board itself, with everything in them that can be."""

from pathlib import Path

from board.shown import Place, shown
from desk.build import INSTRUCTIONS, NOW, REQUEST, STRANGER, Mail, settings_in
from dplmaild.deployment.said import Command
from dplmaild.deployment.terms import Role, Side, Speaker, Trust
from dplmaild.writing.phrases import LANGUAGES

REFERENCE = "DPL-2026-0001"
WIDE = "x" * 300 + " https://example.net/" + "a/" * 200
MANAGER = Speaker("manager@example.org", Trust.OK, "Morgan", None, Role.DEPLOYMENT_MANAGER, Side.OPS, ("acme",))
PATHS = {
    "day": "/",
    "deployment": f"/deployments/{REFERENCE}",
    "refused": "/deployments/DPL-2026-0003",
    "open": "/deployments",
    "ended": "/deployments?show=ended",
    "nothing": "/nothing",
}


def board_pages(folder: Path) -> dict[str, str]:
    """Each page in each language by `de/board-day`, of a day on which a lot has happened."""
    place = Place(settings_in(folder))
    place.receive(Mail(REQUEST, subject=WIDE))
    place.receive(Mail(INSTRUCTIONS.replace("see the wiki", WIDE), subject=f"Re: {WIDE} [{REFERENCE}]", number=2))
    place.receive(Mail(REQUEST.replace("Tuesday, 15", "Wednesday, 16"), subject="Second", number=3))
    place.receive(Mail(REQUEST.replace("Tuesday, 15", "Friday, 18"), subject="Third", number=4))
    place.receive(Mail(f"Type: code\nPlease deploy {WIDE}", sender=STRANGER, subject=WIDE, name="y" * 90, number=5))
    for verb, words in (("hold", WIDE), ("resume", ""), ("override", f"PRE-2 {WIDE}")):
        place.reception.order(REFERENCE, Command(verb, words), MANAGER, NOW)
    place.reception.order("DPL-2026-0002", Command("cancel", WIDE), MANAGER, NOW)
    place.doors[0].trouble = WIDE
    with shown(place) as client:
        return {
            f"{language}/board-{name}": client.ask(f"{path}{'&' if '?' in path else '?'}language={language}").text
            for language in LANGUAGES
            for name, path in PATHS.items()
        }
