"""How much a map can show."""

MOST_READABLE = 25
"""Concepts that a reader takes in at once (Novak and Cañas, *The Theory Underlying Concept Maps*, 2006)."""

HEADLINE = 12
"""Concepts of a map that is read at a glance, as on a home page or a slide."""

MOST_CONCEPTS = 500
"""Concepts of a map that can still be drawn."""

MOST_DRAWN, MOST_NAMED = 500, 120
"""Characters of a label, a phrase or a title that are drawn, and of a speaker's or topic's name; more is cut off."""

LEAST_IN_EXERCISE, MOST_IN_EXERCISE = 4, 12
"""Concepts of a map some of which are left out to be filled in."""
