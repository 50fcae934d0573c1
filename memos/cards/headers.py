"""The words by which the columns of a CSV file are known: docs/contacts.md says who writes them.

In English, German, French, Spanish, Italian, Portuguese and Dutch, as they are without case, accents and signs.
"""

from __future__ import annotations

from typing import Final

_FIELDS: Final = {
    # What only says "name" is the whole one, or the one that is missing beside a given or a family name.
    "name": "name|nom|nombre|nome|naam",
    "full": (
        "full name|display name|contact name|contact|contact person|vollstandiger name|anzeigename|kontakt|kontaktname"
        "|ansprechpartner|nom complet|nom et prenom|contacto|nombre completo|nombre y apellidos|contatto|nome completo"
        "|nome e cognome|contato|contactpersoon|volledige naam|weergavenaam"
    ),
    "given": (
        "first name|given name|forename|first|vorname|prenom|primer nombre|primeiro nome|voornaam|nombre de pila"
    ),
    "middle": (
        "middle name|additional name|middle|weitere vornamen|zweiter vorname|deuxieme prenom|segundo nombre"
        "|secondo nome|tussenvoegsel"
    ),
    "family": (
        "last name|family name|surname|last|nachname|familienname|zuname|nom de famille|apellido|apellidos|cognome"
        "|sobrenome|apelido|ultimo nome|achternaam|familienaam"
    ),
    "company": (
        "company|company name|organization|organisation|organization name|organisation name|organization 1 name"
        "|account|account name|company account|associated company|associated company name|primary associated company"
        "|employer|firma|firmenname|unternehmen|societe|entreprise|empresa|compania|organizacion|azienda|societa|ditta"
        "|organizzazione|organizacao|bedrijf|bedrijfsnaam|organisatie"
    ),
    "role": (
        "job title|organization title|organisation title|organization 1 title|position|role|funktion|stellung"
        "|berufsbezeichnung|stellenbezeichnung|fonction|poste|profession|cargo|puesto|ruolo|qualifica|mansione|posizione"
        "|funcao|functie|functietitel"
    ),
    "title": "title|titel|titre|titulo|titolo",
    "notes": (
        "notes|note|description|contact description|comments|comment|remarks|notiz|notizen|bemerkung|bemerkungen"
        "|anmerkungen|kommentar|remarques|commentaire|commentaires|notas|observaciones|comentarios|appunti|osservazioni"
        "|observacoes|opmerkingen|notities"
    ),
    "nicknames": "nickname|spitzname|surnom|apodo|soprannome|bijnaam",
}
FIELDS: Final = {header: field for field, headers in _FIELDS.items() for header in headers.split("|")}

OURS: Final = frozenset({"id", "further", "spellings", "memos", "last spoken at"})
"""What `contacts list --csv` has besides: known together only."""

_KINDS: Final = {
    "work": (
        "work|business|office|buro|geschaftlich|dienstlich|arbeit|bureau|professionnel|professionnelle|pro|travail"
        "|trabajo|oficina|laboral|ufficio|uff|lavoro|comercial|escritorio|trabalho|zakelijk|werk|kantoor"
    ),
    "home": "home|personal|privat|private|domicile|prive|casa|particular|personale|abitazione|residencial|thuis",
    "direct": "direct|durchwahl|directe|directo|diretto|direto",
    "mobile": (
        "mobile|cell|cellphone|mobil|handy|handynummer|mobiltelefon|mobilnummer|mobilfunk|movil|celular|cellulare"
        "|portable|gsm|mobiel|mobiele|telemovel|natel|whatsapp|iphone"
    ),
    "main": "main|zentrale|switchboard|centralita|centralino",
    "other": "other|additional|secondary|weitere|sonstige|autre|otro|altro|outro|overig|overige",
    "primary": "primary|hauptnummer|principal|principale",
    "fax": "fax|telefax",
    "pager": "pager",
}
KINDS: Final = {word: kind for kind, words in _KINDS.items() for word in words.split("|")}

PHONE: Final = frozenset(
    (
        "phone telephone tel telefon telefono telefone telefoon fon rufnummer telefonnummer telefoonnummer festnetz"
        " fixe fijo fisso line"
    ).split()
)
NUMBER: Final = frozenset("number no nr num numero nummer".split())
"""What makes a number of a word that says which or whose: "Work #", "Contact Number"."""

WHOSE: Final = frozenset("contact company firma empresa societe".split())

EMAIL: Final = frozenset(
    "email emails mail correo electronico courriel messagerie electronique posta elettronica correio eletronico".split()
)
ADDRESS: Final = frozenset(
    (
        "address addresses adresse direccion indirizzo endereco adres mailing billing postal location code region state"
    ).split()
)
COUNTRY: Final = frozenset("country land pays pais paese nazione".split())
NOISE: Final = frozenset("value of the de du del della di do da le la am im op en au der die das".split())

COMPOUNDS: Final = {
    "phonenumber": "phone number",
    "mobilephone": "mobile phone",
    "homephone": "home phone",
    "workphone": "work phone",
    "emailaddress": "email address",
    "emailadresse": "email adresse",
    "mailadresse": "mail adresse",
    "emailadres": "email adres",
    "fullname": "full name",
    "firstname": "first name",
    "lastname": "last name",
    "middlename": "middle name",
    "displayname": "display name",
    "contactname": "contact name",
    "givenname": "given name",
    "familyname": "family name",
    "companyname": "company name",
    "jobtitle": "job title",
    "accountname": "account name",
    "nick": "nickname",
}
"""Words that some write as one."""
