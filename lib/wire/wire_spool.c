/* wire_spool - a file a message, whole or not there */
#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "wire/wire_own.h"

enum { NAME_SIZE = 4200 };

/* The name is made of the key, so that the same message is the same file. */
static void
name_of(const char *key, char out[33])
{
	uint8_t digest[SHA256_DIGEST_SIZE];
	struct sha256_ctx h;
	int i;

	sha256_init(&h);
	sha256_update(&h, strlen(key), (const uint8_t *)key);
	sha256_digest(&h, sizeof(digest), digest);
	for (i = 0; i < 16; i++)
		snprintf(out + 2 * i, 3, "%02x", digest[i]);
}

/* The name is on the disk, too, before we say it is sent. */
static int
sync_dir(const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC), bad = fd < 0 ? -1 : fsync(fd);

	if (fd >= 0)
		close(fd);
	return bad;
}

void
wire_spool(const struct transport *t, const struct wire_message *m, struct wire_result *r)
{
	char hash[33], part[NAME_SIZE], path[NAME_SIZE];
	struct buf line = BUF_INIT;
	int fd, bad;

	name_of(m->key, hash);
	snprintf(part, sizeof(part), "%s/.%s.part", t->dir, hash);
	snprintf(path, sizeof(path), "%s/%s.json", t->dir, hash);
	if (mkdir(t->dir, 0700) < 0 && errno != EEXIST) {
		wire_say(r, WIRE_TEMPORARY, 0, "%s: %s", t->dir, strerror(errno));
		return;
	}
	buf_fmt(&line, "%s\n", m->record);
	fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
	bad = fd < 0 || file_write(fd, line.p, line.len) < 0;
	if (fd >= 0 && close(fd) < 0)
		bad = 1;
	if (bad || rename(part, path) < 0 || sync_dir(t->dir) < 0)
		wire_say(r, WIRE_TEMPORARY, 0, "%s: %s", path, strerror(errno));
	else
		wire_say(r, WIRE_SENT, 0, "%s.json", hash);
	buf_release(&line);
}
