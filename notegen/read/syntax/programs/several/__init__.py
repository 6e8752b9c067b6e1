"""Syntax of several programs, or of one that has nothing else."""
