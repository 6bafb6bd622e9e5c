"""Every HTML page of the site, in one browser, served by nginx with the configuration that we ship."""
