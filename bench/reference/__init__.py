"""A chat in the plain way that tutorials teach: what Digi is measured against. Written for the bench."""
