"""Seed → Draft: which lines are the text, which its title, date, source and byline, which boilerplate, and by what rule.

shape     what one line looks like: length, sentences, menu words
formulas  fixed phrases of the genre, from data/clean/formulas.yaml
metaline  one line of date, source, byline
title     the headline, by everything around it
sequence  all lines decided together
page      the steps in order: `draft(seed)`
"""
