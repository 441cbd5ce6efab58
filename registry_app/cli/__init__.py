"""The command line: a module a subcommand, each calling services."""
