"""What is kept: tables, and nothing else."""
