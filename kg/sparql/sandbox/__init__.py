"""Queries from outside: child processes that can be stopped and reach nothing."""
