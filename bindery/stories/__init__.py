"""Which briefings are one release: copies found by their wording, put together into stories, versions of a page told apart."""
