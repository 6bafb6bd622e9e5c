"""Places: where each page of `docs/` stands in the site. The addresses are a public promise."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urljoin

from microlearning.frontmatter import LessonPage as LessonFront
from microlearning.frontmatter import PlainPage
from microlearning.metadata import Twins
from microlearning.strings import other


def language_of(name: str) -> str:
    """The language of the page whose file is `name` below the documents' folder: `fr/about.md`."""
    return name.partition("/")[0]


def shared_name(name: str) -> str:
    """What that file's name and its twin's have in common: `about`."""
    return name.partition("/")[2].removesuffix(".md")


def page_url(language: str, shared: str, front: LessonFront | PlainPage | None) -> str:
    """The address from the site's root of one page of the pair `shared`: `fr/a-propos/`."""
    *folders, name = shared.split("/")
    if isinstance(front, PlainPage) and front.slug:
        name = front.slug
    parts = [language, *folders, *([] if name == "index" else [name])]
    return "/".join(parts) + "/"


def twins(shared: str, fronts: Mapping[str, LessonFront | PlainPage], site: str, *, waived: bool) -> Twins:
    """The absolute addresses of the pair `shared`, whose heads are `fronts`, on the site at `site`.

    `waived` says that its pages may differ for a while; a page without a twin leads to that language's home.
    """
    alone = next(iter(fronts)) if len(fronts) == 1 else ""
    urls = {one: page_url(one, shared, front) for one, front in fronts.items()}
    if alone:
        urls[other(alone)] = f"{other(alone)}/"
    address = {one: urljoin(site, url) for one, url in urls.items()}
    neutral = urljoin(site, "" if shared == "index" else f"{shared}/")
    return Twins(address["fr"], address["en"], neutral, paired=not (alone or waived), alone=alone)
