"""Words as search compares them: one form for a word however it is spelled or bent.

`éthique`, `l’éthique`, `ETHIQUE` and `éthiques` are one word, and so are `conseillère` and `conseiller`.
The rules are data: `rules` hands them to the page's script, which applies them to the question, so
that question and text always meet (`overrides/components/search/search.js`). They are light
suffix rules in the manner of Savoy's stemmers (J. Savoy, "Light stemming approaches for the French,
Portuguese, German and Hungarian languages", SAC 2006), on words without accents.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import filterfalse

from microlearning.strings import LANGUAGES, stop_words

Rule = tuple[str, str, int]
"""An ending, what stands for it, and how many letters must be left before it."""

STOP = {language: stop_words(language) for language in LANGUAGES}
"""Words that a question is asked with, and not about; without accents."""

_ELISIONS = r"\b(?:l|d|j|m|t|s|n|c|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|quelqu)'"
_POSSESSIVE = r"'s?\b(?!\w)"
_DROPPED = {"fr": _ELISIONS, "en": _POSSESSIVE}

_PASSES: dict[str, tuple[tuple[Rule, ...], ...]] = {
    "fr": (
        # number
        (("eaux", "eau", 1), ("aux", "al", 3), ("ail", "al", 3), ("ss", "ss", 0), ("s", "", 3), ("x", "", 3)),
        # gender, and the verb's endings
        (
            *(("trice", "teu", 2), ("euse", "eu", 3), ("eur", "eu", 3), ("iere", "i", 3), ("ere", "", 3)),
            *(("ive", "if", 3), ("elle", "el", 3), ("enne", "en", 2), ("onne", "on", 2), ("ette", "et", 3)),
            *(("issement", "i", 3), ("issent", "i", 3), ("issant", "i", 3), ("issez", "i", 3)),
            *(("isson", "i", 3), ("amment", "ant", 3), ("emment", "ent", 3), ("ement", "", 4)),
            *(("eraient", "", 3), ("erait", "", 3), ("eront", "", 3), ("erez", "", 3), ("aient", "", 4)),
            *(("ion", "ion", 0), ("eon", "", 3), ("ez", "", 3), ("ier", "i", 3), ("eau", "el", 3)),
            *(("er", "", 3), ("ant", "", 4), ("ent", "", 4), ("ait", "", 4), ("ir", "i", 3), ("it", "i", 4)),
            *(("ee", "", 3), ("e", "", 3)),
        ),
        # words of one family
        (
            *(
                ("isation", "", 4),
                ("ification", "ifi", 2),
                ("ation", "", 4),
                ("ateu", "", 4),
                ("eteu", "", 3),
            ),
            *(
                ("tion", "", 4),
                ("teu", "", 3),
                ("abilit", "abl", 3),
                ("ibilit", "ibl", 3),
                ("ialit", "ial", 2),
            ),
            *(
                ("alit", "al", 3),
                ("ivit", "if", 3),
                ("abili", "abl", 3),
                ("ibili", "ibl", 3),
                ("iali", "ial", 2),
            ),
            *(
                ("ali", "al", 3),
                ("ivi", "if", 3),
                ("orat", "or", 3),
                ("iel", "ial", 2),
                ("onnel", "on", 3),
                ("aill", "al", 3),
            ),
            *(
                ("itair", "", 4),
                ("air", "", 4),
                ("ag", "", 4),
                ("anc", "", 4),
                ("enc", "", 4),
                ("ist", "", 4),
            ),
            *(
                ("ism", "", 4),
                ("ais", "ai", 3),
                ("is", "", 4),
                ("it", "", 4),
                ("iqu", "ic", 2),
                ("qu", "c", 3),
            ),
        ),
        (("s", "", 4), ("i", "", 4)),
    ),
    "en": (
        (
            *(("ies", "y", 2), ("sses", "ss", 1), ("xes", "x", 2), ("ches", "ch", 2), ("shes", "sh", 2)),
            *(("ss", "ss", 0), ("us", "us", 0), ("is", "is", 0), ("ias", "ias", 0), ("s", "", 3)),
        ),
        (
            *(
                ("ingly", "", 4),
                ("edly", "", 4),
                ("ing", "", 3),
                ("eed", "ee", 1),
                ("ed", "", 3),
                ("ly", "", 3),
            ),
            *(("er", "", 4), ("or", "", 5), ("e", "", 3)),
        ),
        (
            *(
                ("ation", "", 4),
                ("ition", "", 4),
                ("ion", "", 3),
                ("ability", "abl", 2),
                ("ibility", "ibl", 2),
            ),
            *(
                ("ment", "", 4),
                ("ness", "", 4),
                ("ful", "", 4),
                ("acy", "", 4),
                ("ity", "", 4),
                ("anc", "", 4),
            ),
            *(("enc", "", 4), ("at", "", 4), ("al", "", 5), ("ant", "", 4), ("ent", "", 4)),
        ),
        (("e", "", 3), ("i", "", 4), ("y", "", 4)),
    ),
}

_CODE = re.compile(r"\b([a-z]{2,5}[0-9]+)[-‐‑–—]([a-z][0-9]{2,3})\b")
_INSTEAD = {"’": "'", "ʼ": "'", "‘": "'", "´": "'", "`": "'", "œ": "oe", "æ": "ae"}


def fold(text: str) -> str:
    """`text` in small letters, without accents or ligatures, with straight apostrophes."""
    text = text.lower()
    for sign, instead in _INSTEAD.items():  # many times as fast as to translate each letter
        text = text.replace(sign, instead)
    apart = unicodedata.normalize("NFKD", text)
    return apart if apart.isascii() else "".join(filterfalse(unicodedata.combining, apart))


def words(text: str, language: str) -> tuple[str, ...]:
    """The words of `text` without accents, elisions or possessives; a product code is one word."""
    plain = _CODE.sub(r"\1\2", fold(text))
    if "'" in plain:
        plain = re.sub(_DROPPED[language], " ", plain).replace("'", "")
    return tuple(re.findall(r"[a-z0-9]+", plain))


@lru_cache(maxsize=1 << 16)
def stem(word: str, language: str) -> str:
    """The form of `word`, already without accents, that its plural, feminine and family share."""
    if len(word) <= 3 or not word.isalpha():  # noqa: PLR2004 - so short a word has no ending
        return word
    for rules_ in _PASSES[language]:
        word = _first(word, rules_)
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word  # noqa: PLR2004 - letters of a stem


def _first(word: str, rules_: tuple[Rule, ...]) -> str:
    """`word` after the first of `rules_` that fits."""
    for ending, instead, left in rules_:
        if word.endswith(ending) and len(word) - len(ending) >= left:
            return word[: len(word) - len(ending)] + instead
    return word


def stems(text: str, language: str) -> tuple[str, ...]:
    """What `text` is found by, in its order: each word's stem; stop words and single letters are left out."""
    return tuple(
        stem(word, language)
        for word in words(text, language)
        if word not in STOP[language] and (len(word) > 1 or word.isdigit())
    )


def rules(language: str) -> dict[str, object]:
    """The rules as the page's script takes them."""
    return {
        "dropped": _DROPPED[language],
        "stop": " ".join(sorted(STOP[language])),
        "passes": _PASSES[language],
    }
