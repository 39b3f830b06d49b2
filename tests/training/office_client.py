# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A plain client of the training contract, written from docs/handbook/training.md alone."""

import time
import uuid
from typing import Any

import requests
from lxml import etree

XML = "application/xml; charset=utf-8"
WAIT_SECONDS = 20.0


class OfficeClient:
    """Speaks to a running pair of training offices."""

    def __init__(self, running, client: str = "training:training") -> None:
        name, _, secret = client.partition(":")
        self._client = {"client_id": name, "client_secret": secret}
        self.instructor = {"Authorization": f"Bearer {running.instructor}"}
        self.address = running.address
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.verify = str(running.ca_file)
        self.log_in()

    def close(self) -> None:
        self.session.close()

    def log_in(self) -> None:
        form = {"grant_type": "client_credentials", **self._client}
        answer = self.session.post(self.address + "/oauth/token", data=form, timeout=10)
        self.session.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"

    def get(self, path: str, **named: Any) -> requests.Response:
        return self.session.get(self.address + path, timeout=10, **named)

    def post(self, path: str, body: bytes, headers: dict[str, str]) -> requests.Response:
        return self.session.post(self.address + path, data=body, headers=headers, timeout=10)

    def declare(self, body: bytes, signature: str, key: str = "", **headers: str) -> requests.Response:
        given = {
            "Content-Type": XML,
            "Idempotency-Key": key or str(uuid.uuid4()),
            "X-Signature": signature,
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        return self.post("/customs/declarations", body, given)

    def send(self, path: str, body: bytes, signature: str, key: str = "", form: str = "application/json"):
        """Hand in signed bytes at a path of customs."""
        given = {"Content-Type": form, "Idempotency-Key": key or str(uuid.uuid4()), "X-Signature": signature}
        return self.post(f"/customs/{path}", body, given)

    def set_faults(self, outage: float = 0.0, **faults: str) -> requests.Response:
        """Set faults as the instructor; `__` in a name stands for `@`."""
        named = {name.replace("__", "@"): much for name, much in faults.items()}
        order = {"faults": named, "outage": outage}
        return requests.post(
            self.address + "/faults", json=order, headers=self.instructor, verify=self.session.verify, timeout=10
        )

    def keys(self, **params: Any) -> list[dict[str, Any]]:
        """Return what the ledger knows of each key, as the instructor."""
        answer = requests.get(
            self.address + "/ledger/keys",
            params=params,
            headers=self.instructor,
            verify=self.session.verify,
            timeout=10,
        )
        return answer.json()

    def pay(self, order: dict[str, Any], key: str = "") -> requests.Response:
        key = key or str(uuid.uuid4())
        return self.session.post(
            self.address + "/customs/payments",
            json=order,
            headers={"Idempotency-Key": key},
            timeout=10,
        )

    def state(self, body: bytes, signature: str) -> requests.Response:
        given = {
            "Content-Type": "application/json",
            "Idempotency-Key": str(uuid.uuid4()),
            "X-Signature": signature,
        }
        return self.post("/tax/import-statements", body, given)

    def listed(self, back_end: str, conversation: str, after: int = 0) -> list[dict[str, Any]]:
        params: dict[str, Any] = {"conversation": conversation, "after": after}
        return self.get(f"/{back_end}/notifications", params=params).json()

    def messages(self, conversation: str, until: str) -> list["Message"]:
        """Pull the messages of a customs conversation until a kind has come."""
        deadline = time.monotonic() + WAIT_SECONDS
        found: list[Message] = []
        after = 0
        while time.monotonic() < deadline:
            for row in self.listed("customs", conversation, after):
                after = row["sequence"]
                found.append(Message(self.get(row["url"]).content))
            if any(message.kind == until for message in found):
                return found
            time.sleep(0.01)
        raise AssertionError(f"no {until} came, only {[message.kind for message in found]}")

    def first(self, conversation: str, kind: str) -> "Message":
        """Wait for a message of a kind and return it."""
        found = self.messages(conversation, kind)
        return next(message for message in found if message.kind == kind)

    def tax_answer(self, conversation: str) -> dict[str, Any]:
        deadline = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < deadline:
            rows = self.listed("tax", conversation)
            if rows:
                return self.get(rows[0]["url"]).json()
            time.sleep(0.01)
        raise AssertionError("the tax office did not answer")


class Message:
    """One XML message: its bytes, the local name of its root, and texts by local names."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.root = etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True))
        self.kind = self.root.tag.rpartition("}")[2]

    def text(self, path: str) -> str:
        return self.texts(path)[0]

    def texts(self, path: str) -> list[str]:
        wild = "/".join("{*}" + name for name in path.split("/"))
        return [found.text or "" for found in self.root.findall(wild)]

    def all(self, path: str) -> list[etree._Element]:
        return self.root.findall("/".join("{*}" + name for name in path.split("/")))


def texts_of(element: etree._Element) -> dict[str, str]:
    """Return the texts of the leaves of an element by local name."""
    return {leaf.tag.rpartition("}")[2]: leaf.text or "" for leaf in element.iter() if not len(leaf)}
