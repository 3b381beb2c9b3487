"""``python -m analyzer`` is ``shuping``."""

from analyzer.cli import main

if __name__ == "__main__":
    main(prog_name="shuping")
