import os
from tests.window.test_languages_room import *


def test_all(hands, tmp_path):
    f = walk(hands, tmp_path, tuple(os.environ["LANGS"].split(",")), ((1024, 700), (1366, 768)))
    for a, b in sorted(f.items()):
        print(a, "|", b)
