/* image - every disk a power loss could leave behind, and whether it holds what was promised
 *
 *   image [-r ROUNDS] [-s STEP] [-x SEED] [-b BASE] [-w WITH] LOG FOLDER DATABASE KEY SQL
 *
 * LOG is what preload.c noted of one program.  At each point of it the power fails: what
 * was synced is on the disk, of what was not any part may be.  The files as they would be
 * then (nothing of the rest, all of it, ROUNDS times a random part with one write torn)
 * are put into FOLDER, DATABASE is opened, and each KEY printed until then (in a line that
 * has WITH in it) must be among the rows of SQL.  BASE is what DATABASE was at the start;
 * with STEP only each so many writes is such a point.  Prints "images N acknowledged N
 * lost N damaged N"; exits with 1 if anything was lost or damaged.
 */
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/mem.h"
#include "record.h"

enum { FILES = 8, SECTOR = 512 };
enum part { PART_NONE, PART_ALL, PART_RANDOM };

struct op {
	struct record r;
	const char *data;
};

struct file {
	char name[64];
	bool is_there, name_synced;
	struct buf disk;	/* what was synced */
	struct op *late;	/* what was not */
	size_t n, cap;
};

struct disk {
	struct file files[FILES];
	size_t n;
	struct map acked;
	struct buf line;
	uint64_t random;
	const char *folder, *database, *key, *sql, *with;
	int rounds;
};

struct tally {
	unsigned long images, lost, damaged;
};

static uint64_t
next_random(struct disk *d)
{
	d->random ^= d->random << 13;
	d->random ^= d->random >> 7;
	d->random ^= d->random << 17;
	return d->random;
}

static struct file *
file_of(struct disk *d, const char *name, size_t len)
{
	struct file *f;
	size_t i;

	for (i = 0; i < d->n; i++)
		if (strlen(d->files[i].name) == len && memcmp(d->files[i].name, name, len) == 0)
			return &d->files[i];
	if (d->n == FILES || len >= sizeof(f->name)) {
		fprintf(stderr, "image: too many files\n");
		exit(70);
	}
	f = &d->files[d->n++];
	memcpy(f->name, name, len);
	f->is_there = true;
	return f;
}

/* Applies OP to the bytes of a file; LEN of its bytes reach the disk. */
static void
apply(struct buf *b, const struct op *op, size_t len)
{
	size_t end = op->r.kind == RECORD_TRUNCATE ? op->r.off : op->r.off + len;

	if (end > b->len) {
		memset(buf_room(b, end - b->len), 0, end - b->len);
		b->len = end;
	}
	if (op->r.kind == RECORD_TRUNCATE)
		b->len = end;
	else
		memcpy(b->p + op->r.off, op->data, len);
}

static void
settle(struct file *f)
{
	size_t i;

	for (i = 0; i < f->n; i++)
		apply(&f->disk, &f->late[i], f->late[i].r.len);
	f->n = 0;
}

static void
hold(struct file *f, const struct op *op)
{
	if (f->n == f->cap) {
		f->cap = f->cap ? f->cap * 2 : 64;
		f->late = xrealloc(f->late, f->cap * sizeof(*f->late));
	}
	f->late[f->n++] = *op;
}

/* The last "KEY":value of a printed line, without quotes. */
static void
acknowledge(struct disk *d, const char *line)
{
	char name[64];
	const char *at = NULL, *p = line;
	size_t len;

	snprintf(name, sizeof(name), "\"%s\":", d->key);
	while ((p = strstr(p, name)) != NULL)
		at = p += strlen(name);
	if (at == NULL || strstr(line, d->with) == NULL)
		return;
	at += *at == '"';
	len = strcspn(at, "\",}");
	map_put(&d->acked, at, len, NULL)->num = 1;
}

