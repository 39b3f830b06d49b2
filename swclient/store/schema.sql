CREATE TABLE blob (
	sha256 TEXT NOT NULL,
	size INTEGER NOT NULL,
	content BLOB NOT NULL,
	PRIMARY KEY (sha256)
);

CREATE TABLE change_log (
	sequence INTEGER NOT NULL,
	declaration_id TEXT NOT NULL,
	record TEXT NOT NULL,
	hash BLOB NOT NULL,
	PRIMARY KEY (sequence)
);

CREATE INDEX change_log_by_declaration ON change_log (declaration_id, sequence);

CREATE TABLE declaration (
	id TEXT NOT NULL,
	number TEXT,
	state TEXT NOT NULL,
	kind TEXT NOT NULL,
	profile TEXT NOT NULL,
	profile_version TEXT NOT NULL,
	title TEXT DEFAULT '' NOT NULL,
	consignee TEXT DEFAULT '' NOT NULL,
	total TEXT DEFAULT '' NOT NULL,
	search TEXT DEFAULT '' NOT NULL,
	created_at TEXT NOT NULL,
	changed_at TEXT NOT NULL,
	parent_id TEXT,
	relation TEXT DEFAULT '' NOT NULL,
	due_at TEXT,
	removed_at TEXT,
	PRIMARY KEY (id),
	FOREIGN KEY(parent_id) REFERENCES declaration (id)
);

CREATE INDEX declaration_by_change ON declaration (changed_at, id);

CREATE INDEX declaration_by_parent ON declaration (parent_id);

CREATE INDEX declaration_by_state ON declaration (state, changed_at);

CREATE TABLE errand (
	id INTEGER NOT NULL,
	package TEXT NOT NULL,
	idempotency_key TEXT NOT NULL,
	channel TEXT NOT NULL,
	verb TEXT NOT NULL,
	content BLOB NOT NULL,
	content_type TEXT NOT NULL,
	signature BLOB,
	sha256 TEXT NOT NULL,
	created_at TEXT NOT NULL,
	state TEXT NOT NULL,
	attempts INTEGER DEFAULT '0' NOT NULL,
	next_attempt_at TEXT NOT NULL,
	conversation TEXT,
	last_error TEXT,
	PRIMARY KEY (id),
	UNIQUE (idempotency_key)
);

CREATE INDEX errand_by_package ON errand (package);

CREATE INDEX errand_by_state ON errand (state, next_attempt_at);

CREATE TABLE mapping (
	name TEXT NOT NULL,
	body TEXT NOT NULL,
	changed_at TEXT NOT NULL,
	PRIMARY KEY (name)
);

CREATE TABLE party (
	id TEXT NOT NULL,
	name TEXT NOT NULL,
	country TEXT NOT NULL,
	tax_number TEXT NOT NULL,
	search TEXT NOT NULL,
	body TEXT NOT NULL,
	changed_at TEXT NOT NULL,
	PRIMARY KEY (id)
);

CREATE INDEX party_by_name ON party (search);

CREATE TABLE register (
	id TEXT NOT NULL,
	kind TEXT NOT NULL,
	name TEXT NOT NULL,
	search TEXT NOT NULL,
	created_at TEXT NOT NULL,
	changed_at TEXT NOT NULL,
	removed_at TEXT,
	sha256 BLOB NOT NULL,
	body TEXT NOT NULL,
	PRIMARY KEY (id)
);

CREATE INDEX register_by_kind ON register (kind);

CREATE TABLE seal (
	of_table TEXT NOT NULL,
	row_key TEXT NOT NULL,
	digest BLOB NOT NULL,
	PRIMARY KEY (of_table, row_key)
)
 WITHOUT ROWID;

CREATE TABLE template (
	id TEXT NOT NULL,
	name TEXT NOT NULL,
	profile TEXT NOT NULL,
	profile_version TEXT NOT NULL,
	created_at TEXT NOT NULL,
	changed_at TEXT NOT NULL,
	removed_at TEXT,
	body_version INTEGER NOT NULL,
	sha256 BLOB NOT NULL,
	body TEXT NOT NULL,
	PRIMARY KEY (id)
);

