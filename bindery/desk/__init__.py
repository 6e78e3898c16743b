"""The review desk: questions of `review` in the browser, answers as small changes of content/."""
