"""Questions about answers: those that lean on the one before, and those that ask what is answered here at all."""
