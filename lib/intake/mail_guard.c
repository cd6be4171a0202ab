/* mail_guard - refuses mail that could cost the MIME parser more than its length
 *
 * The parser compares each line with every open boundary, makes an object of every part and goes
 * down a level for every mail within a mail, so these are counted first, on the raw bytes, in one
 * pass.  Counts may be too high (a text that speaks of boundaries), never too low. */
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "intake/mail_part.h"

enum { MAX_HEADER = 256 * 1024, MAX_FIELDS = 2000, MAX_BOUNDARIES = 100, MAX_PARTS = 2000,
	MAX_NESTED = 200, BOUNDARY_BYTES = 128, MAX_COMPARED = 20000000 };

struct guard {
	struct { char p[BOUNDARY_BYTES]; size_t len; } boundary[MAX_BOUNDARIES];
	size_t boundaries;
	size_t parts;
	size_t compared;	/* lines with boundaries */
	size_t nested;
	bool in_header;
	size_t header, fields;	/* bytes and lines of the header block being read */
};

/* Behind P: blanks, line ends and comments, which may stand between a parameter's name and "=". */
static const char *
skip_blanks(const char *p, const char *end)
{
	unsigned depth = 0;

	for (; p < end; p++) {
		if (*p == '(')
			depth++;
		else if (*p == ')' && depth > 0)
			depth--;
		else if (depth == 0 && strchr(" \t\r\n", *p) == NULL)
			break;
		else if (*p == '\0')
			break;
	}
	return p;
}

/* The value of a parameter at P (behind its "="), without quotes, at most SIZE bytes. */
static size_t
read_value(char *out, size_t size, const char *p, const char *end)
{
	bool quoted = p < end && *p == '"';
	size_t n = 0;

	for (p += quoted; p < end && n < size; p++) {
		if (quoted ? *p == '"' : strchr(" \t\r\n;", *p) != NULL)
			break;
		if (quoted && *p == '\\' && p + 1 < end)
			p++;
		out[n++] = *p;
	}
	return n;
}

/* RFC 2231 lets a boundary be written "charset''value"; with %xx or in pieces nobody does. */
static int
plain_value(char *value, size_t *n, struct err *e)
{
	char *tick = memrchr(value, '\'', *n);

	if (tick == NULL || memchr(value, '%', *n) != NULL)
		return err_set(e, ERR_DATA, "boundary in disguise");
	*n -= (size_t)(tick + 1 - value);
	memmove(value, tick + 1, *n);
	return 0;
}

/* Takes the value behind "boundary", if it is the parameter's name. */
static int
take_boundary(struct guard *g, const char *p, const char *end, struct err *e)
{
	bool extended = p < end && *p == '*';
	char *value;
	size_t n;

	p = skip_blanks(p + extended, end);
	if (p == end || *p != '=')
		return extended && p < end && *p >= '0' && *p <= '9' ?
		    err_set(e, ERR_DATA, "boundary in pieces") : 0;
	if (g->boundaries == MAX_BOUNDARIES)
		return err_set(e, ERR_DATA, "over %d boundaries", MAX_BOUNDARIES);
	value = g->boundary[g->boundaries].p;
	n = read_value(value, BOUNDARY_BYTES, skip_blanks(p + 1, end), end);
	if (extended && plain_value(value, &n, e) < 0)
		return -1;
	if (n == BOUNDARY_BYTES)
		n = 70;		/* the longest allowed (RFC 2046): a prefix counts more, not less */
	g->boundary[g->boundaries++].len = n;
	return 0;
}

/* Words that open levels: boundaries and mails within mails. */
static int
scan_words(struct guard *g, const char *raw, size_t len, struct err *e)
{
	const char *end = raw + len;

	for (const char *p = raw; p < end; p++) {
		size_t left = (size_t)(end - p);

		if ((*p | 32) == 'b' && left > 8 && strncasecmp(p, "boundary", 8) == 0 &&
		    take_boundary(g, p + 8, end, e) < 0)
			return -1;
		if ((*p | 32) == 'm' && left > 9 && strncasecmp(p, "message/", 8) == 0 &&
		    strchr("rRgGnN", p[8]) != NULL && ++g->nested > MAX_NESTED)
			return err_set(e, ERR_DATA, "over %d mails within mails", MAX_NESTED);
	}
	return 0;
}

