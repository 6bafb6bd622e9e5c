"""Embedding: a lesson's pages for frames, and the snippets that a portal's owner pastes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from itertools import groupby
from urllib.parse import urljoin

from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser, LexborNode

from microlearning.addresses import addressed
from microlearning.fragment import Fragment, read_fragment
from microlearning.page import LessonPage, shown_sections
from microlearning.render import component
from microlearning.section import Section
from microlearning.strings import interface

PARTS = ("lesson", "video", "cards", "checklist", "transcript")
"""What can be embedded: the whole lesson, and each part. Portals write these words: they never change."""

HEIGHT = 600
"""The height in CSS pixels of a frame that cannot be fitted: it shows a part's beginning, and scrolls."""

SANDBOX = (
    "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads allow-modals"
)
"""What a framed lesson may do (HTML, section 4.8.5): run the site's own scripts with its own storage, open
links in a tab, download, and print. It may not steer the portal's page. `embed.js` says the same."""

ALLOW = "fullscreen; clipboard-write"


_ON_SCREEN: dict[str, tuple[str, ...]] = {
    "video": ("transcript",),
    "cards": ("do", "dont"),
    "checklist": ("checklist",),
    "transcript": ("transcript",),
}
"""The kinds of section that each part shows; the whole lesson shows all. The video's transcript is folded."""

_IN_HEAD = {"heading": PARTS, "lead": ("lesson",), "player": ("lesson", "video")}
"""The parts that show what stands before the sections."""

_SHEET = ("do", "dont", "checklist")
"""The kinds of section that every part prints but the transcript, which prints by itself."""


@dataclass(frozen=True)
class Piece:
    """Sections that show together in a page made for a frame."""

    medium: str
    """`screen` or `print` when they show on one only, else empty."""

    folded: bool
    """Whether a reader opens them: the transcript, where it is not all there is."""

    html: Markup


@dataclass(frozen=True)
class Snippet:
    """One part of a lesson, as a portal takes it in."""

    part: str

    name: str
    """The part's name for a reader."""

    file: str
    """Its page's name beside the lesson's: `embed-cards.html`."""

    title: str
    """The frame's accessible name: the part and the lesson, in the page's language."""

    element: str
    """The custom element and its loader, to paste."""

    frame: str
    """The plain `<iframe>`, to paste where no script is allowed."""


@dataclass(frozen=True)
class Embed:
    """Everything that a portal's owner needs for one lesson in one language."""

    snippets: tuple[Snippet, ...]
    """The whole lesson first."""

    @property
    def whole(self) -> Snippet:
        """The snippet of the whole lesson."""
        return self.snippets[0]


def parts_of(page: LessonPage) -> tuple[str, ...]:
    """The parts that `page` has: a lesson may lack cards or a checklist."""
    lacking = {"cards": page.cards is None, "checklist": page.checklist is None}
    return tuple(part for part in PARTS if not lacking.get(part, False))


def file_name(part: str) -> str:
    """The name of the page of `part`: `embed.html`, `embed-cards.html`."""
    return "embed.html" if part == "lesson" else f"embed-{part}.html"


def frame_title(page: LessonPage, part: str) -> str:
    """What a frame with `part` is called, so that two frames of one lesson can be told apart."""
    if part == "lesson":
        return page.title_with_code
    return f"{interface(page.language)['embed.part.' + part]} – {page.title_with_code}"


@lru_cache(maxsize=4)
def embed(page: LessonPage, address: str, site: str) -> Embed:
    """The snippets of `page`, which stands at the absolute `address` on the site at the absolute `site`.

    Kept for the last few pages: the page shows them, and its answer to oEmbed does.
    """
    loader = urljoin(site, "embed.js")
    return Embed(tuple(_snippet(page, part, address, loader) for part in parts_of(page)))


def _snippet(page: LessonPage, part: str, address: str, loader: str) -> Snippet:
    title = frame_title(page, part)
    which = "" if part == "lesson" else f' part="{part}"'
    return Snippet(
        part=part,
        name=interface(page.language)[f"embed.part.{part}"],
        file=file_name(part),
        title=title,
        element=(
            f'<script src="{loader}" async></script>\n'
            f'<micro-lesson code="{page.lesson.code}" lang="{page.language}"{which}>'
            f'<a href="{address}" lang="{page.language}">{escape(title)}</a></micro-lesson>'
        ),
        frame=frame(address + file_name(part), title, page.language),
    )


