"""`python -m motcua` is the command line too."""

from motcua.config.command import main

main()
