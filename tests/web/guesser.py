"""A web process of its own, to which somebody sends guesses: writes down what each was answered."""

import sys

from app import create_app
from tests.pages import Visitor
from web.frame import limiter


def main(guesses: int) -> None:
    app = create_app()
    limiter.enabled = True
    guesser = Visitor(app)
    told = {"code": "ABCD-ABCD-ABCD", "number": "37", "csrf_token": guesser.token("/verify")}
    codes = [guesser.post_bare("/verify", told).status_code for _ in range(guesses)]
    sys.stdout.write("\n" + " ".join(map(str, codes)))


if __name__ == "__main__":
    main(int(sys.argv[1]))
