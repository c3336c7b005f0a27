"""Mails full of our words that ask for no deployment (MSG-1)."""

import pytest

from dplmaild.deployment.said import Kind
from reading.upper.mails import opened

# Subject and words of mails that ask for no deployment (MSG-1).
NOT_ASKED = [
    (
        "Feedback",
        ("The deployment on Tuesday at 10:00 went well, but please start on time next time."),
    ),
    (
        "Rückmeldung",
        ("Das Deployment am Dienstag um 10 Uhr auf PRD ist gut gelaufen, aber seid nächstes Mal bitte pünktlich."),
    ),
    (
        "Comentario",
        ("El despliegue del martes a las 10:00 en PRD salió bien, pero por favor empezad puntuales."),
    ),
    (
        "Comentari",
        ("El desplegament de dimarts a les 10:00 a PRD va anar bé, però si us plau comenceu puntuals."),
    ),
    (
        "Termin",
        ("Hallo, können wir am 14.01.2027 um 10 Uhr wegen des nächsten Releases telefonieren? Es geht um ICM auf PRD."),
    ),
    (
        "Schulung",
        ("Wir möchten am 14.01.2027 um 10 Uhr eine Schulung zum Deployment auf PRD buchen. Bitte Angebot."),
    ),
    (
        "Workshop",
        ("We'd like to book a workshop on deployments to PRD on 14 January 2027 at 10:00."),
    ),
    (
        "Hours",
        ("Please confirm the hours for the code deployment on PRD on 26 November: 10:00 to 12:30, for billing."),
    ),
    (
        "Alarms",
        ("Please disable the alarms on PRD on 14 January 2027, 10:00-12:00, because of the full deployment of ICM."),
    ),
    (
        "Alarmas",
        ("Por favor, desactivad las alarmas de PRD el 14 de enero de 2027 a las 10:00 por el despliegue."),
    ),
    (
        "Alarmes",
        ("Si us plau, desactiveu les alarmes de PRD el 14 de gener de 2027 a les 10:00 pel desplegament."),
    ),
    (
        "Backup",
        ("Bitte vor dem Full-Deployment auf PRD am 14.01.2027 um 10 Uhr ein Backup ziehen."),
    ),
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


@pytest.mark.parametrize(("subject", "words"), NOT_ASKED, ids=[subject for subject, _ in NOT_ASKED])
def test_what_asks_for_no_deployment_is_no_request(subject: str, words: str) -> None:
    assert opened(words, subject).kind in (Kind.UNRELATED, Kind.UNSURE)
