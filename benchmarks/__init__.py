"""Measurements that take minutes: not tests, but what a change of the search is judged by."""
