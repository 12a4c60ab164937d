"""What kg/check.py is made of: one noun a module, none of them for use elsewhere.

Imports run one way: `problems <- lines <- files <- corpus <- terms, shapes, propositions, ... <- kg.check`.
"""
