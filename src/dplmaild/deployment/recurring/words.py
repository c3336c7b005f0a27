"""The words of the rules. A feast is a rule itself, in the same words; only the two Easters are reckoned."""

from collections.abc import Mapping

MONTHS: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sep", "sept"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
WEEKDAYS: Mapping[str, int] = {
    name: number
    for number, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}
ORDINALS: Mapping[str, int] = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "last": -1,
    "second last": -2,
    "second to last": -2,
    "last but one": -2,
    "third last": -3,
    "third to last": -3,
}
EASTER, ORTHODOX_EASTER = "easter sunday", "orthodox easter sunday"
FEASTS: Mapping[str, str] = {
    "easter": "easter sunday",
    "rose monday": "easter sunday - 48 days",
    "carnival monday": "easter sunday - 48 days",
    "shrove tuesday": "easter sunday - 47 days",
    "ash wednesday": "easter sunday - 46 days",
    "palm sunday": "easter sunday - 7 days",
    "maundy thursday": "easter sunday - 3 days",
    "good friday": "easter sunday - 2 days",
    "holy saturday": "easter sunday - 1 day",
    "easter monday": "easter sunday + 1 day",
    "ascension": "easter sunday + 39 days",
    "ascension day": "easter sunday + 39 days",
    "whit sunday": "easter sunday + 49 days",
    "pentecost": "easter sunday + 49 days",
    "whit monday": "easter sunday + 50 days",
    "corpus christi": "easter sunday + 60 days",
    "orthodox easter": "orthodox easter sunday",
    "orthodox good friday": "orthodox easter sunday - 2 days",
    "orthodox easter monday": "orthodox easter sunday + 1 day",
    "first advent sunday": "fourth sunday before 25 december",
    "first advent": "fourth sunday before 25 december",
    "second advent sunday": "third sunday before 25 december",
    "second advent": "third sunday before 25 december",
    "third advent sunday": "second sunday before 25 december",
    "third advent": "second sunday before 25 december",
    "fourth advent sunday": "sunday before 25 december",
    "fourth advent": "sunday before 25 december",
    "new year's day": "1 january",
    "epiphany": "6 january",
    "candlemas": "2 february",
    "may day": "1 may",
    "labour day": "1 may",
    "assumption day": "15 august",
    "reformation day": "31 october",
    "all saints' day": "1 november",
    "day of repentance and prayer": "wednesday before 23 november",
    "thanksgiving": "fourth thursday of november",
    "black friday": "day after fourth thursday of november",
    "cyber monday": "monday after fourth thursday of november",
    "immaculate conception": "8 december",
    "christmas eve": "24 december",
    "christmas day": "25 december",
    "boxing day": "26 december",
    "new year's eve": "31 december",
}