static void
take_output(struct disk *d, const char *p, size_t len)
{
	char *nl;

	buf_add(&d->line, p, len);
	while ((nl = memchr(d->line.p, '\n', d->line.len)) != NULL) {
		*nl = '\0';
		acknowledge(d, d->line.p);
		d->line.len -= (size_t)(nl + 1 - d->line.p);
		memmove(d->line.p, nl + 1, d->line.len);
	}
}

static void
follow(struct disk *d, const struct op *op, const char *name)
{
	struct file *f = op->r.kind == RECORD_ACK || op->r.kind == RECORD_SYNC_FOLDER ? NULL :
	    file_of(d, name, op->r.name_len);
	size_t i;

	switch (op->r.kind) {
	case RECORD_CREATE:
		f->is_there = true;
		f->n = f->disk.len = 0;
		break;
	case RECORD_WRITE:
	case RECORD_TRUNCATE:
		hold(f, op);
		break;
	case RECORD_SYNC:
		settle(f);
		break;
	case RECORD_SYNC_FOLDER:
		for (i = 0; i < d->n; i++)
			d->files[i].name_synced = d->files[i].is_there;
		break;
	case RECORD_UNLINK:
		f->is_there = false;
		break;
	default:
		take_output(d, op->data, op->r.len);
	}
}

/* The file's bytes if the power fails now. */
static void
content(struct disk *d, const struct file *f, enum part part, struct buf *b)
{
	size_t i, torn = part == PART_RANDOM && f->n > 0 ? next_random(d) % f->n : f->n;

	buf_clear(b);
	buf_add(b, f->disk.p != NULL ? f->disk.p : "", f->disk.len);
	for (i = 0; i < f->n && part != PART_NONE; i++) {
		size_t len = f->late[i].r.len;

		if (part == PART_RANDOM && next_random(d) % 2 == 0)
			continue;
		if (i == torn && len > SECTOR)
			len = next_random(d) % (len / SECTOR) * SECTOR;
		apply(b, &f->late[i], len);
	}
}

static void
build(struct disk *d, enum part part)
{
	struct buf b = BUF_INIT, path = BUF_INIT;
	size_t i;

	for (i = 0; i < d->n; i++) {
		struct file *f = &d->files[i];
		bool there = part == PART_NONE ? f->name_synced : part == PART_ALL ? f->is_there :
		    f->name_synced == f->is_there ? f->is_there : next_random(d) % 2 == 0;
		FILE *out;

		buf_clear(&path);
		buf_fmt(&path, "%s/%s", d->folder, f->name);
		unlink(path.p);
		if (!there)
			continue;
		content(d, f, part, &b);
		out = fopen(path.p, "w");
		if (out == NULL || fwrite(b.p, 1, b.len, out) != b.len || fclose(out) != 0) {
			perror(path.p);
			exit(74);
		}
	}
	buf_release(&b);
	buf_release(&path);
}

/* How many of the keys printed are not among the rows; -1 when it cannot be read. */
static long
lost_rows(const struct disk *d, sqlite3 *db)
{
	struct map have = MAP_INIT;
	struct map_slot *slot;
	sqlite3_stmt *s = NULL;
	size_t at = 0;
	long lost = 0;
	int rc = sqlite3_prepare_v2(db, d->sql, -1, &s, NULL);

	while (rc == SQLITE_OK && (rc = sqlite3_step(s)) == SQLITE_ROW) {
		const char *text = (const char *)sqlite3_column_text(s, 0);

		map_put(&have, text, strlen(text), NULL);
		rc = SQLITE_OK;
	}
	sqlite3_finalize(s);
	/* Power may fail before there is a table: nothing was promised then. */
	if (rc != SQLITE_DONE && d->acked.n > 0)
		lost = -1;
	while (lost >= 0 && (slot = map_each(&d->acked, &at)) != NULL)
		lost += map_get(&have, slot->key, slot->len) == NULL;
	map_release(&have);
	return lost;
}

