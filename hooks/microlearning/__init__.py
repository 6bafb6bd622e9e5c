"""Lessons: what a lesson is, how its Markdown is read, how it is shown. Knows nothing of MkDocs."""
