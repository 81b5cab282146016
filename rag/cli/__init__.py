"""The command line, which parses and shows, and decides nothing.

In reading order:

    progress  work to a bar that shows how much of it is done
    commands  the commands; nothing else prints
    parser    arguments to a command and what it is given
"""
