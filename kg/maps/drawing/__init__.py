"""A map with a place for everything: its geometry, page frame, marks and style."""
