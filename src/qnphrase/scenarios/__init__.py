"""What phrases are for: the scenarios of a sale, what a good reply holds in each, and a guess where none is named."""
