"""Read the diagrams of a pack into specs of the library, with parsers of our own."""
