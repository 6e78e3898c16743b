"""What build.py is made of: its arguments and its commands."""
