"""`python -m notegen` is `notegen`."""

from notegen.app.cli import main

if __name__ == "__main__":
    main()