static bool
is_sound(sqlite3 *db)
{
	sqlite3_stmt *s = NULL;
	bool sound = sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &s, NULL) == SQLITE_OK &&
	    sqlite3_step(s) == SQLITE_ROW &&
	    strcmp((const char *)sqlite3_column_text(s, 0), "ok") == 0;

	sqlite3_finalize(s);
	return sound;
}

static void
look(struct disk *d, struct tally *t)
{
	struct buf path = BUF_INIT, shm = BUF_INIT;
	sqlite3 *db;
	long lost;

	buf_fmt(&path, "%s/%s", d->folder, d->database);
	buf_fmt(&shm, "%s-shm", path.p);
	unlink(shm.p);
	sqlite3_open(path.p, &db);
	sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	lost = lost_rows(d, db);
	t->images++;
	t->lost += lost > 0 ? (unsigned long)lost : 0;
	t->damaged += lost < 0 || !is_sound(db);
	sqlite3_close(db);
	buf_release(&path);
	buf_release(&shm);
}

static struct buf
read_all(const char *path)
{
	struct buf b = BUF_INIT;
	FILE *in = fopen(path, "r");
	size_t n;

	if (in == NULL) {
		perror(path);
		exit(66);
	}
	while ((n = fread(buf_room(&b, 1 << 20), 1, 1 << 20, in)) > 0)
		b.len += n;
	fclose(in);
	return b;
}

static void
start_with(struct disk *d, const char *base)
{
	struct file *f = file_of(d, d->database, strlen(d->database));

	f->disk = read_all(base);
	f->name_synced = true;
}

static void
fail_here(struct disk *d, struct tally *t)
{
	int i;

	for (i = 0; i < 2 + d->rounds; i++) {
		build(d, i < 2 ? (enum part)i : PART_RANDOM);
		look(d, t);
	}
}

static void
replay(struct disk *d, const struct buf *log, unsigned long step, struct tally *t)
{
	unsigned long n = 0;
	size_t at = 0;

	while (at + sizeof(struct record) <= log->len) {
		struct op op;
		const char *name = log->p + at + sizeof(op.r);

		memcpy(&op.r, log->p + at, sizeof(op.r));
		op.data = name + op.r.name_len;
		at += sizeof(op.r) + op.r.name_len +
		    (op.r.kind == RECORD_WRITE || op.r.kind == RECORD_ACK ? op.r.len : 0);
		follow(d, &op, name);
		if (op.r.kind != RECORD_WRITE || n++ % step == 0)
			fail_here(d, t);
	}
}

static void
usage(void)
{
	fprintf(stderr, "usage: image [-r ROUNDS] [-s STEP] [-x SEED] [-b BASE] [-w WITH] "
	    "LOG FOLDER DATABASE KEY SQL\n");
	exit(64);
}

int
main(int argc, char **argv)
{
	struct disk d = { .acked = MAP_INIT, .line = BUF_INIT, .rounds = 2, .with = "",
		.random = 88172645463325252u };
	struct tally t = { 0, 0, 0 };
	unsigned long step = 1;
	const char *base = NULL;
	struct buf log;
	int c;

	while ((c = getopt(argc, argv, "r:s:x:b:w:")) != -1) {
		switch (c) {
		case 'r': d.rounds = (int)strtol(optarg, NULL, 10); break;
		case 's': step = strtoul(optarg, NULL, 10); break;
		case 'x': d.random += strtoul(optarg, NULL, 10); break;
		case 'b': base = optarg; break;
		case 'w': d.with = optarg; break;
		default: usage();
		}
	}
	if (argc - optind != 5)
		usage();
	log = read_all(argv[optind]);
	d.folder = argv[optind + 1];
	d.database = argv[optind + 2];
	d.key = argv[optind + 3];
	d.sql = argv[optind + 4];
	if (base != NULL)
		start_with(&d, base);
	replay(&d, &log, step, &t);
	printf("images %lu acknowledged %zu lost %lu damaged %lu\n", t.images, d.acked.n, t.lost,
	    t.damaged);
	return t.lost + t.damaged > 0 || t.images == 0 || d.acked.n == 0;
}
