"""What happens while MkDocs builds, in order. Each event hands over to the module that owns the noun.

The package is imported here, at the top, because MkDocs puts this folder on the import path only while
it loads this file. What builds is loaded when a glance tells that something has changed.
"""

from importlib import import_module

from mkdocs.plugins import CombinedEvent, event_priority

from microlearning import glance


def _site():
    return import_module("microlearning.site")


def on_startup(command, dirty):
    """Know whether this is a preview."""
    glance.start(command)


@event_priority(-200)
def on_config(config):
    """Read what has changed; build beside the published site. End here when nothing has."""
    if glance.is_nested(config):
        return config
    first = glance.begin(config, _site)
    return _site().begin(config, first)


@event_priority(100)
def _on_files_found(files, config):
    """Leave to MkDocs the pages that are no lesson."""
    return _site().leave_out(files)


@event_priority(-201)
def _on_files_sorted(files, config):
    """Give each page its address."""
    return _site().place(files, config)


on_files = CombinedEvent(_on_files_found, _on_files_sorted)


@event_priority(-50)
def on_page_content(html, page, config, files):
    """Keep the page's rendered Markdown."""
    return _site().fill_page(html, page)


def on_page_context(context, page, config, nav):
    """Hand over the whole page."""
    return _site().tell_page(context, page)


@event_priority(-200)
def on_post_build(config):
    """Make the lessons, and put the new site in the place of the old."""
    _site().finish(config)


def on_build_error(error):
    """Leave the published site as it was."""
    _site().abandon(error)


def on_serve(server, config, builder):
    """Let a video seek in the preview, and an edit show at once."""
    preview = import_module("microlearning.preview")
    preview.watch(server, (config.docs_dir, config.config_file_path), _site().rebuild)
    return preview.with_ranges(server)
