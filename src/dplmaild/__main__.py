"""`python -m dplmaild` and the `dplmaild` command."""

from dplmaild.cli import main

if __name__ == "__main__":
    main()
