"""How cases run: packs of diagrams, decisions, forms and words. Data, no code."""
