"""What happens while MkDocs builds, in order. Each event hands over to the module that owns the noun.

The package's modules are imported here, at the top, because MkDocs puts this folder on the import
path only while it loads this file.
"""

from mkdocs.plugins import event_priority

from microlearning import preview, site


def on_startup(command, dirty):
    """Know whether this is a preview."""
    site.start(command)


@event_priority(-200)
def on_config(config):
    """Read every lesson's facts; build beside the published site."""
    return site.begin(config)


@event_priority(-201)
def on_files(files, config):
    """Give each page its address, and the site its stylesheet and script."""
    return site.place(files, config)


@event_priority(-50)
def on_page_content(html, page, config, files):
    """Read the lesson out of the rendered Markdown and put its components in their place."""
    return site.fill_page(html, page)


def on_env(env, config, files):
    """Give the templates their words and their values; escape what authors wrote."""
    return site.furnish(env, config)


def on_page_context(context, page, config, nav):
    """Tell the page about its twin, its metadata and the catalogue."""
    return site.tell_page(context, page, nav)


def on_post_page(output, page, config):
    """Write the lesson's data beside its page."""
    return site.write_beside(output, page)


@event_priority(-200)
def on_post_build(config):
    """Report every fault, or put the new site in the place of the old."""
    site.finish(config)


def on_build_error(error):
    """Leave the published site as it was."""
    site.abandon(error)


def on_serve(server, config, builder):
    """Let a video seek in the preview."""
    return preview.with_ranges(server)
