"""What stands next to a lesson's page: its data and its other forms, at the same depth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from microlearning import render, sheet, view
from microlearning.captions import captions_script, write_captions
from microlearning.embed import embed
from microlearning.feeds import oembed
from microlearning.metadata import Twins
from microlearning.page import LessonPage
from microlearning.pdf import PdfStore
from microlearning.sheet import Sheet
from microlearning.transcript import chapters_vtt, transcript_text


def lesson_files(
    page: LessonPage, twins: Twins, site: view.Site, checklist: Mapping[str, object]
) -> dict[str, str]:
    """The text of each file by its name. A lesson without chapters has no `chapters.vtt`.

    `checklist` is what the template `checklist.html` is told; empty when the lesson has no sheet.
    """
    files = {
        "captions.vtt": write_captions(page.recording.captions),
        "captions.js": captions_script(page.recording.captions),
        "chapters.vtt": chapters_vtt(page.transcript, page.recording.video.duration),
        "transcript.txt": transcript_text(page.transcript, page.title_with_code),
        sheet.PAGE: render.page("checklist.html", **checklist) if checklist else "",
        **_for_portals(page, twins, site),
    }
    return {name: text for name, text in files.items() if text}


def _for_portals(page: LessonPage, twins: Twins, site: view.Site) -> dict[str, str]:
    """The pages made for frames, one a part, and the oEmbed answer."""
    card = view.lesson_card(page, twins, site)
    address = twins.of(page.language)
    provider = (site.names[page.language], site.home(page.language))
    pages = {
        file: render.page("embed.html", **values)
        for file, values in view.embed_pages(site, page, card, twins)
    }
    return pages | {"oembed.json": oembed(page, card, embed(page, address, site.url), provider)}


def sheet_files(name: str, sheets: Sequence[Sheet], store: PdfStore) -> dict[str, bytes]:
    """The PDFs of one lesson, by their place in the site: each language's sheet, and the one of both.

    `name` is what both languages' pages are called, `trn1-v13`.
    """
    alone = {f"{one.language}/{name}/{sheet.PDF}": [one] for one in sheets}
    documents = alone | {sheet.bilingual_name(sheets[0].page.lesson.slug): list(sheets)}
    return {
        place: store.pdf(sheet.pdf_document(sides), sides[0].modified) for place, sides in documents.items()
    }
