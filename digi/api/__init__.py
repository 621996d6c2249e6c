"""The HTTP door: JSON in and out, and its OpenAPI document. Holds no feature."""
