# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Version 1: the first tables. Written out, not taken from `schema.py`, which goes on changing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables of version 1."""
    _declarations()
    _sent()
    _received()
    _kept_beside()


def _required(name: str, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default=default)


def _owner(*, nullable: bool = False) -> sa.Column[str]:
    return sa.Column("declaration_id", sa.Text, sa.ForeignKey("declaration.id"), nullable=nullable)


def _declarations() -> None:
    op.create_table(
        "declaration",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("number", sa.Text),
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
        sa.Column("parent_id", sa.Text, sa.ForeignKey("declaration.id")),
    )
    op.create_index("declaration_by_change", "declaration", ["changed_at", "id"])
    op.create_index("declaration_by_state", "declaration", ["state", "changed_at"])
    op.create_table(
        "snapshot",
        sa.Column("declaration_id", sa.Text, sa.ForeignKey("declaration.id"), primary_key=True),
        _required("body"),
        sa.Column("body_version", sa.Integer, nullable=False),
        sa.Column("change_sequence", sa.Integer, nullable=False),
        sa.Column("sha256", sa.LargeBinary, nullable=False),
        _required("saved_at"),
    )
    op.create_table(
        "change_log",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        _required("declaration_id"),
        _required("record"),
        sa.Column("hash", sa.LargeBinary, nullable=False),
    )
    op.create_index("change_log_by_declaration", "change_log", ["declaration_id", "sequence"])


def _sent() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer, primary_key=True),
        _owner(),
        _required("channel"),
        _required("verb"),
        sa.Column("idempotency_key", sa.Text, nullable=False, unique=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        _required("content_type"),
        sa.Column("signature", sa.LargeBinary),
        _required("sha256"),
        _required("created_at"),
        _required("state"),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        _required("next_attempt_at"),
        sa.Column("conversation", sa.Text),
        sa.Column("last_error", sa.Text),
    )
    op.create_index("outbox_by_state", "outbox", ["state", "next_attempt_at"])
    op.create_index("outbox_by_declaration", "outbox", ["declaration_id", "channel"])
    op.create_index("outbox_by_conversation", "outbox", ["channel", "conversation"])
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("outbox_id", sa.Integer, sa.ForeignKey("outbox.id"), nullable=False),
        _required("at"),
        _required("outcome"),
        _required("detail", ""),
    )
    op.create_index("attempt_by_entry", "attempt", ["outbox_id"])


def _received() -> None:
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer, primary_key=True),
        _owner(nullable=True),
        _required("channel"),
        _required("conversation"),
        _required("remote_id"),
        sa.Column("remote_sequence", sa.Integer, nullable=False),
        _required("received_at"),
        _required("content_type"),
        sa.Column("raw", sa.LargeBinary, nullable=False),
        _required("sha256"),
        sa.Column("parsed", sa.Text),
        sa.Column("applied", sa.Boolean, nullable=False),
        sa.UniqueConstraint("channel", "remote_id"),
    )
    op.create_index("answer_by_declaration", "answer", ["declaration_id"])
    op.create_index("answer_by_conversation", "answer", ["channel", "conversation", "remote_sequence"])


def _kept_beside() -> None:
    op.create_table(
        "artefact",
        sa.Column("id", sa.Integer, primary_key=True),
        _owner(),
        _required("name"),
        _required("media_type"),
        sa.Column("content", sa.LargeBinary, nullable=False),
        _required("sha256"),
        _required("created_at"),
    )
    op.create_index("artefact_by_declaration", "artefact", ["declaration_id", "name"])
    op.create_table(
        "event",
        sa.Column("id", sa.Integer, primary_key=True),
        _owner(),
        _required("at"),
        _required("kind"),
        sa.Column("state_before", sa.Text),
        sa.Column("state_after", sa.Text),
        _required("detail"),
    )
    op.create_index("event_by_declaration", "event", ["declaration_id"])
    op.create_table(
        "party",
        sa.Column("id", sa.Text, primary_key=True),
        _required("name"),
        _required("country"),
        _required("tax_number"),
        _required("search"),
        _required("body"),
        _required("changed_at"),
    )
    op.create_index("party_by_name", "party", ["search"])
    op.create_table(
        "mapping",
        sa.Column("name", sa.Text, primary_key=True),
        _required("body"),
        _required("changed_at"),
    )
