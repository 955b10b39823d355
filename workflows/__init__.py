"""What may be done. No web here."""
