"""library → e-mail: a digest of what is new, or one briefing, as a message that every mail program shows."""
