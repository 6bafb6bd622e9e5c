"""The built site in a real browser, served by the real nginx with the configuration that we ship."""
