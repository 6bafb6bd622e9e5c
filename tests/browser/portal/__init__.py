"""A portal and the lessons' site, two origins in one real nginx, with the configuration that we ship."""
