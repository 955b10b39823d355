"""What comes in and goes out, shared by pages and API."""
