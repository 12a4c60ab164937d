"""The pages that show a map: to embed, and to move about in."""
