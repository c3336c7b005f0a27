"""How German-speaking partners write a deployment's date."""

import pytest

from reading.dates.moments import read, said, short

READ = {
    "01.12.2026 um 22 Uhr": "2026-12-01 22:00",
    "Dienstag, 01.12.2026 um 22:00 Uhr": "2026-12-01 22:00",
    "01.12.26 22h": "2026-12-01 22:00",
    "Di 01.12. 10:00": "2026-12-01 10:00",
    "Di., 1. Dez. 2026, 10:00 Uhr": "2026-12-01 10:00",
    "01. 12. 2026 10:00": "2026-12-01 10:00",
    "am Dienstag, den 1. Dezember, um zehn Uhr": "2026-12-01 10:00",
    "1.12.2026 10.30": "2026-12-01 10:30",
    "1.12. 21.30 Uhr": "2026-12-01 21:30",
    "1.12. 22 Uhr 30": "2026-12-01 22:30",
    "Dienstag zehn Uhr dreißig": "2026-11-24 10:30",
    "1.12. um 3 Uhr": "2026-12-01 03:00",
    "halb zehn am 1.12.": "2026-12-01 09:30",
    "viertel nach neun am 1.12.": "2026-12-01 09:15",
    "viertel vor zehn am 1.12.": "2026-12-01 09:45",
    "dreiviertel zehn am 1.12.": "2026-12-01 09:45",
    "fünf vor halb zehn am 1.12.": "2026-12-01 09:25",
    "um 12 Uhr am 1.12.": "2026-12-01 12:00",
    "um 10 am 1.12.2026": "2026-12-01 10:00",
    "neun Uhr abends am 1.12.": "2026-12-01 21:00",
    "heute 22 Uhr": "2026-11-23 22:00",
    "morgen 9 Uhr": "2026-11-24 09:00",
    "morgen Abend um 9": "2026-11-24 21:00",
    "Dienstag Morgen um 9 Uhr": "2026-11-24 09:00",
    "übermorgen 9 Uhr": "2026-11-25 09:00",
    "uebermorgen 9 Uhr": "2026-11-25 09:00",
    "Dienstag 22 Uhr": "2026-11-24 22:00",
    "kommenden Freitag 22 Uhr": "2026-11-27 22:00",
    "nächste Woche Dienstag um 10": "2026-12-01 10:00",
    "Dienstag der übernächsten Woche, 10 Uhr": "2026-12-08 10:00",
    "KW 49 Dienstag 10:00": "2026-12-01 10:00",
    "KW49, Di 10:00": "2026-12-01 10:00",
    "49. KW, Dienstag, 10 Uhr": "2026-12-01 10:00",
    "Dienstag KW 2/2027 10 Uhr": "2027-01-12 10:00",
    "heute in einer Woche, 10 Uhr": "2026-11-30 10:00",
    "in 2 Wochen um 10 Uhr": "2026-12-07 10:00",
    "letzter Montag im Januar, 10 Uhr": "2027-01-25 10:00",
    "zweiter Dienstag im Dezember um 10 Uhr": "2026-12-08 10:00",
    "Dienstag, den 1. um 10 Uhr": "2026-12-01 10:00",
    "1. Dezmber 2026 10 Uhr": "2026-12-01 10:00",
    "1. Maerz 2027 10 Uhr": "2027-03-01 10:00",
    "1.12. ab 22 Uhr": "2026-12-01 22:00",
    "nicht am 1.12., lieber am 2.12. um 10 Uhr": "2026-12-02 10:00",
    "Sonnabend, 28.11., 10 Uhr": "2026-11-28 10:00",
}
ASKED = {
    "so bald wie möglich": "nothing",
    "nach Absprache": "nothing",
    "heute noch": "no_time 2026-11-23",
    "morgen früh": "no_time 2026-11-24",
    "Dienstag mittags": "no_time 2026-11-24",
    "kommenden Dienstag 22 Uhr": "relative",
    "nächsten Freitag 22 Uhr": "relative",
    "in acht Tagen um 10 Uhr": "relative",
    "in einem Monat um 10 Uhr": "relative",
    "viertel zehn am 1.12.": "half_of_day 2026-12-01",
    "Dienstag nachts um 2": "midnight 2026-11-24",
    "Mitternacht am 1.12.": "midnight 2026-12-01",
    "Mittwoch, 01.12.2026, 22 Uhr": "weekday_contradicts",
    "32.12.2026": "impossible_date",
    "KW 54 Dienstag": "impossible_date",
    "in KW 49": "stretch",
    "Anfang Dezember": "stretch",
    "Ende der Woche": "stretch",
    "1.12. zwischen 10 und 12 Uhr": "stretch 2026-12-01",
    "1.12., 10-12 Uhr": "stretch 2026-12-01",
    "bis 1. Dezember": "stretch",
    "1.12. spätestens um 10 Uhr": "stretch 2026-12-01",
    "vom 30.11. bis 2.12.": "stretch",
    "1./2.12. um 10 Uhr": "stretch",
    "1.12. oder 3.12. um 10 Uhr": "several",
    "1. bzw. 2. Dezember 10 Uhr": "stretch",
    "KW 49 Mo-Mi 10 Uhr": "stretch",
    "KW 49/50 Dienstag 10 Uhr": "impossible_date",
    "übernächsten Dienstag 10 Uhr": "relative",
    "einen Tag vor dem 1.12. um 10 Uhr": "stretch 2026-12-01",
    "1.12.2026 10 Uhr (vorher 9 Uhr)": "several 2026-12-01",
    "Nacht von Dienstag auf Mittwoch 2 Uhr": "several",
    "jeden Dienstag 10 Uhr": "recurring",
    "dienstags um 10 Uhr": "recurring",
}


