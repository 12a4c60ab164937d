"""Where the boxes and words of a concept map stand."""
