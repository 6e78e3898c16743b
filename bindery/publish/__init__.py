"""library → site/: permalinks, pages, render, search, exports."""
