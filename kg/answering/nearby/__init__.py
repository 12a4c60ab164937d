"""What a question that is not answered is told: why, what is near it, and which questions nearby are answered."""
