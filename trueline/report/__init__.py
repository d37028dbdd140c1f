"""Findings and differences as text for people and machines."""
