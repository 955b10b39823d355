"""Rows of the field, written the same way whether a person acts or a diagram: no rights, no cases moved."""
