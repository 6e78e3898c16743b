"""The archive for programs: site/data/, made of what pages are made of."""