@pytest.mark.parametrize(("text", "expected"), READ.items(), ids=READ)
def test_what_is_clear_is_read(text: str, expected: str) -> None:
    assert short(read(text)) == expected


@pytest.mark.parametrize(("text", "expected"), ASKED.items(), ids=ASKED)
def test_what_is_not_clear_is_asked(text: str, expected: str) -> None:
    assert short(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "on", "expected"),
    [
        pytest.param("nächsten Dienstag 10 Uhr", "2026-11-20 09:00", "2026-11-24 10:00", id="said on a Friday"),
        pytest.param("nächsten Dienstag 10 Uhr", "2026-11-22 09:00", "relative", id="said on a Sunday"),
        pytest.param("nächsten Dienstag 10 Uhr", "2026-11-24 09:00", "2026-12-01 10:00", id="said on a Tuesday"),
        pytest.param("Dienstag 10 Uhr", "2026-11-24 09:00", "relative", id="the day itself, today or in a week"),
        pytest.param("nächste Woche Dienstag 10 Uhr", "2026-11-22 09:00", "relative", id="next week on a Sunday"),
        pytest.param("diesen Freitag 10 Uhr", "2026-11-28 09:00", "relative", id="this Friday said on a Saturday"),
        pytest.param("morgen 10 Uhr", "2026-12-31 23:30", "2027-01-01 10:00", id="over the turn of the year"),
        pytest.param("5.1. 10 Uhr", "2026-12-20 09:00", "2027-01-05 10:00", id="no year, in the next one"),
        pytest.param("29.2. 10 Uhr", "2026-12-20 09:00", "impossible_date", id="no leap day in the coming year"),
        pytest.param("29.2. 10 Uhr", "2027-12-20 09:00", "2028-02-29 10:00", id="a leap day in the coming year"),
        pytest.param("KW 53 Dienstag 10 Uhr", "2026-12-14 09:00", "2026-12-29 10:00", id="a year with 53 weeks"),
        pytest.param("KW 1 Dienstag 10 Uhr", "2026-12-14 09:00", "2027-01-05 10:00", id="the next year's first week"),
        pytest.param("KW 45 Dienstag 10 Uhr", "2026-11-23 09:00", "year", id="a week that has just gone by"),
    ],
)
def test_said_on_another_day(text: str, on: str, expected: str) -> None:
    assert short(read(text, said(on))) == expected
