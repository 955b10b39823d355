"""How fast the house is, each time beside a reference measured in the same run."""
