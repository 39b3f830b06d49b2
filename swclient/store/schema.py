# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tables of the store, version 5. Portable types only: the same tables run on PostgreSQL.

`schema.sql` beside this file is this module written out for SQLite (`python -m
swclient.store.schema`), so that a new store is made without loading SQLAlchemy; a test fails when
the two differ. Who changes a table here adds a migration and raises `VERSION` in `database.py`.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()


def _required(name: str, default: str | None = None) -> Column[str]:
    return Column(name, Text, nullable=False, server_default=default)


def _owner(*, nullable: bool = False) -> Column[str]:
    return Column("declaration_id", Text, ForeignKey("declaration.id"), nullable=nullable)


declaration = Table(
    "declaration",
    metadata,
    Column("id", Text, primary_key=True),
    Column("number", Text),
    _required("state"),
    _required("kind"),
    _required("profile"),
    _required("profile_version"),
    _required("title", ""),
    _required("consignee", ""),
    _required("total", ""),
    _required("search", ""),
    _required("created_at"),
    _required("changed_at"),
    Column("parent_id", Text, ForeignKey("declaration.id")),
    _required("relation", ""),  # how it stands to its parent: copy, corrects, amends
    Column("due_at", Text),  # when what is expected next is overdue
    Column("removed_at", Text),  # when it was put into the bin
    Index("declaration_by_change", "changed_at", "id"),
    Index("declaration_by_parent", "parent_id"),
    Index("declaration_by_state", "state", "changed_at"),
)

# The body lies apart from the worklist's columns: moving a state must not write a megabyte again.
snapshot = Table(
    "snapshot",
    metadata,
    Column("declaration_id", Text, ForeignKey("declaration.id"), primary_key=True),
    _required("body"),
    Column("body_version", Integer, nullable=False),
    Column("change_sequence", Integer, nullable=False),
    Column("sha256", LargeBinary, nullable=False),
    _required("saved_at"),
)

