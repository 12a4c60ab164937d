"""The command line: `seminar-kg serve | ask | query | map | check | questions | export`.

Exit codes: 0 done, 1 problems found, 2 wrong use or something that cannot be read. An error is one line on
standard error.
"""

from kg.cli.interrupts import silent_interrupts


def main() -> None:
    """Run the command line of this process."""
    with silent_interrupts():
        from kg.cli.commands import commands
    commands.main(prog_name="seminar-kg")
