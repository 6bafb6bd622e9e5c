"""What a page says of itself to machines: Dublin Core, Open Graph, schema.org, and the sitemap.

Dublin Core follows GCWeb's page templates; the structured data follows schema.org's
`VideoObject` and `LearningResource`, both types on one node.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from microlearning.lesson import iso_duration
from microlearning.page import LessonPage
from microlearning.player import youtube_address
from microlearning.strings import other

ISO_639_2 = {"fr": "fra", "en": "eng"}
LOCALE = {"fr": "fr_CA", "en": "en_CA"}


@dataclass(frozen=True)
class Twins:
    """The absolute addresses of one content: in each language, and the one that offers both."""

    fr: str
    en: str
    neutral: str
    paired: bool = True
    """Whether the pages of both languages say the same: only then is each the other's counterpart."""

    alone: str = ""
    """The language of a page that has no twin; the other address is then that language's home."""

    def of(self, language: str) -> str:
        """The address in `language`."""
        return self.fr if language == "fr" else self.en

    def each(self) -> tuple[tuple[str, str], ...]:
        """Each language with its address."""
        return (("fr", self.fr), ("en", self.en))

    def alternates(self) -> tuple[tuple[str, str], ...]:
        """`hreflang` and address, the same set on each of the three pages; nothing when they are no pair."""
        if not self.paired:
            return ()
        return (("fr", self.fr), ("en", self.en), ("x-default", self.neutral))


@dataclass(frozen=True)
class Card:
    """A page's catalogue card: the facts that every metadata vocabulary repeats."""

    title: str
    description: str
    language: str
    address: str
    """Absolute."""

    publisher: str
    modified: date
    image: str = ""
    """Absolute address of a picture, or empty."""

    issued: date | None = None
    identifier: str = ""
    subjects: tuple[str, ...] = ()


def dublin_core(card: Card) -> tuple[tuple[str, str, str], ...]:
    """`dcterms.*` as triples of name, content and scheme; a scheme may be empty (GCWeb)."""
    terms = [
        ("dcterms.title", card.title, ""),
        ("dcterms.description", card.description, ""),
        ("dcterms.creator", card.publisher, ""),
        ("dcterms.language", ISO_639_2[card.language], "ISO639-2"),
        ("dcterms.modified", card.modified.isoformat(), "W3CDTF"),
    ]
    if card.issued:
        terms.append(("dcterms.issued", card.issued.isoformat(), "W3CDTF"))
    if card.identifier:
        terms.append(("dcterms.identifier", card.identifier, ""))
    if card.subjects:
        terms.append(("dcterms.subject", "; ".join(card.subjects), ""))
    return tuple(terms)


def open_graph(
    card: Card, site_name: str, *, is_video: bool, paired: bool = True
) -> tuple[tuple[str, str], ...]:
    """`og:*` as pairs of property and content (ogp.me)."""
    graph = [
        ("og:type", "video.other" if is_video else "website"),
        ("og:title", card.title),
        ("og:description", card.description),
        ("og:url", card.address),
        ("og:site_name", site_name),
        ("og:locale", LOCALE[card.language]),
    ]
    if paired:
        graph.append(("og:locale:alternate", LOCALE[other(card.language)]))
    if card.image:
        graph.append(("og:image", card.image))
    return tuple(graph)


def lesson_json_ld(page: LessonPage, card: Card, twins: Twins, site: Mapping[str, str]) -> dict[str, object]:
    """The lesson as schema.org data. `site` gives the `name` and absolute `url` of the site in this language.

    `isPartOf` is the site's collection; the course that goes further is what the lesson mentions.
    """
    recording = page.recording
    video = recording.video
    root = site["root"]
    described = [] if recording.audio_description == "integrated" else ["audioDescription"]
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": ["VideoObject", "LearningResource"],
        "@id": card.address,
        "url": card.address,
        "identifier": page.lesson.code,
        "name": card.title,
        "description": card.description,
        "inLanguage": page.language,
        "learningResourceType": "microlearning",
        "isAccessibleForFree": True,
        "duration": iso_duration(video.duration),
        "timeRequired": iso_duration(video.duration),
        "uploadDate": page.lesson.published.isoformat(),
        "datePublished": page.lesson.published.isoformat(),
        "dateModified": page.lesson.modified.isoformat(),
        "thumbnailUrl": f"{root}{recording.poster.path}",
        "contentUrl": f"{root}{video.path}",
        "encodingFormat": "video/mp4",
        "contentSize": str(video.bytes),
        "width": video.width,
        "height": video.height,
        "caption": {
            "@type": "MediaObject",
            "contentUrl": f"{card.address}captions.vtt",
            "encodingFormat": "text/vtt",
            "inLanguage": page.language,
        },
        "transcript": "\n\n".join(
            paragraph.text for paragraph in page.transcript.paragraphs if paragraph.kind != "on-screen"
        ),
        "accessibilityFeature": ["captions", "transcript", *described],
        "about": list(card.subjects),
        "publisher": {"@type": "GovernmentOrganization", "name": page.lesson.organization[page.language]},
        "isPartOf": {"@type": "Collection", "name": site["name"], "url": site["url"]},
    }
    if twins.paired:
        data["workTranslation"] = _translation(page, twins)
    if page.course:
        data["mentions"] = {
            "@type": "Course",
            "name": page.course.link.title,
            "url": page.course.link.url,
            "description": page.course.link.title,
            "provider": data["publisher"],
        }
    if recording.youtube:
        data["sameAs"] = youtube_address(recording)
    clips = [
        {
            "@type": "Clip",
            "name": chapter.title,
            "startOffset": round(chapter.start, 3),
            "url": f"{card.address}?t={int(chapter.start)}",
        }
        for chapter in page.transcript.chapters
        if chapter.title
    ]
    if clips:
        data["hasPart"] = clips
    return data


def _translation(page: LessonPage, twins: Twins) -> dict[str, object]:
    return {"@id": twins.of(other(page.language)), "inLanguage": other(page.language)}


def sitemap(pages: Iterable[tuple[Twins, date]]) -> str:
    """`sitemap.xml` (sitemaps.org) with each page's twin and neutral address as alternates."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for twins, modified in pages:
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{name}" href={quoteattr(address)}/>'
            for name, address in twins.alternates()
        )
        lines += [
            f"<url><loc>{escape(address)}</loc><lastmod>{modified.isoformat()}</lastmod>{links}</url>"
            for language, address in twins.each()
            if twins.alone in ("", language)
        ]
    return "\n".join([*lines, "</urlset>", ""])
