"""The website and the HTTP interfaces, over `kg`."""
