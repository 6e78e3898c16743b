"""library → pictures that messengers show of a link."""