def frame(address: str, title: str, language: str) -> str:
    """The plain `<iframe>` on the page at the absolute `address`."""
    return (
        f'<iframe src="{address}" title="{escape(title)}" lang="{language}" width="100%" height="{HEIGHT}" '
        f'loading="lazy" referrerpolicy="strict-origin" allow="{ALLOW}" sandbox="{SANDBOX}"></iframe>'
    )


def contents(page: LessonPage, player: Markup, address: str) -> Iterator[tuple[str, Markup]]:
    """Each part and the content of its page for frames; the lesson's own page is at `address`."""
    head = {
        "heading": read_fragment(page.document.heading),
        "lead": read_fragment(page.document.lead),
        "player": read_fragment(player),
    }
    for part in parts_of(page):
        shown = {name: one for name, one in head.items() if part in _IN_HEAD[name]}
        places = [_place(section, part) for section in page.document.sections]
        placed = [one for (_, one), place in zip(shown_sections(page), places, strict=True) if place]
        framed = _framed([*shown.values(), *placed], address, page.language)
        yield (
            part,
            component(
                "embed/frame",
                head=dict(zip(shown, framed, strict=False)),
                pieces=tuple(_pieces(places, framed[len(shown) :])),
                code=page.lesson.code,
                language=page.language,
            ),
        )


def _pieces(places: Iterable[tuple[str, bool] | None], framed: Iterable[Markup]) -> Iterator[Piece]:
    """What a page holds, neighbours of one kind joined: their spacing on paper depends on it.

    `places` are all sections', `framed` the HTML of those that have one.
    """
    html = iter(framed)
    for place, group in groupby(places):
        if place:
            yield Piece(*place, Markup("\n").join(next(html) for _ in group))


def _place(section: Section, part: str) -> tuple[str, bool] | None:
    """Where `section` shows in the page for `part`, and whether folded; None when nowhere."""
    shows = part == "lesson" or section.kind in _ON_SCREEN[part]
    prints = section.kind in (("transcript",) if part == "transcript" else _SHEET)
    if not (shows or prints):
        return None
    medium = "" if shows and prints else "screen" if shows else "print"
    return medium, section.kind == "transcript" and part != "transcript"


def _framed(fragments: Sequence[Fragment], address: str, language: str) -> list[Markup]:
    """The HTML of each of `fragments`, neighbours in one frame: links say their address and trap nobody."""
    ids = frozenset().union(*(one.ids for one in fragments))
    whole = addressed(fragments, address, also=lambda body: free_links(body, address, language, ids))
    return [Markup(html) for html in whole]  # noqa: S704 - it was rendered by templates that escape


def free_links(body: LexborNode, address: str, language: str, ids: Collection[str]) -> None:
    """Keep the links of `body`, of a lesson's content, from trapping a reader in a frame.

    A link out opens a tab of its own and says so (WCAG 2.2, technique G201): the pages it leads to, ours too,
    refuse to be framed. A link to a place that is none of the frame's `ids` leads there on the lesson's
    page, at the absolute `address`.
    """
    for link in _links_out(body, ids):
        href = link.attributes["href"] or ""
        link.attrs["href"] = address + href if href.startswith("#") else href
        link.attrs["target"] = "_blank"
        link.attrs["rel"] = " ".join(dict.fromkeys([*(link.attributes.get("rel") or "").split(), "noopener"]))
        link.insert_child(_hint(language))


@cache
def _hint(language: str) -> LexborNode:
    words = escape(interface(language)["embed.new-tab"])
    hint = LexborHTMLParser(f'<span class="new-tab"><span class="visually-hidden"> ({words})</span></span>')
    return hint.css("span.new-tab")[0]


def _links_out(body: LexborNode, ids: Collection[str]) -> Iterator[LexborNode]:
    for link in body.css("a[href]:not([download])"):
        href = link.attributes["href"] or ""
        if not (href.startswith("#") and href[1:] in ids):
            yield link
