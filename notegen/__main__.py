"""`python -m notegen` is `notegen`."""

from notegen.cli.commands import main

if __name__ == "__main__":
    main()
