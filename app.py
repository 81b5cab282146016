"""Start the web chat: `python app.py`, which takes the options of `rag serve`."""

import sys

from rag.__main__ import main

if __name__ == "__main__":
    sys.exit(main(["serve", *sys.argv[1:]]))
