"""A living organisation to look at: made through the same operations as any other, only earlier.

Everybody and everything in it is invented.
"""
