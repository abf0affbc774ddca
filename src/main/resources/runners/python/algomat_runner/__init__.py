"""Algomat's own half of a Python worker; the algorithm's modules know nothing of it."""
