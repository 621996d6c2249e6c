"""`digi demo`: people, rooms and conversations to look at, made through the same commands as everything else."""

import argparse


def demo(_options: argparse.Namespace) -> int:
    raise NotImplementedError
