"""People's own words, collected without a look at the lexicon: what must never be taken for more than it says."""

import pytest

from dplmaild.deployment.said import Intent, Kind
from reading.upper.mails import opened, replied

FAULTS = [
    "Shop is up again but search returns nothing",
    "Customers report they cannot log in since the deployment",
    "The homepage looks ok, yet the checkout is dead",
    "It works on UAT but not on PRD",
    "I don't see the new version",
    "Nothing works any more",
    "Preise stimmen nicht",
    "Die Startseite ist ok, der Checkout leider nicht",
    "Bilder werden nicht angezeigt",
    "Es fehlen alle Kategorien",
    "Leider kein Erfolg",
    "El carrito ya no suma bien",
    "No vemos los cambios en producción",
    "Nada funciona",
    "Las imágenes no cargan",
    "La cerca no retorna resultats",
]

NO_VERDICT_YET = [
    "We are still in the middle of testing, so far so good",
    "Noch am Testen, bisher alles gut",
    "De momento todo bien, seguimos probando",
    "Half of the tests passed, rest in 10 minutes",
    "Will test after lunch",
    "I'm not the attendant, please ask Ben",
    "When can we start the tests?",
    "Wer testet heute?",
    "Tests beginnen jetzt",
    "Starting tests now",
    "If the tests pass we will confirm",
    "I assume everything is ok?",
    "Ist bei euch alles ok?",
]

FINE = [
    "Everything is fine on our side, no complaints",
    "Confirmed, all works",
    "Tests done, success!",
    "Smoke tests passed, thanks for the quick work",
    "Abnahme erfolgt, alles top",
    "Getestet und für gut befunden",
    "Läuft. Danke!",
    "Hemos probado y todo OK",
    "Tot provat i correcte",
    "We have no issues to report",
]

ROLLBACKS = [
    "Please restore the old version",
    "We want the previous release back",
    "Bitte alte Version zurückspielen",
    "Volved a la 11.0.1",
    "Cal tornar a la versió anterior",
    "Rollback!",
    "Please start the rollback now",
]

ROLLBACK_TALK = [
    "Is the rollback already finished?",
    "How long would a rollback take?",
    "Rollback plan is attached",
    "We discussed a rollback but decided to wait",
    "Kein Grund für einen Rollback, danke",
    "A rollback would be the last resort",
]

NO_CHOICE = [
    "Option 2 is not possible for us",
    "Nr. 3 geht nicht",
    "ninguna, la 2 tampoco",
    "I will ask whether 2 works",
    "Maybe 2",
    "Does 2 include the tests?",
    "What about 4?",
    "We would have preferred 2 but it is too early",
    "Slot 1 was better last time",
    "2 people from our side are ill",
    "Our 3 testers are busy",
    "We need 2 hours more to decide",
]

NO_WITHDRAWAL = [
    "We do not want to cancel",
    "Should we cancel?",
    "If UAT fails we will cancel",
    "Ben cancelled his vacation",
    "The meeting is cancelled, the deployment stays",
    "Der Termin mit dem Kunden wurde abgesagt, das Deployment bleibt",
    "No cancelamos nada",
    "Have you cancelled it already?",
    "Why was it cancelled?",
    "I did not withdraw anything",
    "Please confirm that nothing was cancelled",
]

NO_RESCHEDULE = [
    "Do not move it",
    "We don't need to reschedule",
    "The date stays as it is",
    "Der Termin bleibt",
    "Was it moved?",
    "No hace falta cambiar la fecha",
    "Our meeting was moved to Thursday",
]

