"""Bindery: captured press pages → a searchable briefing archive."""

__version__ = "0.1.0"
