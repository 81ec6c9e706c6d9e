"""Bytes and text: encodings, spans, edits and the atomic replace. Knows nothing of phrases."""
