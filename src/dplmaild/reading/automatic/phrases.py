# ruff: noqa: E501 - a list of phrases reads best by language, however long
"""What machines write in subjects and bodies, per language; lower case, compared at the start or as a whole phrase."""

# Subjects that only absence notes have.
ABSENCE_TITLES: tuple[str, ...] = (
    "automatic reply", "auto reply:", "auto-reply:", "autoreply:", "auto response:", "auto-response:",
    "automated reply:", "automatic response", "vacation reply", "automatische antwort", "automatische rückmeldung",
    "abwesenheitsnotiz", "abwesenheitsmeldung", "abwesenheitsbenachrichtigung", "autom. antwort",
    "respuesta automática", "respuesta automatica", "resposta automàtica", "resposta automatica",
    "réponse automatique", "reponse automatique", "message d'absence", "notification d'absence",
    "risposta automatica", "automatisch antwoord", "automatische beantwoording", "afwezigheidsbericht",
    "resposta automática", "automatyczna odpowiedź", "odpowiedź automatyczna", "autoodpowiedź", "automatiskt svar",
    "autosvar", "automatisk svar", "autosvar:", "fraværsbesked", "automatisk svar:", "fraværsmelding",
    "automatická odpověď", "automaticka odpoved", "自動応答", "自動返信", "不在通知", "自动答复", "自动回复", "自動回覆", "自動答覆",
    "automaattinen vastaus", "poissaoloviesti", "automatikus válasz", "автоматический ответ", "автоответ",
    "otomatik yanıt", "αυτόματη απάντηση", "răspuns automat",
)  # fmt: skip

# Subjects of absence notes that a person may write as well: they need a second sign.
ABSENCE_SUBJECTS: tuple[str, ...] = (
    "auto:", "out of office", "out of the office", "out-of-office", "ooo:", "on vacation", "i am out of the office",
    "away from the office", "on leave", "abwesend", "abwesenheit", "ich bin nicht im büro", "nicht im büro",
    "nicht im haus", "urlaubsbedingte abwesenheit", "außer haus", "ausser haus", "fuera de la oficina",
    "fuera de oficina", "ausente de la oficina", "ausencia de la oficina", "estoy fuera de la oficina",
    "fora de l'oficina", "fora de l’oficina", "fora d'oficina", "absència", "absent de l'oficina",
    "absence du bureau", "absent du bureau", "absence :", "fuori sede", "fuori ufficio", "assente dall'ufficio",
    "assenza dall'ufficio", "afwezig", "niet op kantoor", "fora do escritório", "ausência temporária",
    "ausente do escritório", "poza biurem", "nieobecność w biurze", "nieobecny", "frånvaro", "frånvarande",
    "inte på kontoret", "ikke på kontoret", "fravær", "ute av kontoret", "mimo kancelář", "nepřítomnost",
    "jsem mimo kancelář",
)  # fmt: skip

