/* erase_files - what holds a person outside the database */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <nettle/base64.h>

#include "store/erase_files.h"
#include "stream/jsonl.h"
#include "stream/rec.h"

enum { BLOCK = 1024 * 1024, OVERLAP = 4096 };

static int
fail(const char *path, struct err *e)
{
	return err_set(e, errno == EACCES ? ERR_PERM : ERR_IO, "%s: %s", path, strerror(errno));
}

/* The bytes a line of rejects keeps, decoded. */
static bool
raw_has(struct needles *n, const struct node *root)
{
	const char *raw = node_as_text(node_get(root, "raw"));
	const char *coded = node_as_text(node_get(root, "raw_base64"));
	struct base64_decode_ctx ctx;
	struct buf bytes = BUF_INIT;
	size_t len = 0;
	bool has;

	if (raw != NULL)
		return needles_in(n, raw, strlen(raw), true);
	if (coded == NULL)
		return false;
	base64_decode_init(&ctx);
	buf_room(&bytes, BASE64_DECODE_LENGTH(strlen(coded)) + 1);
	if (!base64_decode_update(&ctx, &len, (uint8_t *)bytes.p, strlen(coded), coded))
		len = 0;
	has = needles_in(n, bytes.p, len, true);
	buf_release(&bytes);
	return has;
}

/* LINE as it may stay, in OUT. */
static bool
blank_line(struct needles *n, const char *line, size_t len, struct buf *out)
{
	struct err ignored;
	struct node *root = node_parse(line, len, &ignored);
	bool has = raw_has(n, root) || needles_in(n, line, len, true);
	int64_t at = 0;

	if (has) {
		node_as_int(node_get(root, "line"), &at);
		buf_fmt(out, "{\"line\":%lld,\"error\":\"erased\",\"raw\":\"\"}", (long long)at);
	} else {
		buf_add(out, line, len);
	}
	buf_char(out, '\n');
	node_free(root);
	return has;
}

static int
replace(const char *path, const struct buf *text, struct err *e)
{
	struct buf temp = BUF_INIT;
	FILE *f;
	int bad = 0, fd;

	buf_fmt(&temp, "%s.erasing", path);
	unlink(temp.p);
	fd = open(temp.p, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	f = fd >= 0 ? fdopen(fd, "w") : NULL;
	if (f == NULL || fwrite(buf_cstr(text), 1, text->len, f) != text->len ||
	    fflush(f) != 0 || fsync(fd) != 0 || rename(temp.p, path) != 0)
		bad = fail(path, e);
	if (f != NULL)
		fclose(f);
	if (bad < 0)
		unlink(temp.p);
	buf_release(&temp);
	return bad;
}

int
erase_rejects(struct needles *n, const char *path, int *lines, struct err *e)
{
	struct buf text = BUF_INIT;
	struct lines in;
	char *line;
	size_t len;
	int got;

	*lines = 0;
	if (access(path, F_OK) != 0)
		return 0;
	if (lines_open(&in, path, e) < 0)
		return -1;
	while ((got = lines_next(&in, &line, &len, e)) > 0)
		*lines += blank_line(n, line, len, &text);
	lines_close(&in);
	if (got == 0 && *lines > 0)
		got = replace(path, &text, e);
	buf_release(&text);
	return got;
}

int
erase_attachments(const struct needles *n, const char *dir, int *files, struct err *e)
{
	size_t i;
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC), bad = 0;

	*files = 0;
	if (fd < 0)
		return fail(dir, e);
	for (i = 0; i < n->n && bad == 0; i++) {
		const struct needle *k = &n->v[i];

		if (k->kind != NEEDLE_FILE || k->seen || strchr(k->text, '/') != NULL)
			continue;
		if (unlinkat(fd, k->text, 0) == 0)
			++*files;
		else if (errno != ENOENT)
			bad = fail(k->text, e);
	}
	close(fd);
	return bad;
}

/* True if FD has a needle; blocks overlap, so that none is cut in two. */
static bool
file_has(struct needles *n, int fd)
{
	char *block = xmalloc(BLOCK + OVERLAP);
	size_t kept = 0;
	ssize_t got;
	bool has = false;

	while (!has && (got = read(fd, block + kept, BLOCK)) > 0) {
		size_t len = kept + (size_t)got;

		has = needles_in(n, block, len, false);
		kept = len < OVERLAP ? len : OVERLAP;
		memmove(block, block + len - kept, kept);
	}
	free(block);
	return has;
}

static int
search_one(struct needles *n, int dir, const char *name, const char *base,
    struct buf *found)
{
	int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	size_t len = strlen(base);
	struct stat st;
	bool has = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && file_has(n, fd);

	if (fd >= 0)
		close(fd);
	/* The copy that a migration made of what is erased now. */
	if (has && strncmp(name, base, len) == 0 && strncmp(name + len, ".schema", 7) == 0 &&
	    unlinkat(dir, name, 0) == 0)
		return 0;
	if (has)
		buf_fmt(found, "%s%s", found->len > 0 ? ", " : "", name);
	return 0;
}

int
erase_search(struct needles *n, const char *db, struct buf *found, struct err *e)
{
	const char *slash = strrchr(db, '/'), *base = slash != NULL ? slash + 1 : db;
	char *folder = slash != NULL ? xstrndup(db, (size_t)(slash - db) + 1) : xstrdup(".");
	DIR *d = opendir(folder);
	struct dirent *ent;
	int bad = d == NULL ? fail(folder, e) : 0;

	while (bad == 0 && (ent = readdir(d)) != NULL)
		bad = search_one(n, dirfd(d), ent->d_name, base, found);
	if (d != NULL)
		closedir(d);
	free(folder);
	return bad;
}

int
erase_append(const char *path, const char *line, size_t len, struct err *e)
{
	int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	struct buf text = BUF_INIT;
	int bad = 0;

	buf_add(&text, line, len);
	buf_char(&text, '\n');
	if (fd < 0 || write(fd, text.p, text.len) != (ssize_t)text.len || fsync(fd) != 0)
		bad = fail(path, e);
	if (fd >= 0)
		close(fd);
	buf_release(&text);
	return bad;
}
