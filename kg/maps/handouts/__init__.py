"""Maps on paper for a class: handouts of several pages, and exercises with gaps."""
