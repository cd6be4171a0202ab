/* wire_curl - SMTP and HTTPS, by libcurl
 *
 * A web hook goes to the host of its URL or one that is allowed, by https, never redirected,
 * through no proxy; the address is looked at when the socket is made, that is, after the name
 * was resolved and before anything is sent: a name that turns to an inner address in between
 * does not get through.
 */
#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "time/tm.h"
#include "wire/wire_own.h"

enum { ANSWER_MAX = 65536, URL_MAX_BYTES = 2048 };

/* One exchange. */
struct exchange {
	CURL *curl;
	const struct transport *t;
	const char *body;	/* what is still to be read, of a mail */
	size_t left;
	struct buf answer;
	bool walled;		/* an address was refused */
	char error[CURL_ERROR_SIZE];
};

static bool
is_private4(uint32_t a)
{
	return a >> 24 == 0 || a >> 24 == 10 || a >> 24 == 127 || a >> 20 == 0xac1 ||
	    a >> 16 == 0xc0a8 || a >> 16 == 0xa9fe || a >> 22 == 0x191 || a >> 28 >= 0xe;
}

static bool
is_private(const struct sockaddr *sa)
{
	struct sockaddr_in in;
	struct sockaddr_in6 in6;
	const uint8_t *b = in6.sin6_addr.s6_addr;

	if (sa->sa_family == AF_INET) {
		memcpy(&in, sa, sizeof(in));
		return is_private4(ntohl(in.sin_addr.s_addr));
	}
	if (sa->sa_family != AF_INET6)
		return true;
	memcpy(&in6, sa, sizeof(in6));
	if (IN6_IS_ADDR_V4MAPPED(&in6.sin6_addr))
		return is_private4((uint32_t)b[12] << 24 | (uint32_t)b[13] << 16 |
		    (uint32_t)b[14] << 8 | b[15]);
	return IN6_IS_ADDR_LOOPBACK(&in6.sin6_addr) || IN6_IS_ADDR_UNSPECIFIED(&in6.sin6_addr) ||
	    (b[0] & 0xfe) == 0xfc || (b[0] == 0xfe && (b[1] & 0xc0) == 0x80) || b[0] == 0xff;
}

static curl_socket_t
open_socket(void *ctx, curlsocktype purpose, struct curl_sockaddr *a)
{
	struct exchange *x = ctx;

	(void)purpose;
	if (!x->t->private_ok && is_private(&a->addr)) {
		x->walled = true;
		return CURL_SOCKET_BAD;
	}
	return socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
}

static size_t
read_mail(char *to, size_t size, size_t n, void *ctx)
{
	struct exchange *x = ctx;
	size_t len = size * n < x->left ? size * n : x->left;

	memcpy(to, x->body, len);
	x->body += len;
	x->left -= len;
	return len;
}

static size_t
take_answer(char *from, size_t size, size_t n, void *ctx)
{
	struct exchange *x = ctx;

	if (x->answer.len + size * n > ANSWER_MAX)
		return 0;
	buf_add(&x->answer, from, size * n);
	return size * n;
}

