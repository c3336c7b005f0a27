"""Ways to write a moment down, so that tests can see whether it reads back to itself."""

from collections.abc import Callable
from datetime import datetime

from babel.dates import get_day_names, get_month_names

Writer = Callable[[datetime], str]
LANGUAGES = ("en", "de", "es", "ca")
HOURS = {
    "en": ["twelve", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"],
    "de": ["zwölf", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf"],
    "es": ["doce", "una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once"],
    "ca": ["dotze", "una", "dues", "tres", "quatre", "cinc", "sis", "set", "vuit", "nou", "deu", "onze"],
}


def weekday(language: str, number: int) -> str:
    """Monday is 0."""
    return str(get_day_names("wide", "format", language)[number % 7])


def month(language: str, number: int) -> str:
    """As the language writes it behind a day: Catalan with its `de` or `d\u2019`."""
    return str(get_month_names("wide", "format", language)[number])


def dates(language: str, moment: datetime, named: int) -> list[str]:
    """The day in words and digits; `named` is the weekday written with it."""
    day, year, name = moment.day, moment.year, weekday(language, named)
    wide = month(language, moment.month)
    return {
        "en": [
            f"{name}, {day} {wide} {year}",
            f"{name} {wide} {day}, {year}",
            f"{name[:3]} {day} {wide[:3]} {year}",
            f"{name} the {day}{_suffix(day)} of {wide} {year}",
            f"{year}-{wide[:3]}-{day:02} ({name})",
            f"{name[:3]} {moment:%Y-%m-%d}",
        ],
        "de": [
            f"{name}, den {day}. {wide} {year}",
            f"{name}, {moment:%d.%m.%Y}",
            f"{name[:2]} {day}.{moment.month}.{moment:%y}",
            f"{name} der {day}. {wide}",
        ],
        "es": [
            f"el {name} {day} de {wide} de {year}",
            f"{name}, {day} de {wide}",
            f"{name} {moment:%d/%m/%Y}",
            f"el {name} día {day} de {wide} del {year}",
        ],
        "ca": [
            f"el {name} {day} {wide} de {year}",
            f"{name}, {day} {wide}",
            f"{name} {moment:%d/%m/%Y}",
            f"el {name} dia {day} {wide} del {year}",
        ],
    }[language]


def _suffix(day: int) -> str:
    return {1: "st", 2: "nd", 3: "rd"}.get(day % 10 if day not in (11, 12, 13) else 0, "th")


def times(language: str, moment: datetime) -> list[str]:
    """The time of day; in words where the language has words for its minutes."""
    hour, minute = moment.hour, moment.minute
    clock = f"{hour:02}:{minute:02}"
    half = f"{(hour - 1) % 12 + 1}:{minute:02} {'pm' if hour >= 12 else 'am'}"
    written = {
        "en": [f"at {clock}", half, f"@ {clock}h"],
        "de": [f"um {clock} Uhr", f"{hour} Uhr {minute:02}" if minute else f"{hour} Uhr", f"{hour}.{minute:02} Uhr"],
        "es": [f"a las {clock}", f"a las {clock} horas", f"{hour}h{minute:02}" if minute else f"a las {hour}h"],
        "ca": [f"a les {clock}", f"a les {clock} hores", f"{hour}h{minute:02}" if minute else f"a les {hour}h"],
    }[language]
    return written + _spoken(language, hour, minute)


def _spoken(language: str, hour: int, minute: int) -> list[str]:
    words = HOURS[language]
    here, after = words[hour % 12], words[(hour + 1) % 12]
    said = {
        ("en", 15): f"quarter past {here}",
        ("en", 30): f"half past {here}",
        ("en", 45): f"quarter to {after}",
        ("de", 15): f"viertel nach {here}",
        ("de", 30): f"halb {after}",
        ("de", 45): f"viertel vor {after}",
        ("es", 15): f"a las {here} y cuarto",
        ("es", 30): f"a las {here} y media",
        ("es", 45): f"a las {after} menos cuarto",
        ("ca", 15): f"a un quart de {after}",
        ("ca", 30): f"a dos quarts de {after}",
        ("ca", 45): f"a tres quarts de {after}",
    }.get((language, minute))
    return [said] if said and 1 <= hour < 12 else []  # `a quarter past twelve` is rather said at noon
