"""Wording: whether a page, and each paragraph of it, is in the page's own language.

Common words decide first, and cheaply; only where they speak for the other language does py3langid's
model decide. Both must agree before an author is told, so that a name or a title is no fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborNode

from microlearning.errors import Fault, fault, short
from microlearning.fragment import read_tree
from microlearning.project import WrittenPage
from microlearning.strings import LANGUAGES, other

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier  # type: ignore[import-untyped] # it has none

    from microlearning.captions import Captions

FEWEST = 4
"""Words below which nothing can be said: a name, a label."""

UNKNOWN_FEWEST = 10
"""Words needed where none of them is a common one of either language."""

SURE = 0.95
"""The model's probability from which it is believed."""

_COMMON = {
    "fr": frozenset(
        re.findall(
            r"\w+",
            "au aux avec ce ces cette chaque comme dans de des du elle elles en est et être il ils je"
            " la le les leur leurs lorsque mais même ne nos notre nous ont ou où par pas pour que quel"
            " quelle qui sa sans se ses si sont sous sur tous tout toute toutes très un une vos votre"
            " vous ça été afin ainsi alors après avant aussi cela ceux chez deux donc entre faire fait"
            " ici jamais là lui peut peu plus puis quand sera soit",
        )
    ),
    "en": frozenset(
        re.findall(
            r"\w+",
            "about after all also and any are as at be been before being but by can do does each for"
            " free from had has have her his how if in into is it its just like may more must my never"
            " no not of off only or other our out over she should so some such than that the their"
            " them then there these they this those to too under up use very was we were what when"
            " where which who why will with without would you your",
        )
    ),
}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ELISION = re.compile(r"(?:l|d|qu|c|n|j|m|s|t|jusqu|lorsqu|puisqu)['’]", re.IGNORECASE)
_CONTRACTION = re.compile(r"\w+['’](?:s|t|re|ve|ll|d)$", re.IGNORECASE)

_BLOCKS = (
    "p",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "td",
    "th",
    "dt",
    "dd",
    "figcaption",
    "summary",
    "caption",
)
_PASSED = {"code", "pre", "kbd", "samp", "var", "script", "style", "svg"}


def check_wording(page: WrittenPage) -> tuple[Fault, ...]:
    """Each paragraph in the wrong language; one fault for a page that is in the wrong language as a whole.

    An element with `lang` is held against that language; the text of a link with `hreflang` is its target's.
    """
    texts = list(_texts(page))
    wrong = [(language, text) for language, text in texts if is_wrong(text, language)]
    if not wrong:
        return ()
    own = [
        text for language, text in texts if language == page.language and len(_WORD.findall(text)) >= FEWEST
    ]
    if len(own) > 2 and sum(language == page.language for language, _ in wrong) > len(own) * 0.6:  # noqa: PLR2004 - most of a page
        there = other(page.language)
        line = page.source.body_line()
        return (fault(f"wording.page-{page.language}", page.source.path, line, there=there),)
    faults = [
        fault(f"wording.{language}", page.source.path, _line(page, text), text=short(text, 60))
        for language, text in wrong
    ]
    return tuple(dict.fromkeys(faults))


def _line(page: WrittenPage, text: str) -> int:
    """The line on which `text` begins: where its first words stand in a row, with any marks between."""
    start = r"[\W_]+".join(re.escape(word) for word in re.findall(r"[^\W_]+", text)[:FEWEST])
    match = re.search(start, page.source.text)
    return page.source.text.count("\n", 0, match.start()) + 1 if match else page.source.line_of(text)


def check_captions_wording(captions: Captions, language: str) -> tuple[Fault, ...]:
    """The fault of a caption file whose words are those of the other language (T1)."""
    if not is_wrong(" ".join(cue.text for cue in captions.cues), language):
        return ()
    first = captions.cues[0]
    text = short(first.text, 60)
    return (fault(f"wording.captions-{language}", captions.path, first.line + 1, text=text),)


