"""What stands below one line of a transcript: how a deployment stands, how the day stands, what a start lacks."""

from dplmaild.deployment.owed import CommandResult
from dplmaild.writing.digest import digest_in_words, summary_of
from dplmaild.writing.status import Section, status_in_words, unmet_in_words
from dplmaild.writing.wording import Wording


def below(result: CommandResult, wording: Wording) -> list[Section]:
    """Titles with their lines; a title without a line, and lines without a title, stand alone."""
    found = [status_in_words(result.status, wording)] if result.status else []
    if result.digest is not None:
        found += [(summary_of(result.digest, wording), []), *digest_in_words(result.digest, wording)]
    return [*found, ("", unmet_in_words(result.unmet, wording))] if result.unmet else found
