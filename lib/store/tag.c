/* tag - the signed ticket number in a mail's subject */
#include <errno.h>
#include <nettle/base16.h>
#include <nettle/hmac.h>
#include <nettle/memops.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "store/tag.h"

enum { KEY_BYTES = 32, SIGN_BYTES = 8 };

DB_SQL(SECRET_GET, "SELECT value FROM secret WHERE name = 'ticket_tag'");
DB_SQL(SECRET_ADD, "INSERT INTO secret (name, value) VALUES ('ticket_tag', :value) "
    "ON CONFLICT (name) DO NOTHING");

/* 1 with the key in HEX, 0 if none was made yet. */
static int
key_get(struct db *db, char hex[2 * KEY_BYTES + 1], struct err *e)
{
	struct stmt *s = db_stmt(db, &SECRET_GET, e);
	int got;

	if (s == NULL || (got = stmt_step(s, e)) < 0)
		return -1;
	if (got > 0) {
		snprintf(hex, 2 * KEY_BYTES + 1, "%s", stmt_col_text(s, 0));
		stmt_reset(s);
	}
	return got;
}

static int
key_make(struct db *db, char hex[2 * KEY_BYTES + 1], struct err *e)
{
	struct stmt *s = db_stmt(db, &SECRET_ADD, e);
	uint8_t key[KEY_BYTES];

	if (s == NULL)
		return -1;
	if (getrandom(key, sizeof(key), 0) != (ssize_t)sizeof(key))
		return err_set(e, ERR_IO, "no random bytes: %s", strerror(errno));
	base16_encode_update(hex, sizeof(key), key);
	hex[2 * KEY_BYTES] = '\0';
	stmt_text(s, ":value", hex);
	return stmt_run(s, e);
}

static void
sign(const char *key, int64_t ticket, char out[2 * SIGN_BYTES + 1])
{
	struct hmac_sha256_ctx h;
	uint8_t digest[SIGN_BYTES];
	char number[24];
	int len = snprintf(number, sizeof(number), "%lld", (long long)ticket);

	hmac_sha256_set_key(&h, strlen(key), (const uint8_t *)key);
	hmac_sha256_update(&h, (size_t)len, (const uint8_t *)number);
	hmac_sha256_digest(&h, sizeof(digest), digest);
	base16_encode_update(out, sizeof(digest), digest);
	out[2 * SIGN_BYTES] = '\0';
}

int
tag_make(struct db *db, int64_t ticket, char out[TAG_SIZE], struct err *e)
{
	char key[2 * KEY_BYTES + 1], signature[2 * SIGN_BYTES + 1];
	int got = key_get(db, key, e);

	if (got < 0 || (got == 0 && key_make(db, key, e) < 0))
		return -1;
	sign(key, ticket, signature);
	snprintf(out, TAG_SIZE, "[CSR#%lld.%s]", (long long)ticket, signature);
	return 0;
}

int
tag_check(struct db *db, int64_t ticket, const char *given, bool *ok, struct err *e)
{
	char key[2 * KEY_BYTES + 1], signature[2 * SIGN_BYTES + 1];
	int got = key_get(db, key, e);

	*ok = false;
	if (got <= 0)
		return got;
	sign(key, ticket, signature);
	*ok = strlen(given) == 2 * SIGN_BYTES && memeql_sec(given, signature, 2 * SIGN_BYTES);
	return 0;
}
