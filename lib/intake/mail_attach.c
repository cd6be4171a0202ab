/* mail_attach - lists attachments, and saves them under their SHA-256
 *
 * A file's own name is data, never a path: what is saved is named by its hash, so that names with
 * "../" or newlines do no harm and the same picture is kept once. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include <nettle/sha2.h>

#include "base/file.h"
#include "intake/mail_part.h"

enum { HEX = 2 * SHA256_DIGEST_SIZE };

static void
hash_hex(char out[HEX + 1], const char *p, size_t len)
{
	struct sha256_ctx sha;
	uint8_t digest[SHA256_DIGEST_SIZE];

	sha256_init(&sha);
	sha256_update(&sha, len, (const uint8_t *)p);
	sha256_digest(&sha, sizeof(digest), digest);
	for (size_t i = 0; i < sizeof(digest); i++)
		snprintf(out + 2 * i, 3, "%02x", digest[i]);
}

/* Written beside and renamed, so that a file with the hash's name is whole. */
static int
save_in(int dir, const char *hash, const char *p, size_t len)
{
	char temp[HEX + 16];
	int fd;

	if (faccessat(dir, hash, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		return 0;
	snprintf(temp, sizeof(temp), ".%s.new", hash);
	unlinkat(dir, temp, 0);
	fd = openat(dir, temp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return -1;
	if (file_write(fd, p, len) < 0) {
		int why = errno;

		close(fd);
		unlinkat(dir, temp, 0);
		errno = why;
		return -1;
	}
	if (close(fd) < 0)
		return -1;
	return renameat(dir, temp, dir, hash);
}

static int
save(const char *path, const char *hash, const char *p, size_t len, struct err *e)
{
	int dir, got;

	if (mkdir(path, 0700) < 0 && errno != EEXIST)
		return err_set(e, ERR_IO, "cannot make %s: %s", path, strerror(errno));
	dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir < 0)
		return err_set(e, ERR_IO, "cannot open %s: %s", path, strerror(errno));
	got = save_in(dir, hash, p, len);
	if (got < 0)
		err_set(e, ERR_IO, "cannot save %s/%s: %s", path, hash, strerror(errno));
	close(dir);
	return got;
}

int
mail_attach_bytes(struct mail *m, const char *name, const char *type, const char *p, size_t len,
    struct err *e)
{
	struct node *a = node_object();
	char hash[HEX + 1];

	hash_hex(hash, p, len);
	node_set_text(a, "name", name);
	node_set_text(a, "type", type);
	node_set_int(a, "size", (int64_t)len);
	node_set_text(a, "sha256", hash);
	node_push(m->attachments, a);
	if (m->reader->save_dir == NULL)
		return 0;
	return save(m->reader->save_dir, hash, p, len, e);
}

/* The last step of a path, whichever slash was meant. */
static const char *
base_name(const char *name)
{
	const char *slash = strrchr(name, '/'), *back = strrchr(name, '\\');

	if (back != NULL && (slash == NULL || back > slash))
		slash = back;
	return slash != NULL && slash[1] != '\0' ? slash + 1 : name;
}

static const char *
part_name(struct mail *m, GMimeObject *o)
{
	const char *name = NULL;

	if (GMIME_IS_PART(o))
		name = g_mime_part_get_filename(GMIME_PART(o));
	else if (GMIME_IS_MESSAGE_PART(o))
		name = g_mime_object_get_content_disposition_parameter(o, "filename");
	name = name != NULL ? mail_clean(m, name) : NULL;
	return name != NULL ? base_name(name) : NULL;
}

static const char *
part_type(struct mail *m, GMimeObject *o)
{
	GMimeContentType *t = g_mime_object_get_content_type(o);
	char *mime = t != NULL ? g_mime_content_type_get_mime_type(t) : NULL;
	const char *type = mime != NULL ? mail_lower(m, mail_clean(m, mime)) : NULL;

	g_free(mime);
	return type != NULL ? type : "application/octet-stream";
}

/* A mail within the mail is written out as it came. */
static void
message_bytes(struct mail *m, GMimeMessagePart *part)
{
	GMimeMessage *in = g_mime_message_part_get_message(part);
	GByteArray *bytes = g_byte_array_new();
	GMimeStream *to = g_mime_stream_mem_new_with_byte_array(bytes);

	buf_clear(&m->content);
	if (in != NULL)
		g_mime_object_write_to_stream(GMIME_OBJECT(in), NULL, to);
	g_mime_stream_flush(to);
	buf_add(&m->content, bytes->data, bytes->len);
	g_object_unref(to);
}

int
mail_attach(struct mail *m, GMimeObject *o, struct err *e)
{
	if (GMIME_IS_MULTIPART(o)) {
		for (int i = 0; i < g_mime_multipart_get_count(GMIME_MULTIPART(o)); i++)
			if (mail_attach(m, g_mime_multipart_get_part(GMIME_MULTIPART(o), i), e) < 0)
				return -1;
		return 0;
	}
	if (GMIME_IS_MESSAGE_PART(o))
		message_bytes(m, GMIME_MESSAGE_PART(o));
	else if (GMIME_IS_PART(o))
		mail_content(m, GMIME_PART(o));
	else
		buf_clear(&m->content);
	return mail_attach_bytes(m, part_name(m, o), part_type(m, o), buf_cstr(&m->content),
	    m->content.len, e);
}
