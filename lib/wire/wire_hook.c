/* wire_hook - what web hooks are told, and what their answers mean
 *
 * DingTalk: a group robot's signature is base64(HMAC-SHA256(secret, "TIME\nSECRET")), TIME in
 * milliseconds, both in the query (open.dingtalk.com, custom robots).  WeCom: the key is part of
 * the URL.  Both answer 200 with {"errcode": N}.
 */
#include <nettle/base64.h>
#include <nettle/hmac.h>
#include <stdio.h>
#include <string.h>

#include "stream/jtext.h"
#include "stream/rec.h"
#include "wire/wire_own.h"

static void
robot_text(const struct wire_message *m, struct buf *out)
{
	struct buf words = BUF_INIT;

	if (m->subject != NULL && *m->subject != '\0')
		buf_fmt(&words, "%s\n", m->subject);
	buf_str(&words, m->text);
	buf_str(out, "{\"msgtype\":\"text\",\"text\":{");
	jtext_member(out, "content", buf_cstr(&words));
	buf_str(out, "}}");
	buf_release(&words);
}

int
wire_hook_body(const struct transport *t, const struct wire_message *m, struct buf *out)
{
	if (t->form == HOOK_JSON)
		buf_str(out, m->record);
	else
		robot_text(m, out);
	return 0;
}

/* Base64 as a query wants it. */
static void
add_signature(struct buf *out, const uint8_t *digest, size_t len)
{
	char text[BASE64_ENCODE_RAW_LENGTH(SHA256_DIGEST_SIZE) + 1];
	size_t n = BASE64_ENCODE_RAW_LENGTH(len), i;

	base64_encode_raw(text, len, digest);
	for (i = 0; i < n; i++)
		if (text[i] == '+' || text[i] == '/' || text[i] == '=')
			buf_fmt(out, "%%%02X", (unsigned char)text[i]);
		else
			buf_char(out, text[i]);
}

int
wire_hook_sign(const struct transport *t, int64_t now, struct buf *out, struct wire_result *r)
{
	uint8_t digest[SHA256_DIGEST_SIZE];
	struct hmac_sha256_ctx h;
	char secret[512], said[600];
	struct err e;

	if (t->form != HOOK_DINGTALK)
		return 0;
	if (transport_secret(&t->secret, secret, sizeof(secret), &e) < 0) {
		wire_say(r, WIRE_TEMPORARY, 0, "%s", e.msg);
		return -1;
	}
	if (*secret == '\0')
		return 0;
	snprintf(said, sizeof(said), "%lld\n%s", (long long)now, secret);
	hmac_sha256_set_key(&h, strlen(secret), (const uint8_t *)secret);
	hmac_sha256_update(&h, strlen(said), (const uint8_t *)said);
	hmac_sha256_digest(&h, sizeof(digest), digest);
	buf_fmt(out, "&timestamp=%lld&sign=", (long long)now);
	add_signature(out, digest, sizeof(digest));
	return 0;
}

/* Too often, or trouble of theirs: -1 (WeCom), 45009 (WeCom), 130101 and 410100 (DingTalk). */
static bool
passes(int64_t code)
{
	return code == -1 || code == 45009 || code == 130101 || code == 410100;
}

void
wire_hook_answer(const struct transport *t, int status, const char *body, size_t len,
    struct wire_result *r)
{
	struct rec answer = REC_INIT;
	const char *why;
	int64_t code = 0;
	struct err e;

	if (status < 200 || status > 299) {
		wire_say(r, status == 408 || status == 425 || status == 429 || status >= 500 ?
		    WIRE_TEMPORARY : WIRE_PERMANENT, status, "HTTP %d", status);
		return;
	}
	wire_say(r, WIRE_SENT, status, "HTTP %d", status);
	if (t->form == HOOK_JSON)
		return;
	if (rec_parse(&answer, body, len, &e) < 0 || !rec_int(&answer, "errcode", &code)) {
		wire_say(r, WIRE_TEMPORARY, status, "no errcode in the answer");
	} else if (code != 0) {
		why = rec_text(&answer, "errmsg");
		wire_say(r, passes(code) ? WIRE_TEMPORARY : WIRE_PERMANENT, (int)code, "%s",
		    why != NULL ? why : "refused");
	}
	rec_release(&answer);
}
