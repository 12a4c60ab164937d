"""A site of files: every page, map, ready-made question and download, for any web space and for a disk."""