# Sentences of absence notes; one counts only near the top of a short text that asks for nothing. ` .. `: some words.
ABSENCE_SENTENCES: tuple[str, ...] = (
    "i am out of the office", "i'm out of the office", "i am currently out of the office", "i'm currently out of the office", "i am currently out of office", "i am out of office", "i'm out of office",
    "i will be out of the office", "i am on vacation", "i'm on vacation", "i am on annual leave", "i am currently on annual leave", "i am on holiday", "i am away from the office",
    "i am currently on leave", "i am on leave", "i'm on annual leave", "i am currently away", "i will be on leave", "i am on parental leave", "with limited access to email", "with limited access to my email",
    "no longer working at", "no longer with the company", "no longer works for",
    "ich bin derzeit nicht im büro", "ich bin nicht im büro", "ich bin zurzeit nicht im büro", "ich bin zur zeit nicht im büro", "ich bin momentan nicht im büro", "ich bin derzeit nicht erreichbar",
    "ich bin zurzeit nicht erreichbar", "ich bin bis einschließlich", "ich bin im urlaub", "ich befinde mich im urlaub", "ich bin derzeit im urlaub", "bin ich nicht im büro", "bin ich im urlaub", "ich bin abwesend",
    "ihre e-mail wird nicht weitergeleitet", "ihre nachricht wird nicht weitergeleitet", "ich bin außer haus", "bin ich nicht im hause", "ich bin wieder erreichbar ab", "ich bin ab dem", "ich bin vom",
    "ich bin .. nicht im haus", "ich bin .. nicht im büro", "ich bin .. außer haus", "ich bin .. abwesend", "bin ich .. nicht im haus", "bin ich .. abwesend", "bin ich .. nicht erreichbar",
    "i am out .. with no access", "i will have no access to my", "i have no access to my e", "i am .. returning to the office", "i will be .. out of the office",
    "estoy fuera de la oficina", "estaré fuera de la oficina", "me encuentro fuera de la oficina", "estoy de vacaciones", "estaré de vacaciones", "me encuentro de vacaciones", "actualmente estoy fuera",
    "estoy ausente", "estaré ausente", "no estaré disponible",
    "estaré fora de l'oficina", "estaré fora del despatx", "estaré fora de l’oficina", "no seré a l'oficina",
    "estic fora de l'oficina", "seré fora de l'oficina", "soc fora de l'oficina", "sóc fora de l'oficina", "estic de vacances", "estaré de vacances", "soc de vacances", "sóc de vacances", "em trobo fora de l'oficina", "estaré absent",
    "je suis absent", "je suis absente", "je suis actuellement absent", "je suis actuellement absente", "je suis en congé", "je suis actuellement en congé", "je serai absent", "je serai de retour", "je suis en vacances",
    "sono fuori ufficio", "sarò fuori ufficio", "sono assente", "sarò assente", "sono in ferie", "sarò in ferie", "sono fuori sede",
    "ik ben afwezig", "ik ben niet aanwezig", "ik ben niet op kantoor", "ik ben met vakantie", "ik ben op vakantie", "ik ben momenteel afwezig", "ik ben momenteel niet op kantoor", "ik ben met verlof",
    "estou fora do escritório", "estarei fora do escritório", "estou de férias", "estarei de férias", "estou ausente", "encontro-me ausente", "encontro-me de férias", "estarei ausente",
    "jestem nieobecny", "jestem nieobecna", "przebywam na urlopie", "jestem na urlopie", "jestem poza biurem", "będę nieobecny", "będę nieobecna", "jestem obecnie na urlopie",
    "jag är inte på kontoret", "jag är på semester", "jag har semester", "jag är frånvarande", "jag är bortrest", "jag är för närvarande inte på kontoret", "jag är ledig",
    "jeg er ikke på kontoret", "jeg er på ferie", "jeg har ferie", "jeg er fraværende", "jeg holder ferie", "jeg er ute av kontoret", "jeg er for tiden ikke på kontoret", "jeg er bortreist", "jeg er ude af kontoret",
    "不在にしております", "不在にしています", "不在となります", "休暇をいただいて", "休暇を頂いて", "休暇中です", "休暇中のため", "外出しております", "留守にして",
    "不在办公室", "正在休假", "休假中", "正在出差", "出差期间", "休假期间", "不在辦公室", "正在休假中",
    "olen poissa", "olen lomalla", "olen vuosilomalla", "irodán kívül vagyok", "szabadságon vagyok", "nem vagyok az irodában",
    "меня нет в офисе", "я в отпуске", "нахожусь в отпуске", "меня не будет в офисе", "ofis dışındayım", "izindeyim", "izinde olacağım",
    "jsem mimo kancelář", "jsem na dovolené", "nejsem v kanceláři", "nejsem přítomen", "nejsem přítomna", "budu mimo kancelář", "čerpám dovolenou", "mám dovolenou",
)  # fmt: skip

