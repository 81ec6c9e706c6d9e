"""What is linted; defined where the formats make it."""

from qnphrase.formats.base import Subject

__all__ = ["Subject"]
