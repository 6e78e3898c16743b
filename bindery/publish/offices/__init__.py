"""Roles as printed → offices, and who was seen in each, when."""
