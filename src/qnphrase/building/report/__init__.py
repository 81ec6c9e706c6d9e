"""What a build did or would do, in words and for machines."""
