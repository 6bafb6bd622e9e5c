"""Lint: typography that the build cannot mend by itself, because only the author knows what was meant.

Rules follow the Canada.ca style guides and, for French, Le guide du rédacteur (Translation Bureau). They
are told and stop nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from microlearning.captions import Captions
from microlearning.dates import MONTHS
from microlearning.errors import Fault, as_notice, fault
from microlearning.hostile import without_code
from microlearning.project import WrittenPage

AROUND = 18
"""How many characters around its find a message shows."""

_MONTHS = "|".join(name.capitalize() for name in MONTHS["fr"])
_UNITS = r"(?=[ \u00a0]?(?:%|\$|(?:secondes?|minutes?|heures?|Mo|Go|ko|km|kg|cm|mm)\b))"
_UNITS_EN = r"(?=[ \u00a0]?(?:%|\$|(?:seconds?|minutes?|hours?|per cent|MB|GB|kB|km|kg|cm|mm)\b))"
_NUMBER = r"\d(?<!\w\d)"
"""The first figure of a number, as `\\b\\d`. Rules name first the sign that they look for, and look behind
it only then: a search passes over all other signs several times as fast."""

_TWICE = r"\b(?P<twice>[^\W\d_]{2,}+)[ \u00a0]++(?P=twice)\b"
_HYPHENS = (" -", "\u00a0-")
_SPACED = tuple(space + sign for space in " \u00a0" for sign in ":;!?%")


@dataclass(frozen=True)
class Rule:
    """What to look for, and in which language."""

    name: str
    languages: tuple[str, ...]
    pattern: re.Pattern[str]
    allowed: frozenset[str] = field(default_factory=frozenset)
    """Finds, in small letters, that are right after all."""

    signs: tuple[str, ...] = ()
    """A text without any of these holds no find; none when that cannot be told so."""

    def may_find(self, text: str, language: str) -> bool:
        """Whether there is something to find in `text`, one line or many."""
        if language not in self.languages or (self.signs and not any(sign in text for sign in self.signs)):
            return False
        return self.pattern.search(text) is not None


def _rule(
    name: str, languages: str, pattern: str, *allowed: str, flags: int = 0, signs: tuple[str, ...] = ()
) -> Rule:
    pattern_ = re.compile(pattern, flags | re.MULTILINE)  # a line, or all of them at once
    return Rule(name, tuple(languages.split()), pattern_, frozenset(allowed), signs)


RULES = (
    _rule("invisible", "fr en", r"[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"),
    _rule("straight-quotes-fr", "fr", r'"(?<![\w=]")[^"\n]+"'),
    _rule("straight-quotes-en", "en", r'"(?<![\w=]")[^"\n]+"'),
    _rule("english-quotes", "fr", r"^[^«»\n]*“[^”\n]*”", signs=("“",)),
    _rule("guillemets", "en", r"«[^»\n]*»"),
    _rule("guillemet-open", "fr", r"^[^«»\n]*»|«[^»\n]*$|^[^«\n]*«[^»\n]*«", signs=("«", "»")),
    _rule("space-before", "en", r"[^\W_][ \u00a0]+[:;!?%](?=\s|$)", signs=_SPACED),
    _rule("three-dots", "fr en", r"\.\.\."),
    _rule("double-hyphen", "fr en", r"[ \u00a0](?<=[^\s-].)--[ \u00a0](?=[^\s-])", signs=("--",)),
    _rule("hyphen-dash", "fr en", r"[ \u00a0](?<=[^\W\d_].)-[ \u00a0](?=[^\W\d_])", signs=_HYPHENS),
    _rule("decimal-fr", "fr", rf"{_NUMBER}\d*\.\d+{_UNITS}"),
    _rule("decimal-en", "en", rf"{_NUMBER}\d*,\d{{1,2}}{_UNITS_EN}"),
    _rule("money-fr", "fr", r"\$[ \u00a0]?\d+"),
    _rule("money-en", "en", rf"{_NUMBER}\d*[ \u00a0]\$", signs=("$",)),
    _rule("ordinal", "fr", rf"{_NUMBER}\d*(?:ième|ièmes|ème|èmes|ier|ière)\b"),
    _rule(
        "ligature",
        "fr",
        r"\b(?:c|s|n|v|ch|man)oe(?:u|ud)\w*|\boe(?:uvre|il|uf)\w*",
        flags=re.IGNORECASE,
        signs=("oe", "Oe", "OE", "oE"),
    ),
    _rule(
        "capital-accent",
        "fr",
        r"\b(?:Ecole|Etat|Etats|Ecrivez|Ecrire|Evitez|Eviter|Egalement|Etre|Etes|Equipe|Ethique|Enoncé|Etape)s?\b"
        r"|(?:^|[.!?…] |\*)A (?=l['’]|la |partir|propos|noter|éviter|faire)",
        signs=("Ec", "Et", "Ev", "Eg", "Eq", "Enonc", "A "),
    ),
    _rule(
        "month-capital",
        "fr",
        rf"\b(?:\d{{1,2}}|1er)[ \u00a0](?:{_MONTHS})\b",
        signs=tuple(_MONTHS.split("|")),
    ),
    _rule(
        "clock-fr", "fr", rf"{_NUMBER}\d?(?::\d{{2}})?[ \u00a0]?(?:[ap]\.?m\.?)(?!\w)", flags=re.IGNORECASE
    ),
    _rule("clock-en", "en", rf"{_NUMBER}\d?[ \u00a0]?h(?:[ \u00a0]?\d{{2}})?\b"),
    _rule("doubled-word", "fr", _TWICE, "nous nous", "vous vous", flags=re.IGNORECASE),
    _rule("doubled-word", "en", _TWICE, "had had", "that that", flags=re.IGNORECASE),
    _rule(
        "comma-space", "fr en", r"[ \u00a0,](?<=[^\W\d_].)(?:(?<!,)[ \u00a0]*,(?=\s|$)|(?<=,)(?=[^\W\d_]{2}))"
    ),
)

_BLANK = "\ufffc"
"""Stands for code, an address or a mark: neither a word nor a space."""

_HIDDEN_BUT_MAIL = re.compile(
    r"(?P<foreign>(?:\*{1,2}[^*\n]+\*{1,2}|\[[^\]\n]*\]\([^)\n]*\))\{[^}\n]*lang=[^}\n]*\})"
    r"|(?<=\])\([^)\n]*\)|\{[^{}\n]*\}|<[^>\n]*>|(?:https?://|www\.)\S+"
)
_HIDDEN = re.compile(rf"{_HIDDEN_BUT_MAIL.pattern}|\S+@\S+")
_HIDING = ("](", "{", "<", "://", "www.", "@")
"""A line without any of these hides nothing."""


def check_lint(page: WrittenPage) -> tuple[Fault, ...]:
    """What an author should look at in the words of `page`; code, addresses and marks left out."""
    text = without_code(page.source.text, _BLANK)
    lines = text.split("\n")
    start = page.source.body_line()
    written = [(number, line) for number, line in enumerate(lines, 1) if number >= start]
    front = [
        (number, line.partition(":")[2])
        for number, line in enumerate(lines[: start - 1], 1)
        if line.startswith("description:")
    ]
    return tuple(_found(page.source.path, [*front, *written], page.language))


def check_captions_lint(captions: Captions, language: str) -> tuple[Fault, ...]:
    """The same for captions."""
    lines = [
        (cue.line + 1 + index, line)
        for cue in captions.cues
        for index, line in enumerate(cue.text.split("\n"))
    ]
    whole = [rule for rule in RULES if rule.name not in ("guillemet-open", "english-quotes")]
    return tuple(_found(captions.path, lines, language, tuple(whole)))


def _found(
    path: str, lines: list[tuple[int, str]], language: str, rules: tuple[Rule, ...] = RULES
) -> Iterator[Fault]:
    shown_lines = [(number, _shown(line)) for number, line in lines if line]
    whole = "\n".join(shown for _, shown in shown_lines)
    suspected = [rule for rule in rules if rule.may_find(whole, language)]
    for number, shown in shown_lines if suspected else ():
        for rule in suspected:
            match = rule.pattern.search(shown)
            if match and match[0].casefold() not in rule.allowed:
                yield _told(path, number, rule, shown, match)


def _shown(line: str) -> str:
    """`line` as a reader sees it, what is hidden blanked; of a table's row, its cells."""
    shown = line.rstrip()
    if any(sign in line for sign in _HIDING):
        hidden = _HIDDEN if "@" in line else _HIDDEN_BUT_MAIL
        shown = hidden.sub(lambda match: _BLANK * len(match[0]), line).rstrip()
    return shown.replace("|", " ") if shown.lstrip().startswith("|") else shown


def _told(path: str, line: int, rule: Rule, text: str, match: re.Match[str]) -> Fault:
    start, end = max(0, match.start() - AROUND), match.end() + AROUND
    around = re.sub(f"{_BLANK}+", "…", text[start : min(end, start + 70)]).strip()
    code = f"U+{ord(match[0][0]):04X}"
    return as_notice(fault(f"lint.{rule.name}", path, line, text=around, code=code))
