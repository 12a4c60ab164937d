"""The ready-made questions: one `.rq` file each, their slots, and the same as RDF."""
