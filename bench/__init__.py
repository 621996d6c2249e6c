"""What Digi costs and how quick it is, measured on the machine at hand. Nothing here is part of Digi."""