static int
begin(struct exchange *x, const struct transport *t, struct wire_result *r)
{
	*x = (struct exchange){ .t = t, .answer = BUF_INIT };
	if ((x->curl = curl_easy_init()) == NULL) {
		wire_say(r, WIRE_TEMPORARY, 0, "libcurl cannot begin");
		return -1;
	}
	curl_easy_setopt(x->curl, CURLOPT_ERRORBUFFER, x->error);
	curl_easy_setopt(x->curl, CURLOPT_TIMEOUT_MS, (long)t->timeout_ms);
	curl_easy_setopt(x->curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(x->curl, CURLOPT_NOPROXY, "*");
	curl_easy_setopt(x->curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(x->curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	curl_easy_setopt(x->curl, CURLOPT_OPENSOCKETDATA, x);
	curl_easy_setopt(x->curl, CURLOPT_WRITEFUNCTION, take_answer);
	curl_easy_setopt(x->curl, CURLOPT_WRITEDATA, x);
	return 0;
}

static void
end(struct exchange *x)
{
	curl_easy_cleanup(x->curl);
	buf_release(&x->answer);
}

static void
say_trouble(struct exchange *x, CURLcode got, struct wire_result *r)
{
	wire_say(r, x->walled ? WIRE_PERMANENT : WIRE_TEMPORARY, 0, "%s",
	    x->walled ? "an address of an inner network (private = yes allows it)" :
	    x->error[0] != '\0' ? x->error : curl_easy_strerror(got));
}

static int
find_url(const struct transport *t, char url[URL_MAX_BYTES], struct wire_result *r)
{
	struct err e;

	if (t->url != NULL) {
		snprintf(url, URL_MAX_BYTES, "%s", t->url);
		return 0;
	}
	if (transport_secret(&t->url_place, url, URL_MAX_BYTES, &e) == 0)
		return 0;
	wire_say(r, WIRE_TEMPORARY, 0, "%s", e.msg);
	return -1;
}

/* SMTP */

static int
log_in(struct exchange *x, struct wire_result *r)
{
	char password[512];
	struct err e;

	if (x->t->user == NULL)
		return 0;
	if (transport_secret(&x->t->password, password, sizeof(password), &e) < 0) {
		wire_say(r, WIRE_TEMPORARY, 0, "%s", e.msg);
		return -1;
	}
	curl_easy_setopt(x->curl, CURLOPT_USERNAME, x->t->user);
	curl_easy_setopt(x->curl, CURLOPT_PASSWORD, password);
	explicit_bzero(password, sizeof(password));
	return 0;
}

/* The server's number decides: 4xx may pass, 5xx will not; without one it was the way. */
static void
judge_mail(struct exchange *x, CURLcode got, struct wire_result *r)
{
	long code = 0;

	curl_easy_getinfo(x->curl, CURLINFO_RESPONSE_CODE, &code);
	if (got == CURLE_OK)
		wire_say(r, WIRE_SENT, (int)code, "SMTP %ld", code);
	else if (got == CURLE_LOGIN_DENIED || code < 400 || code > 599)
		say_trouble(x, got, r);
	else
		wire_say(r, code >= 500 ? WIRE_PERMANENT : WIRE_TEMPORARY, (int)code, "SMTP %ld",
		    code);
}

void
wire_smtp(const struct transport *t, const char *mail, size_t len, const char *from,
    const char *to, struct wire_result *r)
{
	char url[URL_MAX_BYTES], sender[ADDRESS_SIZE + 2], recipient[ADDRESS_SIZE + 2];
	struct curl_slist *rcpt;
	struct exchange x;

	if (find_url(t, url, r) < 0 || begin(&x, t, r) < 0)
		return;
	snprintf(sender, sizeof(sender), "<%s>", from);
	snprintf(recipient, sizeof(recipient), "<%s>", to);
	rcpt = curl_slist_append(NULL, recipient);
	x.body = mail;
	x.left = len;
	curl_easy_setopt(x.curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(x.curl, CURLOPT_URL, url);
	curl_easy_setopt(x.curl, CURLOPT_USE_SSL, t->plain_ok ? (long)CURLUSESSL_TRY :
	    (long)CURLUSESSL_ALL);
	curl_easy_setopt(x.curl, CURLOPT_MAIL_FROM, sender);
	curl_easy_setopt(x.curl, CURLOPT_MAIL_RCPT, rcpt);
	curl_easy_setopt(x.curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(x.curl, CURLOPT_READFUNCTION, read_mail);
	curl_easy_setopt(x.curl, CURLOPT_READDATA, &x);
	curl_easy_setopt(x.curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)len);
	if (log_in(&x, r) == 0)
		judge_mail(&x, curl_easy_perform(x.curl), r);
	curl_slist_free_all(rcpt);
	end(&x);
}

/* HTTPS */

/* https to the host the configuration names, or one it allows. */
static int
may_go(const struct transport *t, const char *url, struct wire_result *r)
{
	CURLU *u = curl_url();
	char *scheme = NULL, *host = NULL;
	bool ok = u != NULL && curl_url_set(u, CURLUPART_URL, url, 0) == CURLUE_OK &&
	    curl_url_get(u, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
	    curl_url_get(u, CURLUPART_HOST, &host, 0) == CURLUE_OK &&
	    (strcmp(scheme, "https") == 0 || (t->private_ok && strcmp(scheme, "http") == 0));
	bool listed = t->n_hosts == 0;
	size_t i;

	for (i = 0; ok && i < t->n_hosts; i++)
		listed = listed || strcasecmp(t->hosts[i], host) == 0;
	curl_free(scheme);
	curl_free(host);
	curl_url_cleanup(u);
	if (ok && listed)
		return 0;
	wire_say(r, WIRE_PERMANENT, 0, ok ? "its host is not among hosts" :
	    "not an https address");
	return -1;
}

static void
judge_post(struct exchange *x, CURLcode got, struct wire_result *r)
{
	long status = 0;

	curl_easy_getinfo(x->curl, CURLINFO_RESPONSE_CODE, &status);
	if (got != CURLE_OK && !(got == CURLE_WRITE_ERROR && status != 0))
		say_trouble(x, got, r);
	else
		wire_hook_answer(x->t, (int)status, buf_cstr(&x->answer), x->answer.len, r);
}

static void
post(struct exchange *x, const char *url, const struct wire_message *m, struct buf *body,
    struct wire_result *r)
{
	struct curl_slist *heads = curl_slist_append(NULL, "Content-Type: application/json");
	char key[300];

	/* A key is ours: letters, digits and colons, but for what a plan's author wrote. */
	if (strpbrk(m->key, "\r\n") == NULL) {
		snprintf(key, sizeof(key), "Idempotency-Key: %.250s", m->key);
		heads = curl_slist_append(heads, key);
	}
	curl_easy_setopt(x->curl, CURLOPT_PROTOCOLS_STR, x->t->private_ok ? "https,http" : "https");
	curl_easy_setopt(x->curl, CURLOPT_URL, url);
	curl_easy_setopt(x->curl, CURLOPT_HTTPHEADER, heads);
	curl_easy_setopt(x->curl, CURLOPT_POSTFIELDS, buf_cstr(body));
	curl_easy_setopt(x->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body->len);
	judge_post(x, curl_easy_perform(x->curl), r);
	curl_slist_free_all(heads);
}

void
wire_post(const struct transport *t, const struct wire_message *m, struct wire_result *r)
{
	struct buf body = BUF_INIT, to = BUF_INIT;
	char url[URL_MAX_BYTES];
	struct exchange x;

	if (find_url(t, url, r) < 0 || may_go(t, url, r) < 0)
		return;
	buf_str(&to, url);
	if (wire_hook_body(t, m, &body) == 0 && wire_hook_sign(t, tm_now(), &to, r) == 0 &&
	    begin(&x, t, r) == 0) {
		post(&x, buf_cstr(&to), m, &body, r);
		end(&x);
	}
	buf_release(&body);
	buf_release(&to);
}
