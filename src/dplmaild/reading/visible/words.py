# ruff: noqa: E501 - one kind of words per line reads best, however many there are
"""The words mail programs and people write around a message: one table per language."""

from dataclasses import dataclass
from enum import Enum, auto


class Head(Enum):
    """What a line of a quoted header block says."""

    FROM = auto()
    DATE = auto()
    TO = auto()
    SUBJECT = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, lower case; several of a kind are parted by `|`."""

    sender: str
    date: str
    to: str
    subject: str
    wrote: str  # verbs of an attribution line
    intro: str  # words an attribution line begins with
    original: str  # the separator above a quoted message
    forwarded: str  # the separator above a forwarded message
    closing: str = ""  # what stands above the name
    device: str = ""  # how a line "sent from my phone" begins or ends
    disclaimer: str = ""  # phrases only disclaimers hold


LANGUAGES: dict[str, Words] = {
    "en": Words(
        sender="from",
        date="sent|date|sent on",
        to="to",
        subject="subject",
        wrote="wrote|writes",
        intro="on",
        original="original message|original appointment|reply message",
        forwarded="forwarded message|begin forwarded message|forwarded by",
        closing="best regards|kind regards|regards|warm regards|best wishes|many thanks|thanks|thank you|thanks in advance"
        "|thank you in advance|thanks and regards|thanks and best regards|thanks a lot|cheers|best|all the best|sincerely|yours sincerely"
        "|yours faithfully|with kind regards|with best regards|br|thx|kr",
        device="sent from my|sent from outlook|sent from mail for|sent from yahoo|get outlook for|sent with proton|sent via",
        disclaimer="intended recipient|intended only for|may contain confidential|is confidential and|confidentiality notice"
        "|legally privileged|originated from outside|you don't often get email from|consider the environment",
    ),
    "de": Words(
        sender="von",
        date="gesendet|datum|gesendet am",
        to="an",
        subject="betreff",
        wrote="schrieb|schrieben|geschrieben",
        intro="am",
        original="ursprüngliche nachricht|originalnachricht|original-nachricht|ursprünglicher termin",
        forwarded="weitergeleitete nachricht|anfang der weitergeleiteten nachricht|weitergeleitet von",
        closing="mit freundlichen grüßen|mit freundlichen gruessen|mit freundlichem gruß|mit besten grüßen|freundliche grüße|viele grüße"
        "|beste grüße|liebe grüße|schöne grüße|herzliche grüße|viele gruesse|beste gruesse|gruß|grüße|gruss|vielen dank|danke|besten dank|danke und gruß"
        "|danke und viele grüße|vielen dank und viele grüße|vielen dank im voraus|danke im voraus|mfg|lg|vg|bg|freundliche grüsse|viele grüsse|mit freundlichen grüssen",
        device="von meinem|gesendet von|gesendet mit|diese nachricht wurde von meinem|outlook für",
        disclaimer="vertrauliche informationen|vertraulich und ausschließlich|irrtümlich erhalten|nicht der richtige adressat|von extern|von außerhalb",
    ),
    "es": Words(
        sender="de",
        date="enviado|enviado el|fecha",
        to="para",
        subject="asunto",
        wrote="escribió|escribio|escribía",
        intro="el",
        original="mensaje original|cita original",
        forwarded="mensaje reenviado|forwarded message|inicio del mensaje reenviado|reenviado por",
        closing="saludos|un saludo|saludos cordiales|un cordial saludo|cordialmente|atentamente|gracias|muchas gracias|gracias y saludos|gracias y un saludo"
        "|un abrazo|quedo a la espera|gracias de antemano|muchas gracias y un saludo|reciba un cordial saludo",
        device="enviado desde|enviado con|obtener outlook|descargar outlook",
        disclaimer="información confidencial|informacion confidencial|aviso legal|destinatario indicado|recibido este mensaje por error|mensaje y sus archivos",
    ),
    "ca": Words(
        sender="de",
        date="enviat|enviat el|data|data d'enviament",
        to="a|per a|per",
        subject="assumpte|tema",
        wrote="va escriure|ha escrit|escrigué",
        intro="el|missatge de",
        original="missatge original",
        forwarded="missatge reenviat|inici del missatge reenviat|reenviat per",
        closing="salutacions|una salutació|salutacions cordials|cordialment|atentament|gràcies|moltes gràcies|gràcies i salutacions|salut|una abraçada|gràcies per avançat"
        "|ben cordialment|moltes gràcies i salutacions",
        device="enviat des|enviat amb|obteniu l'outlook|obtén outlook",
        disclaimer="informació confidencial|avís legal|rebut aquest missatge per error",
    ),
    "fr": Words(
        sender="de", date="envoyé|date|envoyé le", to="à|a", subject="objet", wrote="a écrit", intro="le",
        original="message d'origine|message original", forwarded="message transféré|début du message réexpédié|début du message transféré|transféré par",
        closing="cordialement|bien cordialement|merci|salutations|bien à vous", device="envoyé de mon|envoyé depuis|envoyé à partir",
        disclaimer="informations confidentielles",
    ),
    "it": Words(
        sender="da", date="inviato|data", to="a", subject="oggetto", wrote="ha scritto", intro="il giorno|il",
        original="messaggio originale", forwarded="messaggio inoltrato|inizio messaggio inoltrato|inizio del messaggio inoltrato|inoltrato da",
        closing="cordiali saluti|grazie|saluti|distinti saluti", device="inviato da", disclaimer="informazioni riservate",
    ),
    "nl": Words(
        sender="van", date="verzonden|datum", to="aan", subject="onderwerp", wrote="schreef|geschreven", intro="op",
        original="oorspronkelijk bericht|origineel bericht", forwarded="doorgestuurd bericht|begin doorgestuurd bericht|doorgestuurd door",
        closing="met vriendelijke groet|met vriendelijke groeten|groeten|bedankt|mvg", device="verzonden vanaf|verstuurd vanaf|verzonden met",
        disclaimer="vertrouwelijke informatie",
    ),
    "pt": Words(
        sender="de", date="enviado|enviada em|enviado em|data", to="para", subject="assunto", wrote="escreveu", intro="em|no dia|a",
        original="mensagem original", forwarded="mensagem encaminhada|mensagem reencaminhada|início da mensagem encaminhada|início da mensagem reencaminhada",
        closing="atenciosamente|obrigado|obrigada|cumprimentos|melhores cumprimentos", device="enviado do meu|enviado a partir", disclaimer="informações confidenciais",
    ),
    "pl": Words(
        sender="od|nadawca", date="wysłano|data|wysłane", to="do|adresat", subject="temat", wrote="napisał|napisała|napisał(a)|pisze", intro="w dniu|dnia",
        original="wiadomość oryginalna|oryginalna wiadomość|treść oryginalnej wiadomości",
        forwarded="wiadomość przekazana|przekazana wiadomość|treść przekazanej wiadomości|początek przekazywanej wiadomości|początek przekazanej wiadomości",
        closing="pozdrawiam|z poważaniem|dziękuję|pozdrowienia", device="wysłane z", disclaimer="informacje poufne",
    ),
    "sv": Words(
        sender="från|fran", date="skickat|datum", to="till", subject="ämne", wrote="skrev", intro="den",
        original="ursprungligt meddelande|originalmeddelande", forwarded="vidarebefordrat meddelande|vidarebefordrat brev|vidarebefordrat mejl",
        closing="med vänliga hälsningar|vänliga hälsningar|hälsningar|mvh|tack", device="skickat från", disclaimer="konfidentiell information",
    ),
    "da": Words(
        sender="fra", date="sendt|dato", to="til", subject="emne", wrote="skrev", intro="den",
        original="oprindelig meddelelse|original meddelelse", forwarded="videresendt meddelelse|videresendt besked|start på videresendt besked",
        closing="med venlig hilsen|venlig hilsen|hilsen|tak|mvh", device="sendt fra", disclaimer="fortrolige oplysninger",
    ),
    "nb": Words(
        sender="fra", date="sendt|dato", to="til", subject="emne", wrote="skrev", intro="den|på",
        original="opprinnelig melding|original melding", forwarded="videresendt melding|videresendt e-post|start på videresendt melding",
        closing="med vennlig hilsen|vennlig hilsen|hilsen|takk|mvh", device="sendt fra", disclaimer="konfidensiell informasjon",
    ),
    "cs": Words(
        sender="od", date="odesláno|datum", to="komu|pro", subject="předmět", wrote="napsal|napsala|napsal(a)", intro="dne",
        original="původní zpráva|původní e-mail", forwarded="přeposlaná zpráva|začátek přeposlané zprávy|předaná zpráva",
        closing="s pozdravem|děkuji|s přátelským pozdravem|hezký den", device="odesláno z", disclaimer="důvěrné informace",
    ),
    "ja": Words(
        sender="差出人|送信者|from", date="送信日時|日付|日時|date", to="宛先|to", subject="件名|subject", wrote="のメール|書きました|wrote", intro="20",
        original="元のメッセージ", forwarded="転送されたメッセージ|転送メッセージ",
    ),
    "zh": Words(
        sender="发件人|寄件者", date="发送时间|日期|寄件日期|发送日期|时间", to="收件人|收件者", subject="主题|主旨", wrote="写道|寫道", intro="在|于",
        original="原始邮件|原始郵件", forwarded="转发的邮件|转发邮件|轉寄的郵件",
    ),
}  # fmt: skip

FORWARD_PREFIXES = frozenset(
    [
        "fw",
        "fwd",
        "wg",
        "rv",
        "tr",
        "i",
        "enc",
        "pd",
        "vb",
        "vs",
        "vl",
        "doorst",
        "reenv",
        "reenviado",
        "reenviar",
        "weitergeleitet",
        "weiterl",
        "fs",
        "fyi",
        "転送",
        "转发",
        "轉寄",
        "fwd-fw",
    ]
) - {"fyi"}
REPLY_PREFIXES = frozenset(
    [
        "re",
        "aw",
        "antw",
        "antwort",
        "sv",
        "res",
        "odp",
        "r",
        "rif",
        "ref",
        "réf",
        "rép",
        "resp",
        "atb",
        "ynt",
        "答复",
        "回复",
        "回覆",
        "返信",
    ]
)

OTHER_HEADS = frozenset(
    [
        "cc",
        "bcc",
        "kopie",
        "kopia",
        "kopi",
        "copia",
        "còpia",
        "cópia",
        "cci",
        "ccn",
        "cco",
        "dw",
        "reply-to",
        "antworten",
        "an",
        "antwort",
        "an",
        "responder",
        "a",
        "importance",
        "wichtigkeit",
        "importancia",
        "priority",
        "attachments",
        "anlagen",
        "anhänge",
        "adjuntos",
        "datos",
        "adjuntos",
        "fitxers",
        "adjunts",
        "pièces",
        "jointes",
        "message-id",
        "organization",
        "organisation",
        "抄送",
        "副本",
    ]
) | frozenset(
    {
        "reply to",
        "antwort an",
        "responder a",
        "datos adjuntos",
        "fitxers adjunts",
        "pièces jointes",
        "bijlagen",
        "allegati",
    }
)


def each(kind: str) -> frozenset[str]:
    """All words of one kind, of every language."""
    return frozenset(word for words in LANGUAGES.values() for word in getattr(words, kind).split("|") if word)


def _heads() -> dict[str, Head]:
    heads = dict.fromkeys(OTHER_HEADS, Head.OTHER)
    for kind, head in (("to", Head.TO), ("date", Head.DATE), ("subject", Head.SUBJECT), ("sender", Head.FROM)):
        heads |= dict.fromkeys(each(kind), head)
    return heads


HEADS: dict[str, Head] = _heads()  # label of a quoted header line -> what it says
