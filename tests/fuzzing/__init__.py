"""A fuzzer for every command that does not train: seeds, mutations, oracles, and a process with limits that runs them.

`python tests/fuzz.py` is its command line. The texts are made by a seeded generator of random numbers, not by
Hypothesis or atheris. Hypothesis runs the program in its own process, so that it cannot survive a hang or a crash, and
it shrinks the list of mutations, but not the mutated file. Atheris needs a compiler for each version of Python, and its
mutations of bytes rarely pass the parser. Instead of the coverage of branches, a mutated text becomes a new seed if it
gives a message that no text gave before.
"""
