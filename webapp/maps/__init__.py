"""Concept maps over HTTP: the page, the files, the frames to embed."""
