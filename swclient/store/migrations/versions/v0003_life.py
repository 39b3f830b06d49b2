# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Version 3: the bin, deadlines, what a declaration is to its parent, attached files, errands for other machines."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns and tables of version 3."""
    op.add_column("declaration", sa.Column("relation", sa.Text, nullable=False, server_default=""))
    op.add_column("declaration", sa.Column("due_at", sa.Text))
    op.add_column("declaration", sa.Column("removed_at", sa.Text))
    op.create_index("declaration_by_parent", "declaration", ["parent_id"])
    op.add_column("outbox", sa.Column("package", sa.Text))
    _errands()
    _attachments()


def _required(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _errands() -> None:
    op.create_table(
        "errand",
        sa.Column("id", sa.Integer, primary_key=True),
        _required("package"),
        sa.Column("idempotency_key", sa.Text, nullable=False, unique=True),
        _required("channel"),
        _required("verb"),
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
    op.create_index("errand_by_package", "errand", ["package"])
    op.create_index("errand_by_state", "errand", ["state", "next_attempt_at"])


def _attachments() -> None:
    op.create_table(
        "blob",
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("declaration_id", sa.Text, sa.ForeignKey("declaration.id"), nullable=False),
        sa.Column("sha256", sa.Text, sa.ForeignKey("blob.sha256"), nullable=False),
        _required("name"),
        _required("media_type"),
        sa.Column("document_row", sa.Integer),
        _required("added_at"),
        sa.Column("removed_at", sa.Text),
    )
    op.create_index("attachment_by_declaration", "attachment", ["declaration_id"])
    op.create_index("attachment_by_content", "attachment", ["sha256"])
