"""The language of a memo, told before anybody speaks: as Whisper writes it, and only one that the model knows."""

from typing import Final

from transcribe.errors import UnknownLanguage

# whisper.tokenizer.LANGUAGES holds the same, but importing it costs the import of torch for every command that reads
# the settings; a test holds that the two are the same.
CODES: Final = frozenset(
    "af am ar as az ba be bg bn bo br bs ca cs cy da de el en es et eu fa fi fo fr gl gu ha haw he hi hr ht hu "
    "hy id is it ja jw ka kk km kn ko la lb ln lo lt lv mg mi mk ml mn mr ms mt my ne nl nn no oc pa pl ps pt "
    "ro ru sa sd si sk sl sn so sq sr su sv sw ta te tg th tk tl tr tt uk ur uz vi yi yo yue zh".split()
)

_LATER: Final = {"yue": ("large-v3", "large", "large-v3-turbo", "turbo")}
"""Languages that only some of the models learned."""


def language_code(written: str) -> str:
    """The code that Whisper knows, from one with capitals or with a country: "DE", "en-US", "pt_BR".

    :raises UnknownLanguage: it is none, such as the name of a language.
    """
    code = written.strip().replace("_", "-").partition("-")[0].casefold()
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
