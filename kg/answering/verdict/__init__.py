"""The verdict on a question for yes or no."""
