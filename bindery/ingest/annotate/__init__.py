"""Draft → annotation: cities, officials with roles, companies."""