/* LINE begins with "--". */
static bool
opens_part(const struct guard *g, const char *line, size_t len)
{
	for (size_t i = 0; i < g->boundaries; i++)
		if (len - 2 >= g->boundary[i].len &&
		    memcmp(line + 2, g->boundary[i].p, g->boundary[i].len) == 0)
			return true;
	return false;
}

/* "Name:", as few lines of bodies look, base64 none. */
bool
mail_guard_is_field(const char *line, size_t len)
{
	size_t i = 0;

	while (i < len && line[i] > ' ' && line[i] != ':' && line[i] < 0x7f)
		i++;
	return i > 0 && i < len && line[i] == ':';
}

static int
header_line(struct guard *g, char *line, size_t len, struct err *e)
{
	bool more = line[0] == ' ' || line[0] == '\t';

	if (!more && !mail_guard_is_field(line, len))
		return 0;
	g->header += len + 1;
	g->fields += !more;
	if (g->header > MAX_HEADER)
		return err_set(e, ERR_DATA, "header over %d KiB", MAX_HEADER / 1024);
	if (g->fields > MAX_FIELDS)
		return err_set(e, ERR_DATA, "over %d header fields", MAX_FIELDS);
	for (char *nul = line; (nul = memchr(nul, '\0', len - (size_t)(nul - line))) != NULL;)
		*nul = '?';
	return 0;
}

static int
scan_line(struct guard *g, char *line, size_t len, struct err *e)
{
	bool blank = len == 0 || (len == 1 && line[0] == '\r');
	bool dashes = len >= 2 && line[0] == '-' && line[1] == '-';

	g->compared += dashes ? g->boundaries : 0;
	if (g->compared > MAX_COMPARED)
		return err_set(e, ERR_DATA, "too many lines like boundaries");
	if (dashes && opens_part(g, line, len)) {
		if (++g->parts > MAX_PARTS)
			return err_set(e, ERR_DATA, "over %d parts", MAX_PARTS);
		g->in_header = true;
		g->header = g->fields = 0;
		return 0;
	}
	if (g->in_header && !blank)
		return header_line(g, line, len, e);
	/* A mail within a mail has its own header behind the blank line. */
	if (blank && g->header > 0) {
		g->in_header = g->in_header && g->nested > 0;
		g->header = g->fields = 0;
	} else if (blank) {
		g->in_header = false;
	}
	return 0;
}

int
mail_guard(char *raw, size_t len, struct err *e)
{
	struct guard g = { .in_header = true };
	size_t at = 0;

	if (len == 0)
		return err_set(e, ERR_DATA, "empty mail");
	if (len > MAIL_MAX_BYTES)
		return err_set(e, ERR_DATA, "mail over %d MiB", MAIL_MAX_BYTES / 1024 / 1024);
	if (scan_words(&g, raw, len, e) < 0)
		return -1;
	while (at < len) {
		char *nl = memchr(raw + at, '\n', len - at);
		size_t n = nl != NULL ? (size_t)(nl - raw) - at : len - at;

		if (scan_line(&g, raw + at, n, e) < 0)
			return -1;
		at += n + 1;
	}
	return 0;
}

size_t
mail_guard_header(const char *raw, size_t len)
{
	size_t at = 0;

	while (at < len) {
		const char *nl = memchr(raw + at, '\n', len - at);
		size_t n = nl != NULL ? (size_t)(nl - raw) - at : len - at;

		if (n == 0 || (n == 1 && raw[at] == '\r'))
			return at + n + 1 < len ? at + n + 1 : len;
		if (raw[at] != ' ' && raw[at] != '\t' && !mail_guard_is_field(raw + at, n))
			return at;
		at += n + 1;
	}
	return len;
}
