"""How far a quote may reach beyond the sentence that answers, in any language."""

MOST_MORE = 2
"""Sentences that are added at most, to either side."""

LONGEST_QUOTE = 700
"""Characters at most, once it is widened: a citation is read at a glance."""
