"""The language of a memo, told before anybody speaks: as Whisper writes it, and only one that the model knows."""

import re
from typing import Final

from transcribe.errors import UnknownLanguage

# whisper.tokenizer.LANGUAGES holds the same, but importing it costs the import of torch for every command that reads
# the settings; a test holds that the two are the same.
CODES: Final = frozenset(
    "af am ar as az ba be bg bn bo br bs ca cs cy da de el en es et eu fa fi fo fr gl gu ha haw he hi hr ht hu "
    "hy id is it ja jw ka kk km kn ko la lb ln lo lt lv mg mi mk ml mn mr ms mt my ne nl nn no oc pa pl ps pt "
    "ro ru sa sd si sk sl sn so sq sr su sv sw ta te tg th tk tl tr tt uk ur uz vi yi yo yue zh".split()
)

_CALLED: Final = {"nb": "no", "iw": "he", "in": "id", "ji": "yi", "fil": "tl", "jv": "jw", "cmn": "zh"}
"""Codes that systems write, and what Whisper calls these languages: a standard of Norwegian, what ISO 639 has withdrawn
and systems still write, Filipino, Javanese (of which Whisper has the withdrawn one), Mandarin."""

_LATER: Final = {"yue": ("large-v3", "large", "large-v3-turbo", "turbo")}
"""Languages that only some of the models learned."""


def language_code(written: str) -> str:
    """The code that Whisper knows, from one with capitals, with a country, or as systems write it: "DE", "en-US",
    "pt_BR.UTF-8", "sr@latin".

    :raises UnknownLanguage: it is none, such as the name of a language.
    """
    code = re.split(r"[-_.@]", written.strip())[0].casefold()
    code = _CALLED.get(code, code)
    if code not in CODES:
        raise UnknownLanguage(f"Whisper knows no language {written!r}: write a code such as en, de or fr")
    return code


def require_language(model: str, language: str | None) -> None:
    """Refuse what a model of that name is known not to understand; nothing is loaded. None: it is to be detected.

    :raises UnknownLanguage: the model does not know the language.
    """
    if language is None:
        return
    code = language_code(language)
    if model.endswith(".en") and code != "en":
        other = model.removesuffix(".en")
        raise UnknownLanguage(f"the model {model} understands English only, not {code!r}: choose {other}, or English")
    if code in _LATER and model not in _LATER[code]:
        raise UnknownLanguage(f"the model {model} does not know {code!r}: {', '.join(_LATER[code])} do")
