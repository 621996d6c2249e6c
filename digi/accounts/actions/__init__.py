"""The only writers of people and of how they stand to each other."""
