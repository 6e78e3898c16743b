"""site/ and content/ → findings: what a reader would stumble over."""
