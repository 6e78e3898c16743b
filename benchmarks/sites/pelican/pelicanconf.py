"""Settings of the Pelican site: as little as makes the pages of the others."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import taxonomies

SITENAME = "Briefing archive"
SITEURL = ""
PATH = "content"
ARTICLE_PATHS = ["briefings"]
OUTPUT_PATH = "output"
TIMEZONE = "UTC"
THEME = "theme"
THEME_STATIC_DIR = "."
PLUGINS = [taxonomies]
DEFAULT_CATEGORY = "briefings"
USE_FOLDER_AS_CATEGORY = False
ARTICLE_URL = "briefings/{slug}/"
ARTICLE_SAVE_AS = "briefings/{slug}/index.html"
SLUGIFY_SOURCE = "basename"
CATEGORY_SAVE_AS = TAG_SAVE_AS = AUTHOR_SAVE_AS = ""
CATEGORIES_SAVE_AS = TAGS_SAVE_AS = AUTHORS_SAVE_AS = ARCHIVES_SAVE_AS = ""
DIRECT_TEMPLATES = ["index"]
PAGINATED_TEMPLATES = {"index": 100}
DEFAULT_PAGINATION = 100
PAGINATION_PATTERNS = [(1, "/", "index.html"), (2, "/page/{number}/", "page/{number}/index.html")]
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
