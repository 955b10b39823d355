"""Papers without a database: open a template that somebody sent, check it, fill it, print it.

Templates come from people, so nothing in them is believed: the archive, the XML and every expression are
looked at before one is taken in, and filling knows plain values only.
"""
