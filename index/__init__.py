"""How we find passages: embedding, centring, the index, retrieval."""
