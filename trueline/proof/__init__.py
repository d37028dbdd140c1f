"""The proof of a new revision: it leads to the models, back to where it began, and offline to the same."""
