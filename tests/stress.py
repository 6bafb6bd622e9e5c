"""A lesson too long for one page: 12 things to do, 12 mistakes, 20 long things to tick."""

from __future__ import annotations

import re
from pathlib import Path

LONG = {
    "en": "because a sentence this long has to be read, wrapped, carried to the next page and ticked, "
    "wherever the paper ends and whatever stands before it",
    "fr": "parce qu’une phrase aussi longue doit être lue, coupée, reportée à la page suivante et cochée, "
    "où que finisse le papier et quoi qu’il y ait avant elle",
}
LEADS = {
    "en": ("Check item", "Do not skip item", "I checked item"),
    "fr": ("Vérifiez le point", "N’oubliez pas le point", "J’ai vérifié le point"),
}


def stressed(markdown: str, language: str) -> str:
    """A lesson's page, `markdown`, with its cards and its checklist made very long."""
    do, dont, check = LEADS[language]
    lists = {
        "do": [f"- **{do} {n}** {LONG[language]}. {{ #do-{n} }}" for n in range(1, 13)],
        "dont": [f"- **{dont} {n}** {LONG[language]}. {{ #dont-{n} }}" for n in range(1, 13)],
        "checklist": [f"- [ ] {check} {n} {LONG[language]}. {{ #check-{n} }}" for n in range(1, 21)],
    }
    for kind, lines in lists.items():
        pattern = rf"(^## [^\n]*\{{ \.{kind} \}}\n).*?(?=^## )"
        items = "\n".join(lines)
        markdown, count = re.subn(pattern, rf"\1\n{items}\n\n", markdown, flags=re.DOTALL | re.MULTILINE)
        assert count == 1, kind
    return markdown


def stress(project: Path, slug: str = "trn1-v13") -> None:
    """Make the lesson `slug` of `project` very long, in both languages."""
    for language in ("fr", "en"):
        file = project / "docs" / language / f"{slug}.md"
        file.write_text(stressed(file.read_text(encoding="utf-8"), language), encoding="utf-8")