BOUNCE_SUBJECTS: tuple[str, ...] = (
    "undeliverable", "undelivered mail", "delivery status notification", "mail delivery failed", "mail delivery failure", "delivery failure", "delivery failed", "failure notice", "returned mail",
    "mail delivery subsystem", "mail system error", "message could not be delivered", "could not send message", "delivery has failed", "delivery delayed", "warning: could not send",
    "delivery notification", "non delivery report", "nondeliverable mail", "non-delivery", "message delivery failure", "rejected mail", "message undeliverable", "mail not delivered", "notification of delivery",
    "unzustellbar", "nicht zustellbar", "zustellung fehlgeschlagen", "fehlgeschlagene zustellung", "zustellungsfehler", "unzustellbarkeitsbericht", "fehler bei der zustellung", "nachricht unzustellbar", "verzögerte zustellung",
    "no se puede entregar", "no se ha podido entregar", "error de entrega", "correo no entregado", "notificación de estado de entrega", "mensaje no entregado", "devuelto:", "no entregado",
    "no es pot lliurar", "no s'ha pogut lliurar", "error de lliurament", "missatge no lliurat", "no lliurat",
    "non remis", "échec de remise", "non distribuable", "notification d'échec", "échec de la remise", "retour de courrier",
    "impossibile recapitare", "mancato recapito", "messaggio non recapitato", "errore di consegna", "notifica di mancato recapito",
    "onbestelbaar", "niet bezorgd", "niet-bestelbaar", "bericht kon niet worden bezorgd",
    "não foi possível entregar", "não entregue", "falha na entrega", "notificação de falha",
    "niedostarczona", "nie można dostarczyć", "niedoręczona", "nie dostarczono",
    "kunde inte levereras", "ej leverbart", "det går inte att leverera", "olevererat",
    "kan ikke leveres", "kunne ikke leveres", "uleveret", "kan ikke levere", "ikke levert",
    "nedoručitelné", "nedoručitelná", "nelze doručit", "zpráva nebyla doručena",
)  # fmt: skip

BOUNCE_SENTENCES: tuple[str, ...] = (
    "this is the mail system at host", "this message was created automatically by mail delivery software", "could not be delivered to one or more recipients", "delivery to the following recipient",
    "delivery has failed to these recipients", "i'm sorry to have to inform you that your message could not be delivered", "the following addresses had permanent fatal errors", "your message wasn't delivered to",
    "your message couldn't be delivered", "the following message could not be delivered", "hi. this is the qmail-send program", "permanent error when sending", "your message to the following recipients cannot be delivered",
    "die folgende adresse", "ihre nachricht konnte nicht zugestellt werden", "konnte nicht an folgende empfänger", "no se pudo entregar el mensaje", "no s'ha pogut lliurar el missatge", "550 5.1.1", "550-5.1.1", "user unknown", "mailbox unavailable",
)  # fmt: skip

# Local parts of machines that return mail; ticket systems and other no-reply senders are not among them: people write through those.
BOUNCERS = frozenset(
    {"mailer-daemon", "mailerdaemon", "postmaster", "mail-daemon", "maildaemon", "mdaemon", "bounce", "bounces"}
)

CALENDAR_SUBJECTS: tuple[str, ...] = (
    "accepted:", "declined:", "tentative:", "tentatively accepted:", "new time proposed:", "canceled:", "cancelled:",
    "zugesagt:", "angenommen:", "abgelehnt:", "mit vorbehalt:", "mit vorbehalt zugesagt:", "abgesagt:",
    "aceptada:", "aceptado:", "rechazada:", "rechazado:", "provisional:", "cancelada:", "acceptat:", "acceptada:", "refusat:", "rebutjat:", "provisional:",
    "accepté :", "accepté:", "refusé :", "refusé:", "accettato:", "rifiutato:", "geaccepteerd:", "geweigerd:", "aceito:", "recusado:", "zaakceptowano:", "odrzucono:",
    "accepterat:", "avböjt:", "accepteret:", "afvist:", "akseptert:", "avslått:", "přijato:", "odmítnuto:",
)  # fmt: skip
