"""Every table of the application, on one metadata; one package per owner of tables."""

from trueline import discover

metadata = discover("app.models")

__all__ = ["metadata"]
