"""Links on paper: each says its address once, and leads to the same place from anywhere."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode


def with_addresses(html: str, base: str, *, after: str = "", absolute: bool = False) -> str:
    """The fragment `html`, each link's address in a `data-address` that only paper shows.

    An address is shown at the first link that leads to it, and not at all where the link's own words
    are the address or the link stays on its page. `base` is the page's absolute address; `after` is the
    HTML that comes before on the page, and shows its own; `absolute` says whether links are to lead there
    from any place, as those of a PDF must.
    """
    body = LexborHTMLParser(f"<body>{html}").body
    if body is None:
        return html
    earlier = LexborHTMLParser(f"<body>{after}").css("a[href]")
    shown = {urljoin(base, link.attributes.get("href") or "") for link in earlier}
    for link in body.css("a[href]"):
        href = link.attributes.get("href") or ""
        address = urljoin(base, href)
        if absolute:
            link.attrs["href"] = address
        if not href.startswith("#") and address not in shown and not _says(link, address):
            link.attrs["data-address"] = address.removeprefix("mailto:")
        shown.add(address)
    return "".join(child.html or "" for child in body.iter(include_text=True))


def _says(link: LexborNode, address: str) -> bool:
    """Whether the words of `link` are its address, with or without what a reader leaves out of it."""
    return _bare(link.text()) == _bare(address)


def _bare(text: str) -> str:
    return re.sub(r"^(?:https?://|mailto:)(?:www\.)?", "", text.strip()).rstrip("/").casefold()
