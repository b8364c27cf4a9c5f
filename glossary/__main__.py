"""``python -m glossary`` is ``tifa``."""

from glossary.cli.main import run

if __name__ == "__main__":
    run()
