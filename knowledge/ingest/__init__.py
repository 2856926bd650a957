"""Bring your own articles: from a file as it was saved to an article with verbatim passages."""
