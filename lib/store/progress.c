/* progress - how far a program that goes through a growing table has come */
#include <stdio.h>
#include <stdlib.h>

#include "store/progress.h"

DB_SQL(PROGRESS_GET, "SELECT id, rules FROM progress WHERE name = :name");
DB_SQL(PROGRESS_SET, "INSERT INTO progress (name, id, rules) VALUES (:name, :id, :rules) "
    "ON CONFLICT (name) DO UPDATE SET id = excluded.id, rules = excluded.rules");

int
progress_get(struct db *db, const char *name, int64_t *id, uint64_t *rules, struct err *e)
{
	struct stmt *s = db_stmt(db, &PROGRESS_GET, e);
	int got;

	*id = 0;
	*rules = 0;
	if (s == NULL)
		return -1;
	stmt_text(s, ":name", name);
	got = stmt_step(s, e);
	if (got > 0) {
		*id = stmt_col_int(s, 0);
		*rules = strtoull(stmt_col_text(s, 1), NULL, 16);
		stmt_reset(s);
	}
	return got;
}

int
progress_set(struct db *db, const char *name, int64_t id, uint64_t rules, struct err *e)
{
	struct stmt *s = db_stmt(db, &PROGRESS_SET, e);
	char hash[17];

	if (s == NULL)
		return -1;
	snprintf(hash, sizeof(hash), "%016llx", (unsigned long long)rules);
	stmt_text(s, ":name", name);
	stmt_int(s, ":id", id);
	stmt_text(s, ":rules", hash);
	return stmt_run(s, e);
}
