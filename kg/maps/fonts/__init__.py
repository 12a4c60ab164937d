"""The fonts of maps, and how a line of text becomes glyphs of them (the files: README.md beside this)."""