# Subject and words of mails that ask for no deployment (MSG-1).
NOT_ASKED = [
    (
        "Deployment yesterday",
        ("Hi, could you please send me the log of the deployment of 11.0.2 on PRD from 17 November 2026 10:00? Thanks"),
    ),
    (
        "Deployment 12 January",
        (
            "Hi, please note that nobody of us will be in the office on 12 January 2027 at 10:00, but "
            "the deployment on PRD can go ahead without us."
        ),
    ),
    ("Monitoring", ("Please switch off the monitoring for PRD during the deployment on 12 January 2027 at 10:00.")),
    (
        "Announcement",
        ("Dear customers, our own platform will be deployed on 12 January 2027 at 10:00. Expect a short downtime."),
    ),
    (
        "Question",
        ("What was deployed on PRD on Thursday? The version shows 11.0.2 and we need to know if the hotfix is in."),
    ),
    ("Report", "Can you please provide a list of all deployments on PRD in 2026 until 4 December?"),
    ("Backup", ("Could you please make a backup of the PRD database before the deployment on 12 January 2027?")),
    ("Training", "We would like to invite you to our deployment training on 12 January 2027 at 10:00."),
    ("Feedback", "Thanks for the smooth deployment of 11.0.2 to PRD yesterday! Everything works fine."),
    (
        "Kosten",
        ("Was kostet ein Full-Deployment auf PRD ausserhalb der Geschäftszeiten? Bitte um Angebot bis 12.01.2027."),
    ),
    (
        "Störung",
        (
            "Guten Morgen, seit heute 8:15 Uhr ist der Shop auf PRD (11.0.2) nicht erreichbar. Bitte "
            "dringend prüfen, wurde etwas deployt?"
        ),
    ),
    ("Doku", "Könnt ihr bitte die Anleitung für Deployments auf INT schicken? Danke"),
    (
        "Zugang",
        ("Bitte richtet für unseren neuen Entwickler Zugriff auf die Deployment-Jobs (INT, UAT) bis 1.12.2026 ein."),
    ),
    (
        "Incidencia",
        ("Hola, necesitamos que reviséis el error 500 en PRD, apareció después del despliegue de la 11.0.2."),
    ),
    ("Consulta", "¿Cuándo fue el último despliegue en producción y qué versión se instaló?"),
    ("Accés", "Necessitem accés a l'entorn UAT per al nou desenvolupador abans del 12 de gener."),
    (
        "Invoice 44",
        (
            "Dear Sir, please find attached invoice 44 for deployment services in October 2026. Please "
            "pay until 12 January 2027."
        ),
    ),
    ("Solr", ("Please restart Solr on PRD tomorrow at 10:00, the index is broken since the last release 11.0.2.")),
    (
        "Performance test",
        (
            "We would like to run a performance test on UAT on 12 January 2027 at 10:00 with version "
            "11.0.3. Please keep the system free."
        ),
    ),
    ("Sync", "Please synchronise PRD to UAT on 12 January 2027 at 10:00."),
    ("Config", ("Please change the property intershop.smtp on PRD to smtp.example.com on 12 January 2027 10:00.")),
    ("FYI", "FYI: deployment of 11.0.3 to INT done, UAT follows tomorrow 10:00, done by us."),
    ("Out of service", "The printer on floor 2 needs a new driver, version 4.2.1, please install by Tuesday 10:00."),
    ("Deployment windows 2027", "Hello, could we get an overview of all deployment windows in January 2027?"),
    (
        "Deployment documentation",
        ("Please deploy the documentation of the deployment process in Confluence until 12 January 2027."),
    ),
    ("Jenkins job", "Please add a Jenkins job for deployments on INT. Type: maven. Version: 3.9.1."),
    ("Re: Deployment", "Thanks, the deployment on 12 January 2027 at 10:00 (11.0.2, PRD) was fine."),
    (
        "Change request",
        (
            "Change request CR-12: new payment method. Environment: PRD. Date: 12 January 2027. "
            "Description: PayPal Express. Please estimate the effort."
        ),
    ),
    (
        "Support ticket",
        (
            "Environment: PRD\nVersion: 11.0.2\nDescription: basket shows wrong price\nSteps to "
            "reproduce: add a product\nPriority: high"
        ),
    ),
    ("Bug", "Type: Bug\nEnvironment: UAT\nVersion: 11.0.3\nDescription: login fails"),
    (
        "Störungsmeldung",
        ("Umgebung: PRD\nVersion: 11.0.2\nDatum: 23.11.2026 08:15\nBeschreibung: Shop langsam\nBitte dringend prüfen"),
    ),
    ("Incidencia", "Entorno: PRD\nVersión: 11.0.2\nFecha: 23/11/2026 08:15\nDescripción: no carga el buscador"),
    ("Access request", "Type: new user\nEnvironment: UAT\nDate: 12 January 2027\nDescription: access for Eva"),
    ("Meeting", "Date: 12 January 2027\nTime: 10:00\nSubject: deployment planning\nAttendees: Nora, Ben"),
    ("Order", "Product: 20 laptops\nDelivery date: 12 January 2027 10:00\nVersion: 2027"),
    (
        "Maintenance window",
        (
            "Dear customer, our provider will perform maintenance on 12 January 2027 between 10:00 and "
            "12:00 on the production network. Type: firmware update."
        ),
    ),
    (
        "Release notes 11.0.3",
        ("Hi all, find attached the release notes of 11.0.3. Target version: 11.0.3. Release date: 12 January 2027."),
    ),
    (
        "Status report KW 47",
        ("Umgebungen: INT 11.0.3, UAT 11.0.3, PRD 11.0.2. Nächstes Deployment: 12.01.2027. Offene Punkte: keine."),
    ),
    (
        "Weekly report",
        (
            "- PRD deployment 11.0.2: done\n- UAT deployment 11.0.3: planned for 12 January 2027 "
            "10:00\n- open tickets: 12"
        ),
    ),
    ("Newsletter", "Our hotfix 4.2.1 is out. Update now! Deploy it to production today."),
    ("Dependabot", "Bumps axios from 1.6.0 to 1.6.2. Release notes: see below. Please review and deploy."),
    ("Job", ("We are looking for a DevOps engineer who can deploy to production. Start date: 12 January 2027.")),
    ("CV", "I would like to apply as DevOps engineer. I deployed 11.0.2 to production many times."),
    ("Vacation", "I'm on vacation from 12 January 2027 and need someone who covers the deployment."),
    ("Out of budget", "We cannot afford a full deployment on PRD in January."),
    (
        "Postmortem",
        (
            "Type of deployment: code\nCurrent version: 11.0.1\nTarget version: 11.0.2\nWhat happened: "
            "the deployment on 17 November 2026 at 10:00 was rolled back.\nNo action needed."
        ),
    ),
    (
        "Deployment log",
        ("Could you add our deployment of 17 November 2026 10:00 (11.0.2 on PRD) to the deployment log?"),
    ),
]


