"""briefings ⇄ content/: the only code that reads or writes the files that belong to people."""
