"""How partners in Spain write a deployment's date, in Spanish and in Catalan."""

import pytest

from reading.dates.moments import read, short

READ = {
    "martes 1 de diciembre a las 21h": "2026-12-01 21:00",
    "martes, 1 de diciembre de 2026, a las 10:00 horas": "2026-12-01 10:00",
    "1 de diciembre del 2026 a las 21:30h": "2026-12-01 21:30",
    "primero de diciembre a las 10h": "2026-12-01 10:00",
    "mar 1 dic 10:00": "2026-12-01 10:00",
    "1-dic-2026 10:00h": "2026-12-01 10:00",
    "el martes día 1 a las 10h": "2026-12-01 10:00",
    "el martes 1 a las diez": "2026-12-01 10:00",
    "el martes 1 de diciembre a las nueve y media": "2026-12-01 09:30",
    "a las diez menos cuarto del 1 de diciembre": "2026-12-01 09:45",
    "a las once y veinte del 1 de diciembre": "2026-12-01 11:20",
    "a las 9 de la mañana del 1 de diciembre": "2026-12-01 09:00",
    "a las tres de la tarde del 1 de diciembre": "2026-12-01 15:00",
    "a las diez de la noche del 1 de diciembre": "2026-12-01 22:00",
    "a las 12 del mediodía del 1 de diciembre": "2026-12-01 12:00",
    "a las 2 de la madrugada del 1 de diciembre": "2026-12-01 02:00",
    "el primer martes del mes que viene a las 10h": "2026-12-01 10:00",
    "el martes a las 10 y 30": "2026-11-24 10:30",
    "hoy a las 22h": "2026-11-23 22:00",
    "mañana a las 9": "2026-11-24 09:00",
    "pasado mañana a las 9:00": "2026-11-25 09:00",
    "esta noche a las 10": "2026-11-23 22:00",
    "el martes a las 9h": "2026-11-24 09:00",
    "este viernes a las 10 de la mañana": "2026-11-27 10:00",
    "el martes de la semana que viene a las 10": "2026-12-01 10:00",
    "semana 49, martes, 10h": "2026-12-01 10:00",
    "dentro de dos días a las 10": "2026-11-25 10:00",
    "el segundo martes de diciembre a las 10h": "2026-12-08 10:00",
    "el último lunes de enero a las 10h": "2027-01-25 10:00",
    "miercoles 2 de diciembre 10:00": "2026-12-02 10:00",
    "1 de dicembre de 2026 a las 10:00": "2026-12-01 10:00",
    "en lugar del 1 de diciembre, el 3 de diciembre a las 10h": "2026-12-03 10:00",
    "el dimarts 1 de desembre a les 21h": "2026-12-01 21:00",
    "dt. 1 des. 21 h": "2026-12-01 21:00",
    "l'1 de desembre a les deu": "2026-12-01 10:00",
    "l\u20191 d\u2019abril a les deu": "2027-04-01 10:00",
    "1 de desembre a dos quarts de deu": "2026-12-01 09:30",
    "un quart de deu de l'1 de desembre": "2026-12-01 09:15",
    "a les nou i mitja del dia 1 de desembre": "2026-12-01 09:30",
    "a les 9 del vespre de l'1 de desembre": "2026-12-01 21:00",
    "avui a les 22h": "2026-11-23 22:00",
    "demà a les 9": "2026-11-24 09:00",
    "demà passat a les 9h": "2026-11-25 09:00",
    "d'aquí a dos dies a les 10h": "2026-11-25 10:00",
    "el dimarts de la setmana vinent a les 10h": "2026-12-01 10:00",
    "l'últim dilluns de gener a les 10h": "2027-01-25 10:00",
    "2n dimarts de desembre a les 10": "2026-12-08 10:00",
    "dijous 3 de desembre, 9:30 h": "2026-12-03 09:30",
}
ASKED = {
    "lo antes posible": "nothing",
    "el próximo martes a las 9h": "relative",
    "el viernes que viene a las 10": "relative",
    "el martes pasado a las 10": "relative",
    "dentro de quince días a las 10": "relative",
    "mañana por la mañana": "no_time 2026-11-24",
    "el martes a mediodía": "no_time 2026-11-24",
    "el 1 de diciembre a las 3": "half_of_day 2026-12-01",
    "a las 12 de la noche del 1 de diciembre": "midnight 2026-12-01",
    "el 1 de diciembre, de 10 a 12": "stretch 2026-12-01",
    "el 1 de diciembre entre las 10 y las 12": "stretch 2026-12-01",
    "del 1 al 3 de diciembre": "stretch",
    "antes del 1 de diciembre": "stretch",
    "la semana del 30 de noviembre": "stretch",
    "a finales de diciembre": "stretch",
    "miércoles 1 de diciembre a las 10": "weekday_contradicts",
    "31 de noviembre a las 10": "impossible_date",
    "el 1 o el 3 de diciembre a las 10h": "stretch",
    "mañana o pasado a las 10": "unread",
    "la noche del martes al miércoles a las 2": "stretch",
    "la víspera del 1 de diciembre a las 10": "stretch 2026-12-01",
    "l'endemà de l'1 de desembre a les 10h": "stretch 2026-12-01",
    "dimarts de l'altra setmana a les 10h": "unread",
    "primer dimarts de mes a les 10h": "unread",
    "los martes a las 10": "recurring",
    "todos los martes a las 10": "recurring",
    "tan aviat com sigui possible": "nothing",
    "dimarts vinent a les 10h": "relative",
    "dimarts que ve a les 10": "relative",
    "d'aquí a quinze dies a les 10h": "relative",
    "demà al matí": "no_time 2026-11-24",
    "abans de l'1 de desembre": "stretch",
    "entre les 10 i les 12 de l'1 de desembre": "stretch 2026-12-01",
    "dimecres 1 de desembre a les 10h": "weekday_contradicts",
    "cada dimarts a les 10": "recurring",
    "els dimarts a les 10": "recurring",
}


@pytest.mark.parametrize(("text", "expected"), READ.items(), ids=READ)
def test_what_is_clear_is_read(text: str, expected: str) -> None:
    assert short(read(text)) == expected


@pytest.mark.parametrize(("text", "expected"), ASKED.items(), ids=ASKED)
def test_what_is_not_clear_is_asked(text: str, expected: str) -> None:
    assert short(read(text)) == expected