# No foreign key: the log is the truth and stays even where a declaration is gone.
change_log = Table(
    "change_log",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    _required("declaration_id"),
    _required("record"),
    Column("hash", LargeBinary, nullable=False),
    Index("change_log_by_declaration", "declaration_id", "sequence"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    _owner(),
    _required("channel"),
    _required("verb"),
    Column("idempotency_key", Text, nullable=False, unique=True),
    Column("content", LargeBinary, nullable=False),
    _required("content_type"),
    Column("signature", LargeBinary),
    _required("sha256"),
    _required("created_at"),
    _required("state"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    _required("next_attempt_at"),
    Column("conversation", Text),
    Column("last_error", Text),
    Column("package", Text),  # the sealed package that it went into, if any
    Index("outbox_by_state", "state", "next_attempt_at"),
    Index("outbox_by_declaration", "declaration_id", "channel"),
    Index("outbox_by_conversation", "channel", "conversation"),
)

# What this machine sends for another one: the entries of somebody's sealed package.
errand = Table(
    "errand",
    metadata,
    Column("id", Integer, primary_key=True),
    _required("package"),
    Column("idempotency_key", Text, nullable=False, unique=True),
    _required("channel"),
    _required("verb"),
    Column("content", LargeBinary, nullable=False),
    _required("content_type"),
    Column("signature", LargeBinary),
    _required("sha256"),
    _required("created_at"),
    _required("state"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    _required("next_attempt_at"),
    Column("conversation", Text),
    Column("last_error", Text),
    Index("errand_by_package", "package"),
    Index("errand_by_state", "state", "next_attempt_at"),
)

attempt = Table(
    "attempt",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("outbox_id", Integer, ForeignKey("outbox.id"), nullable=False),
    _required("at"),
    _required("outcome"),
    _required("detail", ""),
    Index("attempt_by_entry", "outbox_id"),
)

answer = Table(
    "answer",
    metadata,
    Column("id", Integer, primary_key=True),
    _owner(nullable=True),
    _required("channel"),
    _required("conversation"),
    _required("remote_id"),
    Column("remote_sequence", Integer, nullable=False),
    _required("received_at"),
    _required("content_type"),
    Column("raw", LargeBinary, nullable=False),
    _required("sha256"),
    Column("parsed", Text),
    Column("applied", Boolean, nullable=False),
    UniqueConstraint("channel", "remote_id"),
    Index("answer_by_declaration", "declaration_id"),
    Index("answer_by_conversation", "channel", "conversation", "remote_sequence"),
)

artefact = Table(
    "artefact",
    metadata,
    Column("id", Integer, primary_key=True),
    _owner(),
    _required("name"),
    _required("media_type"),
    Column("content", LargeBinary, nullable=False),
    _required("sha256"),
    _required("created_at"),
    Index("artefact_by_declaration", "declaration_id", "name"),
)

# The bytes of attached files, each kept once whoever attached it.
blob = Table(
    "blob",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

attachment = Table(
    "attachment",
    metadata,
    Column("id", Integer, primary_key=True),
    _owner(),
    Column("sha256", Text, ForeignKey("blob.sha256"), nullable=False),
    _required("name"),
    _required("media_type"),
    Column("document_row", Integer),  # the row of box 44 that it belongs to, if any
    _required("added_at"),
    Column("removed_at", Text),
    Index("attachment_by_declaration", "declaration_id"),
    Index("attachment_by_content", "sha256"),
)

event = Table(
    "event",
    metadata,
    Column("id", Integer, primary_key=True),
    _owner(),
    _required("at"),
    _required("kind"),
    Column("state_before", Text),
    Column("state_after", Text),
    _required("detail"),
    Index("event_by_declaration", "declaration_id"),
)

party = Table(
    "party",
    metadata,
    Column("id", Text, primary_key=True),
    _required("name"),
    _required("country"),
    _required("tax_number"),
    _required("search"),
    _required("body"),
    _required("changed_at"),
    Index("party_by_name", "search"),
)

mapping = Table(
    "mapping",
    metadata,
    Column("name", Text, primary_key=True),
    _required("body"),
    _required("changed_at"),
)

# Whole and self-standing: a template outlives the declaration it was made of.
template = Table(
    "template",
    metadata,
    Column("id", Text, primary_key=True),
    _required("name"),
    _required("profile"),
    _required("profile_version"),
    _required("created_at"),
    _required("changed_at"),
    Column("removed_at", Text),
    Column("body_version", Integer, nullable=False),
    Column("sha256", LargeBinary, nullable=False),
    _required("body"),
)

# What the user keeps of parties, goods and carriers, each entry whole; the kinds are data (`resources/registers.toml`).
register = Table(
    "register",
    metadata,
    Column("id", Text, primary_key=True),
    _required("kind"),
    _required("name"),
    _required("search"),  # the words by which it is found
    _required("created_at"),
    _required("changed_at"),
    Column("removed_at", Text),
    Column("sha256", LargeBinary, nullable=False),
    _required("body"),
    Index("register_by_kind", "kind"),
)


# What every row outside the log looked like when it was written; see `seals.py`.
seal = Table(
    "seal",
    metadata,
    Column("of_table", Text, primary_key=True),
    Column("row_key", Text, primary_key=True),
    Column("digest", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)


def as_sql() -> str:
    """Return the tables and indexes as SQLite wants them, one statement a paragraph."""
    from sqlalchemy.dialects.sqlite import dialect
    from sqlalchemy.schema import CreateIndex, CreateTable

    sqlite = dialect()
    statements = []
    for table in metadata.sorted_tables:
        statements.append(str(CreateTable(table).compile(dialect=sqlite)))
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        statements += [str(CreateIndex(index).compile(dialect=sqlite)) for index in indexes]
    tidy = ("\n".join(line.rstrip() for line in text.strip().splitlines()) for text in statements)
    return ";\n\n".join(tidy) + ";\n"


if __name__ == "__main__":
    Path(__file__).with_suffix(".sql").write_text(as_sql(), encoding="utf-8")
