# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The address of an office's store, and the words in which its server is spoken to."""

import pytest

from swclient.base.errors import UserError
from swclient.store.office.address import is_address, told_to_driver

pytest.importorskip("psycopg", reason="the part “office” is not installed")
from swclient.store.office.connection import translated


class TestAddress:
    def test_a_password_in_the_address_is_refused(self):
        for address in ("postgresql://me:secret@127.0.0.1/x", "postgresql://me@127.0.0.1/x?password=secret"):
            with pytest.raises(UserError, match="password"):
                told_to_driver(address)

    def test_another_computer_must_prove_who_it_is(self):
        told = told_to_driver("postgresql://me@db.office.example/declarations")
        assert (told["sslmode"], told["sslrootcert"]) == ("verify-full", "system")
        own = told_to_driver("postgresql://me@10.0.0.5/declarations?sslrootcert=/etc/office.pem")
        assert (own["sslmode"], own["sslrootcert"]) == ("verify-full", "/etc/office.pem")
        for mode in ("disable", "prefer", "require", "verify-ca"):
            with pytest.raises(UserError, match="verify-full"):
                told_to_driver(f"postgresql://me@db.office.example/declarations?sslmode={mode}")

    @pytest.mark.parametrize("wrong", ["postgresql://me@host", "postgresql://me@host:port/x", "postgresql:///"])
    def test_what_is_no_address_is_told(self, wrong):
        with pytest.raises(UserError, match="is no address"):
            told_to_driver(wrong)

    def test_an_address_is_known_from_a_file(self):
        assert is_address("postgresql://me@host/x")
        assert not is_address("C:/declarations.db")


def test_statements_are_put_into_the_servers_words():
    assert translated("SELECT CAST(body AS BLOB) FROM snapshot WHERE id = ?") == (
        "SELECT convert_to(body, 'UTF8') FROM snapshot WHERE id = %s"
    )
    assert translated("x WHERE instr(search, ?) AND a % 2") == "x WHERE strpos(search, %s) > 0 AND a %% 2"
