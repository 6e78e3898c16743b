"""Seed → Draft: which lines are the text, which its title, date, source and byline, which boilerplate, and by what rule.

wrapping      lines → logical lines: a paragraph broken by its width is one again
shape         what one line looks like: length, sentences, menu words
formulas      fixed phrases of the genre, from data/clean/formulas.yaml
metaline      one line of date, source, byline; `cells` its parts without a label, `reprint` a sentence about the text itself
credit_line   a short line of names: who is author, who outlet; `credit` says what may be either
title         the headline, by everything around it; `title_text` what of its line is the headline
own_names     what the page calls its own outlet
surroundings  what a line says of author and source only by what stands around it
sequence      all lines decided together
dateline      what the first words of the text say; `signature` the last
page          the steps in order: `draft(seed)`
"""
