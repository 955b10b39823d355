"""One function for each act of a person or of the system."""
