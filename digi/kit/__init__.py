"""What could be its own package: sealed ids, readers of the environment, threads, names."""