CREATE TABLE answer (
	id INTEGER NOT NULL,
	declaration_id TEXT,
	channel TEXT NOT NULL,
	conversation TEXT NOT NULL,
	remote_id TEXT NOT NULL,
	remote_sequence INTEGER NOT NULL,
	received_at TEXT NOT NULL,
	content_type TEXT NOT NULL,
	raw BLOB NOT NULL,
	sha256 TEXT NOT NULL,
	parsed TEXT,
	applied BOOLEAN NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (channel, remote_id),
	FOREIGN KEY(declaration_id) REFERENCES declaration (id)
);

CREATE INDEX answer_by_conversation ON answer (channel, conversation, remote_sequence);

CREATE INDEX answer_by_declaration ON answer (declaration_id);

CREATE TABLE artefact (
	id INTEGER NOT NULL,
	declaration_id TEXT NOT NULL,
	name TEXT NOT NULL,
	media_type TEXT NOT NULL,
	content BLOB NOT NULL,
	sha256 TEXT NOT NULL,
	created_at TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(declaration_id) REFERENCES declaration (id)
);

CREATE INDEX artefact_by_declaration ON artefact (declaration_id, name);

CREATE TABLE attachment (
	id INTEGER NOT NULL,
	declaration_id TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	name TEXT NOT NULL,
	media_type TEXT NOT NULL,
	document_row INTEGER,
	added_at TEXT NOT NULL,
	removed_at TEXT,
	PRIMARY KEY (id),
	FOREIGN KEY(declaration_id) REFERENCES declaration (id),
	FOREIGN KEY(sha256) REFERENCES blob (sha256)
);

CREATE INDEX attachment_by_content ON attachment (sha256);

CREATE INDEX attachment_by_declaration ON attachment (declaration_id);

CREATE TABLE event (
	id INTEGER NOT NULL,
	declaration_id TEXT NOT NULL,
	at TEXT NOT NULL,
	kind TEXT NOT NULL,
	state_before TEXT,
	state_after TEXT,
	detail TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(declaration_id) REFERENCES declaration (id)
);

CREATE INDEX event_by_declaration ON event (declaration_id);

CREATE TABLE outbox (
	id INTEGER NOT NULL,
	declaration_id TEXT NOT NULL,
	channel TEXT NOT NULL,
	verb TEXT NOT NULL,
	idempotency_key TEXT NOT NULL,
	content BLOB NOT NULL,
	content_type TEXT NOT NULL,
	signature BLOB,
	sha256 TEXT NOT NULL,
	created_at TEXT NOT NULL,
	state TEXT NOT NULL,
	attempts INTEGER DEFAULT '0' NOT NULL,
	next_attempt_at TEXT NOT NULL,
	conversation TEXT,
	last_error TEXT,
	package TEXT,
	PRIMARY KEY (id),
	FOREIGN KEY(declaration_id) REFERENCES declaration (id),
	UNIQUE (idempotency_key)
);

CREATE INDEX outbox_by_conversation ON outbox (channel, conversation);

CREATE INDEX outbox_by_declaration ON outbox (declaration_id, channel);

CREATE INDEX outbox_by_state ON outbox (state, next_attempt_at);

CREATE TABLE snapshot (
	declaration_id TEXT NOT NULL,
	body TEXT NOT NULL,
	body_version INTEGER NOT NULL,
	change_sequence INTEGER NOT NULL,
	sha256 BLOB NOT NULL,
	saved_at TEXT NOT NULL,
	PRIMARY KEY (declaration_id),
	FOREIGN KEY(declaration_id) REFERENCES declaration (id)
);

CREATE TABLE attempt (
	id INTEGER NOT NULL,
	outbox_id INTEGER NOT NULL,
	at TEXT NOT NULL,
	outcome TEXT NOT NULL,
	detail TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(outbox_id) REFERENCES outbox (id)
);

CREATE INDEX attempt_by_entry ON attempt (outbox_id);
