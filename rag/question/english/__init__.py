"""What knows only English."""