@pytest.mark.parametrize("words", FAULTS)
def test_a_fault_is_never_a_success_nor_a_rollback(words: str) -> None:
    meaning = replied(words, verdict=True)
    assert meaning.kind in (Kind.REPLY, Kind.UNSURE)
    assert meaning.intent in (None, Intent.ISSUE_NO_ROLLBACK)


@pytest.mark.parametrize("words", NO_VERDICT_YET)
def test_what_is_not_yet_tested_is_no_verdict(words: str) -> None:
    assert replied(words, verdict=True).intent in (None, Intent.DELAY)


@pytest.mark.parametrize("words", FINE)
def test_a_success_is_never_a_problem(words: str) -> None:
    assert replied(words, verdict=True).intent in (None, Intent.SUCCESS_CONFIRMED)


@pytest.mark.parametrize("words", ROLLBACKS)
def test_a_rollback_that_is_wanted_is_nothing_else(words: str) -> None:
    assert replied(words, verdict=True).intent in (None, Intent.ROLLBACK_REQUESTED)


@pytest.mark.parametrize("words", ROLLBACK_TALK)
def test_speaking_of_a_rollback_starts_none(words: str) -> None:
    assert replied(words, verdict=True).intent is not Intent.ROLLBACK_REQUESTED


@pytest.mark.parametrize("words", NO_CHOICE)
def test_a_number_beside_other_words_takes_no_slot(words: str) -> None:
    meaning = replied(words, slots=3)
    assert meaning.choice is None
    assert meaning.intent in (None, Intent.RESCHEDULE)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("Fine with the second proposal", 2),
        ("lets go for #3", 3),
        ("Nummer eins bitte", 1),
        ("I'd go with Thursday 3 December", 3),
        ("quedem amb el dijous", 3),
        ("La primera, por favor", 1),
        ("Perfecto, el jueves entonces", 3),
        ("2 it is", 2),
        ("We'll take the Tuesday one", 1),
        ("Please take slot no. 1", 1),
        ("Mittwoch geht leider nicht, Donnerstag wäre ok", 3),
        ("El miércoles no podemos, el jueves sí", 3),
    ],
)
def test_a_slot_is_taken_in_other_words(words: str, number: int) -> None:
    meaning = replied(words, slots=3)
    assert meaning.intent is Intent.ACCEPT_SLOT
    assert meaning.choice is not None
    assert meaning.choice.number == number


@pytest.mark.parametrize("words", NO_WITHDRAWAL)
def test_speaking_of_cancelling_withdraws_nothing(words: str) -> None:
    assert replied(words).intent in (None, Intent.CORRECTION)


@pytest.mark.parametrize("words", NO_RESCHEDULE)
def test_speaking_of_moving_moves_nothing(words: str) -> None:
    assert replied(words).intent is None


@pytest.mark.parametrize(("subject", "words"), NOT_ASKED, ids=[subject for subject, _ in NOT_ASKED])
def test_what_asks_for_no_deployment_is_no_request(subject: str, words: str) -> None:
    assert opened(words, subject).kind in (Kind.UNRELATED, Kind.UNSURE)
