"""`python -m kg.cli`, the same as `seminar-kg`."""

from kg.cli import main

main()
