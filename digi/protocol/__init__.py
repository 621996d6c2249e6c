"""The vocabulary of the wire: what may be asked and what is shown. Pydantic only; knows no Django."""
