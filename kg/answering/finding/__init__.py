"""Finding the claims that answer a question on any seminar: by words, by links into the graph and by meaning."""
