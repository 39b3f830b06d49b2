# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The recovery key: read as it was written, and mistakes told by their group."""

import random

import pytest

from swclient.base.errors import UserError
from swclient.store.vault import keys


class TestKeys:
    def test_a_recovery_key_is_read_as_it_was_written(self):
        for _ in range(50):
            key = keys.new_key()
            assert keys.read(keys.written(key)) == key
            assert keys.read(keys.written(key).lower().replace(" ", "-").replace("0", "o").replace("1", "l")) == key

    def test_every_single_mistake_and_every_swap_of_neighbours_is_told_by_its_group(self):
        letters = keys.written(keys.Key(bytes(random.Random(7).randbytes(32)))).replace(" ", "")
        told = tried = 0
        for place, letter in enumerate(letters):
            wrongs = [letters[:place] + each + letters[place + 1 :] for each in keys._LETTERS if each != letter]
            if letters[place + 1 : place + 2] not in {"", letter}:
                wrongs.append(letters[:place] + letters[place + 1] + letter + letters[place + 2 :])
            for wrong in wrongs:
                tried += 1
                with pytest.raises(UserError) as error:
                    keys.read(wrong)
                told += f"Group {place // 5 + 1} " in str(error.value)
        assert tried > 2000
        assert told > tried * 0.9  # a swap over the border of two groups, or one in the last, is told otherwise

    def test_groups_in_another_order_or_of_another_sheet_are_refused(self):
        one, other = (keys.written(keys.new_key()).split() for _ in range(2))
        for wrong in ([one[1], one[0], *one[2:]], [*one[:5], *other[5:]], one[:-1]):
            with pytest.raises(UserError):
                keys.read(" ".join(wrong))

    def test_a_key_shows_itself_nowhere(self):
        key = keys.new_key()
        for text in (repr(key), str(key), f"{key}"):
            assert key.raw.hex() not in text
            assert keys.written(key).split()[0] not in text
