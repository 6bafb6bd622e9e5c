"""The spaces and apostrophes that each language sets, put in at build so that authors just type.

French follows Canadian usage (Canada.ca French style guide): a no-break space before `:` `»` `%` `$`
and `h`, after `«`, and between day and month; none before `;` `!` `?`. Both languages take the
typographic apostrophe. Code, addresses and text in the other language are left as they are.
"""

from __future__ import annotations

import re
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from microlearning.captions import Captions, Cue
from microlearning.dates import MONTHS

NBSP = "\u00a0"
_SPACE = "[ \u00a0\u202f]"
_UNTOUCHED = {"code", "pre", "kbd", "samp", "script", "style", "textarea", "svg"}
_ATTRIBUTES = ("alt", "aria-label", "aria-description", "title", "placeholder")
_APART = ", ".join([*sorted(_UNTOUCHED), "[lang]", *(f"[{name}]" for name in _ATTRIBUTES)])
"""What most pages lack: then every text is the page's language's to set, and nothing else is."""


_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s«»<>]*[^\s«»<>.,:;!?)\]]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE
)
_BLANK = "\ufffc"
"""Stands for an address while the words around it are set."""

_CUE_MARK = re.compile(r"(<[^>]*>|&[#\w]+;)")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_FRENCH = (
    (re.compile(f"«{_SPACE}*"), f"«{NBSP}"),
    (re.compile(f"{_SPACE}*»"), f"{NBSP}»"),
    (re.compile(f"{_SPACE}+(?=[;!?])"), ""),
    (re.compile(f"{_SPACE}+:"), f"{NBSP}:"),
    (re.compile(r"(?<=[^\W\d_]):(?=\s|$)"), f"{NBSP}:"),
    (re.compile(rf"(?<=\d){_SPACE}*([%$])"), rf"{NBSP}\1"),
    (re.compile(rf"^{_SPACE}+(?=%|\$(?!\d))"), NBSP),
    (re.compile(rf"(?<=\d){_SPACE}h\b"), f"{NBSP}h"),
    (re.compile(rf"(?<=\d{NBSP}h){_SPACE}(?=\d)"), NBSP),
    (re.compile(rf"\b(\d{{1,2}}|1er){_SPACE}(?=(?:{'|'.join(MONTHS['fr'])})\b)"), rf"\1{NBSP}"),
    (re.compile(rf"(?<=\d){_SPACE}(?=\d{{3}}\b)"), NBSP),
)


_SET = {"fr": re.compile("['«»;!?:%$\\d]"), "en": re.compile("'")}
"""What may be set at all: a text without any of these stays as it is."""


def set_text(text: str, language: str) -> str:
    """`text`, plain, as `language` sets it, addresses left alone. Setting it twice changes nothing more."""
    if not _SET.get(language, _SET["en"]).search(text):
        return text
    addresses = _ADDRESS.findall(text)
    if addresses:
        blank = iter(addresses)
        return re.sub(_BLANK, lambda _: next(blank), _set(_ADDRESS.sub(_BLANK, text), language))
    return _set(text, language)


def _set(text: str, language: str) -> str:
    text = _APOSTROPHE.sub("’", text)
    if language == "fr":
        for pattern, replacement in _FRENCH:
            text = pattern.sub(replacement, text)
    return text


def set_captions(captions: Captions, language: str) -> Captions:
    """`captions` as `language` sets them; what `<lang …>` marks, as that language does."""
    return replace(captions, cues=tuple(_set_cue(cue, language) for cue in captions.cues))


def _set_cue(cue: Cue, language: str) -> Cue:
    text = set_text(cue.text, language)
    payload = text if cue.payload == cue.text else _set_payload(cue.payload, language)
    return replace(cue, text=text, payload=payload)


def _set_payload(payload: str, language: str) -> str:
    """A cue's text with its tags and character references kept."""
    languages = [language]
    parts = _CUE_MARK.split(payload)
    for index, part in enumerate(parts):
        if index % 2 == 0:
            parts[index] = set_text(part, languages[-1])
        elif part.startswith("<lang"):
            languages.append(part[5:-1].strip()[:2])
        elif part.startswith("</lang") and len(languages) > 1:
            languages.pop()
    return "".join(parts)


def set_html(html: str, language: str) -> str:
    """The fragment `html` with its text and its spoken attributes set as `language` sets them.

    An element that has a `lang` of its own is set in that language.
    """
    body = LexborHTMLParser(f"<body>{html}").body
    if body is None:
        return html
    if body.css_first(_APART) is None:
        for node in [one for one in body.traverse(include_text=True) if one.is_text_node]:
            _set_text_node(node, language)
    else:
        _set_children(body, language)
    return body.inner_html or ""


def _set_children(node: LexborNode, language: str) -> None:
    for child in list(node.iter(include_text=True)):
        if child.tag == "-text":
            _set_text_node(child, language)
        elif child.tag not in _UNTOUCHED:
            attributes = child.attributes
            inside = (attributes.get("lang") or language)[:2]
            for name in _ATTRIBUTES:
                value = attributes.get(name)
                if value:
                    child.attrs[name] = set_text(value, inside)
            _set_children(child, inside)


def _set_text_node(node: LexborNode, language: str) -> None:
    before = node.text(deep=True)
    after = set_text(before, language)
    if after != before:
        node.replace_with(after)
