/* place - how far a followed file was read */
#include <nettle/sha2.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/place.h"

enum { TAIL = 1024 };

DB_SQL(PLACE_FIND, "SELECT size, modified_ns, read_to, line, digest FROM place "
    "WHERE device = :device AND inode = :inode");
DB_SQL(PLACE_PUT, "INSERT INTO place (device, inode, folder, size, modified_ns, read_to, "
    "line, digest) VALUES (:device, :inode, :folder, :size, :modified_ns, :read_to, :line, "
    ":digest) ON CONFLICT (device, inode) DO UPDATE SET folder = excluded.folder, "
    "size = excluded.size, modified_ns = excluded.modified_ns, "
    "read_to = excluded.read_to, line = excluded.line, digest = excluded.digest");
DB_SQL(PLACE_OF_FOLDER, "SELECT inode FROM place WHERE device = :device "
    "AND folder = :folder ORDER BY inode");
DB_SQL(PLACE_DROP, "DELETE FROM place WHERE device = :device AND inode = :inode");

void
place_of(const struct stat *st, uint64_t folder, struct place *p)
{
	*p = (struct place){ .device = st->st_dev, .inode = st->st_ino, .folder = folder,
		.size = st->st_size, .modified_ns = st->st_mtim.tv_sec * INT64_C(1000000000) +
		st->st_mtim.tv_nsec };
}

/* The bytes before OFFSET as a digest; false when a line does not end there. */
static bool
digest_before(int fd, uint64_t offset, char out[PLACE_DIGEST])
{
	static const char hex[] = "0123456789abcdef";
	size_t len = offset < TAIL ? (size_t)offset : TAIL;
	uint8_t digest[SHA256_DIGEST_SIZE];
	struct sha256_ctx h;
	char tail[TAIL];
	int i;

	if (len == 0 || pread(fd, tail, len, (off_t)(offset - len)) != (ssize_t)len ||
	    tail[len - 1] != '\n')
		return false;
	sha256_init(&h);
	sha256_update(&h, len, (const uint8_t *)tail);
	sha256_digest(&h, sizeof(digest), digest);
	for (i = 0; i < (PLACE_DIGEST - 1) / 2; i++) {
		out[2 * i] = hex[digest[i] >> 4];
		out[2 * i + 1] = hex[digest[i] & 15];
	}
	out[PLACE_DIGEST - 1] = '\0';
	return true;
}

void
place_mark(struct place *p, int fd, const struct intake_place *at)
{
	p->at = *at;
	if (digest_before(fd, at->offset, p->digest))
		return;
	p->at = (struct intake_place){ 0, 0 };
	p->digest[0] = '\0';
}

bool
place_known(struct place *p, const struct place *was, int fd)
{
	char digest[PLACE_DIGEST];
	uint64_t size = (uint64_t)p->size, offset = was->at.offset;

	p->at = (struct intake_place){ 0, 0 };
	if (offset > 0 && (offset > size || !digest_before(fd, offset, digest) ||
	    strcmp(digest, was->digest) != 0))
		return false;
	p->at = was->at;
	return was->size == p->size && was->modified_ns == p->modified_ns &&
	    (offset == 0 || offset == size);
}

int
place_find(struct db *db, struct place *p, int fd, bool *known, struct err *e)
{
	struct stmt *s = db_stmt(db, &PLACE_FIND, e);
	struct place was = { .fd = -1 };
	int got;

	*known = false;
	if (s == NULL)
		return -1;
	stmt_int(s, ":device", (int64_t)p->device);
	stmt_int(s, ":inode", (int64_t)p->inode);
	if ((got = stmt_step(s, e)) <= 0)
		return got;
	was.size = stmt_col_int(s, 0);
	was.modified_ns = stmt_col_int(s, 1);
	was.at.offset = (uint64_t)stmt_col_int(s, 2);
	was.at.line = (size_t)stmt_col_int(s, 3);
	if (!stmt_col_null(s, 4) && stmt_col_len(s, 4) < PLACE_DIGEST)
		memcpy(was.digest, stmt_col_text(s, 4), stmt_col_len(s, 4) + 1);
	stmt_reset(s);
	*known = place_known(p, &was, fd);
	return 1;
}

int
place_put(struct db *db, const struct place *p, struct err *e)
{
	struct stmt *s = db_stmt(db, &PLACE_PUT, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":device", (int64_t)p->device);
	stmt_int(s, ":inode", (int64_t)p->inode);
	stmt_int(s, ":folder", (int64_t)p->folder);
	stmt_int(s, ":size", p->size);
	stmt_int(s, ":modified_ns", p->modified_ns);
	stmt_int(s, ":read_to", (int64_t)p->at.offset);
	stmt_int(s, ":line", (int64_t)p->at.line);
	stmt_text(s, ":digest", p->digest[0] != '\0' ? p->digest : NULL);
	return stmt_run(s, e);
}

static int
drop(struct db *db, uint64_t device, int64_t inode, struct err *e)
{
	struct stmt *s = db_stmt(db, &PLACE_DROP, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":device", (int64_t)device);
	stmt_int(s, ":inode", inode);
	return stmt_run(s, e);
}

int
place_forget(struct db *db, uint64_t device, uint64_t folder, const struct map *seen,
    struct err *e)
{
	struct stmt *s;
	struct arena gone = ARENA_INIT;
	struct entry { int64_t inode; struct entry *next; } *first = NULL, *entry;
	int got;

	if ((s = db_stmt(db, &PLACE_OF_FOLDER, e)) == NULL)
		return -1;
	stmt_int(s, ":device", (int64_t)device);
	stmt_int(s, ":folder", (int64_t)folder);
	while ((got = stmt_step(s, e)) > 0) {
		uint64_t inode = (uint64_t)stmt_col_int(s, 0);

		if (map_get(seen, &inode, sizeof(inode)) != NULL)
			continue;
		entry = arena_alloc(&gone, sizeof(*entry));
		*entry = (struct entry){ (int64_t)inode, first };
		first = entry;
	}
	for (entry = first; entry != NULL && got == 0; entry = entry->next)
		got = drop(db, device, entry->inode, e);
	arena_release(&gone);
	return got;
}