def is_wrong(text: str, language: str) -> bool:
    """Whether `text`, which should be in `language`, is in the other of our two."""
    tokens = _WORD.findall(text.casefold())
    if len(tokens) < FEWEST:
        return False
    joined = [token for token in tokens if "'" in token or "’" in token]
    mine, theirs = (_evidence(tokens, joined, one) for one in (language, other(language)))
    if theirs == mine == 0:
        return len(tokens) >= UNKNOWN_FEWEST and _probability(text, other(language)) > 0.999  # noqa: PLR2004 - all but sure
    clear = theirs >= 2 and (mine == 0 or theirs >= mine + 3)  # noqa: PLR2004 - two common words are no chance
    return clear and _probability(text, other(language)) > SURE


def _evidence(tokens: list[str], joined: list[str], language: str) -> int:
    """How many of `tokens` are common words of `language`, or `joined` by an apostrophe as it joins words."""
    common, form = _COMMON[language], _ELISION if language == "fr" else _CONTRACTION
    apart = (token for token in joined if token not in common)
    return sum(map(common.__contains__, tokens)) + sum(map(bool, map(form.match, apart)))


def _probability(text: str, language: str) -> float:
    """How probable the model finds `language`, of our two, for `text`."""
    guess, sure = _model().classify(text)
    return float(sure) if guess == language else 1 - float(sure)


@cache
def _model() -> LanguageIdentifier:
    """py3langid's model for our two languages; half a second to load, so only when it is needed.

    Of what it knows of the other languages nothing is kept: 28 MB in each process.
    """
    from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier  # noqa: PLC0415
    from py3langid.modelio import load_model  # type: ignore[import-untyped] # noqa: PLC0415

    table, chances, names, moves, rows, outputs = load_model(MODEL_DIR / MODEL_FILE)
    ours = [index for index, name in enumerate(names) if name in LANGUAGES]
    named = [names[index] for index in ours]
    return LanguageIdentifier(
        table[:, ours], chances[ours], named, moves, outputs, norm_probs=True, tk_row=rows
    )


def prepare() -> None:
    """Load the model now: processes that begin later share it."""
    _model()


def forget() -> None:
    """Let go of the model, of some 90 MB."""
    _model.cache_clear()


def _texts(page: WrittenPage) -> Iterator[tuple[str, str]]:
    """Each text of the page with the language that it should be in."""
    yield page.language, page.front.description
    if page.front.waiver:
        yield page.language, page.front.waiver.reason
    body = read_tree(page.html)
    if body is not None:
        yield from _blocks(body, page.language)


def _blocks(node: LexborNode, language: str) -> Iterator[tuple[str, str]]:
    """The texts inside `node`, block by block, each without what is a block or a language of its own."""
    own: list[str] = []
    below: list[tuple[str, str]] = []
    _gather(node, language, own, below)
    if own:
        yield language, " ".join("".join(own).split())
    yield from below


def _gather(node: LexborNode, language: str, own: list[str], below: list[tuple[str, str]]) -> None:
    for child in node.iter(include_text=True):
        tag = child.tag or ""
        if tag == "-text":
            own.append(child.text())
            continue
        if tag.startswith("-") or tag in _PASSED:
            continue
        inside = _language_of(child, language)
        attributes = child.attributes if inside else {}
        for name in ("alt", "aria-label", "title"):
            value = attributes.get(name)
            if value:
                below.append((inside, value))
        if not inside:
            continue
        if tag in _BLOCKS or inside != language:
            below += _blocks(child, inside)
        else:
            _gather(child, language, own, below)


def _language_of(node: LexborNode, language: str) -> str:
    """The language of what `node` holds; empty for one that is neither of ours."""
    attributes = node.attributes
    lang = (attributes.get("lang") or "").casefold()[:2]
    if lang:
        return lang if lang in LANGUAGES else ""
    target = (attributes.get("hreflang") or "").casefold()[:2]
    return "" if node.tag == "a" and target in LANGUAGES and target != language else language
