"""Links of a pair of pages: as many in both languages, and each says when it leads to the other one (L1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from microlearning.course import Link
from microlearning.errors import Fault, as_notice, fault, short
from microlearning.project import WrittenPage
from microlearning.strings import other

BOTH = "mul"
"""`hreflang=mul`: the page that a link leads to speaks both languages (BCP 47, "multiple languages")."""

_TELLS = {
    "en": re.compile(r"[/._-](?:en|eng|en-ca|english)(?=[/.?#]|$)|\b(?:lang|l|locale)=en", re.IGNORECASE),
    "fr": re.compile(r"[/._-](?:fr|fra|fr-ca|francais)(?=[/.?#]|$)|\b(?:lang|l|locale)=fr", re.IGNORECASE),
}
"""How addresses tell the language of a page: `…-fra.aspx`, `/en/…`, `?lang=fr`; not `/ecrire-en-ligne/`."""


def check_links(
    fr: WrittenPage, french: Sequence[Link], en: WrittenPage, english: Sequence[Link]
) -> list[Fault]:
    """Links lacking in one language; links that lead to a page in the other and do not say so."""
    faults = []
    if len(french) != len(english):
        (has, links), (lacks, fewer) = (fr, french), (en, english)
        if len(french) < len(english):
            (has, links), (lacks, fewer) = (lacks, fewer), (has, links)
        after = f"{lacks.source.path}:{fewer[-1].line if fewer else 1}"
        values: dict[str, Any] = {
            "count": len(links),
            "twin": len(fewer),
            "text": links[len(fewer)].title,
            "other": after,
        }
        faults.append(fault("parity.links", has.source.path, links[len(fewer)].line, **values))
    for page, links in ((fr, french), (en, english)):
        faults += [each for link in links if (each := _unmarked(page, link))]
    addresses = {link.url: link for link in english if ":" in link.url}
    for link in french:
        twin = addresses.get(link.url)
        if twin and not (link.hreflang or twin.hreflang or _told_language(link.url)):
            values = {"text": short(link.title, 40), "url": short(link.url, 60)}
            place = f"{en.source.path}:{twin.line}"
            made = fault("parity.link-same", fr.source.path, link.line, other=place, **values)
            faults.append(as_notice(made))  # the page may well speak both languages
    return faults


def _unmarked(page: WrittenPage, link: Link) -> Fault | None:
    """The fault of a `link` whose address says that it leads to the other language, unmarked."""
    there = other(page.language)
    if _told_language(link.url) != there or link.hreflang in (there, BOTH):
        return None
    values: dict[str, Any] = {"text": short(link.title, 40), "url": short(link.url, 60)}
    return fault(f"parity.link-{there}", page.source.path, link.line, **values)


def _told_language(address: str) -> str:
    """The language that an address tells of, in its subdomain, path or query; empty when none or both."""
    parts = urlsplit(address)  # a whole address: the links were checked before
    subdomain = parts.netloc.partition(".")[0]
    told = f"/{subdomain}/{parts.path}?{parts.query}"
    languages = [language for language, pattern in _TELLS.items() if pattern.search(told)]
    return languages[0] if len(languages) == 1 else ""
