"""seeds/ → briefings: read → clean → metadata → annotate → link."""
