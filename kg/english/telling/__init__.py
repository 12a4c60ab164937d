"""How answers are worded: leads, points, verdicts, refusals, credits, and the words on maps."""
