# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The line to an office's server on another computer: encrypted, and only with the server that it should be."""

import os
import pwd
import socket
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from swclient.store import open_store
from swclient.store.office import address as addresses
from swclient.store.office.address import Office
from swclient.store.office.server import OfficePlace, OutOfReachError
from tests.store.conftest import new
from tests.store.office import PASSWORD, USER


def authority(name):
    """A certificate authority of the tests: its certificate and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    return signed(name, key.public_key(), (name, key), x509.BasicConstraints(ca=True, path_length=0)), key


def signed(name, public_key, by, extension):
    """A certificate for a day."""
    now = datetime.now(UTC)
    issuer, key = by
    made = x509.CertificateBuilder().subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
    made = made.issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)])).public_key(public_key)
    made = made.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(hours=1))
    made = made.not_valid_after(now + timedelta(days=1)).add_extension(
        extension, critical=isinstance(extension, x509.BasicConstraints)
    )
    return made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


@pytest.fixture(scope="module")
def secured(server, tmp_path_factory):
    """The server with a certificate for 127.0.0.1, and two authorities: its own and a strange one."""
    folder = tmp_path_factory.mktemp("authorities")
    own, own_key = authority("TRAINING office")
    strange, _key = authority("TRAINING stranger")
    (folder / "own.pem").write_bytes(own)
    (folder / "strange.pem").write_bytes(strange)
    key = ec.generate_private_key(ec.SECP256R1())
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    certificate = signed("TRAINING server", key.public_key(), ("TRAINING office", own_key), names)
    plain = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    for name, content in (("server.crt", certificate), ("server.key", secret)):
        file = server.folder / name
        file.write_bytes(content)
        file.chmod(0o600)
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(file, owner.pw_uid, owner.pw_gid)
    server.sql("postgres", "ALTER SYSTEM SET ssl = on")
    server.control("restart", "-m", "fast")
    yield folder
    server.sql("postgres", "ALTER SYSTEM RESET ssl")
    server.control("restart", "-m", "fast")


@pytest.fixture
def far(monkeypatch):
    """Take loopback for another computer."""
    monkeypatch.setattr(addresses, "_here", lambda _host: False)


def office(server, folder, authority_file, host="127.0.0.1"):
    name = f"line_{next(server.numbers)}"
    server.sql("postgres", f"CREATE DATABASE {name}")
    address = f"postgresql://{USER}@{host}:{server.port}/{name}?sslrootcert={authority_file}"
    return Office(address, folder, lambda: PASSWORD)


def test_the_line_is_encrypted_and_the_server_is_proved(server, secured, far, tmp_path):
    where = office(server, tmp_path, secured / "own.pem")
    with open_store(where) as store:
        store.create(new(), actor="declarant")
    connection = OfficePlace(where).connect(read_only=True)
    found = connection.execute("SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()").fetchone()
    connection.close()
    assert found[0]
    assert found[1] in {"TLSv1.2", "TLSv1.3"}


def test_a_server_of_a_strange_authority_is_refused(server, secured, far, tmp_path):
    with pytest.raises(OutOfReachError, match="certificate verify failed"):
        open_store(office(server, tmp_path, secured / "strange.pem"))


def test_a_server_of_another_name_is_refused(server, secured, far, tmp_path):
    assert socket.gethostbyname("localhost") == "127.0.0.1"
    with pytest.raises(OutOfReachError, match="does not match host name"):
        open_store(office(server, tmp_path, secured / "own.pem", host="localhost"))


def test_a_server_that_speaks_in_plain_words_is_not_spoken_to(server, secured, far, tmp_path):
    where = office(server, tmp_path, secured / "own.pem")
    server.sql("postgres", "ALTER SYSTEM SET ssl = off")
    server.control("restart", "-m", "fast")
    try:
        with pytest.raises(OutOfReachError, match="does not support SSL"):
            open_store(where)
    finally:
        server.sql("postgres", "ALTER SYSTEM SET ssl = on")
        server.control("restart", "-m", "fast")
