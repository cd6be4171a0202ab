/* script_look - what the name and the beginning of a text file show of the chat in it */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "intake/script_line.h"
#include "intake/script_look.h"
#include "stream/charset.h"
#include "time/tm.h"

char *
script_stem(const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
	const char *dot = strrchr(name, '.');

	return dot != NULL && dot > name ? xstrndup(name, (size_t)(dot - name)) : xstrdup(name);
}

int64_t
script_day_in(const char *name)
{
	struct err ignored;
	const char *p;
	char copy[11];
	int64_t day;

	for (p = name; *p != '\0'; p++) {
		size_t n = strspn(p, "0123456789");

		if (n >= 8 && strncmp(p, "20", 2) == 0)
			snprintf(copy, sizeof(copy), "%.4s-%.2s-%.2s", p, p + 4, p + 6);
		else
			snprintf(copy, sizeof(copy), "%.10s", p);
		if (n >= 4 && tm_parse_date(copy, &day, &ignored) == 0)
			return day;
	}
	return SCRIPT_NO_DAY;
}

/* How many of the first lines are of a message: with the text behind, without it. */
static void
count_lines(const char *head, size_t len, size_t *said, size_t *named)
{
	const char *end = head + len, *nl;
	struct script_line l;

	*said = *named = 0;
	for (; head < end; head = nl + 1) {
		nl = memchr(head, '\n', (size_t)(end - head));
		if (nl == NULL)
			nl = end;
		if (script_line(head, (size_t)(nl - head), &l)) {
			*said += l.text != NULL;
			*named += l.text == NULL && l.day != SCRIPT_NO_DAY;
		}
	}
}

int
script_sniff(bool wechat, bool is_dir, const char *head, size_t len)
{
	struct buf copy = BUF_INIT;
	size_t said, named;

	if (is_dir || len == 0 || memchr(head, '\0', len) != NULL || *head == '{')
		return 0;
	charset_decode(&copy, head, len, NULL, NULL, NULL);
	count_lines(buf_cstr(&copy), copy.len, &said, &named);
	buf_release(&copy);
	if (said + named == 0)
		return 0;
	return (wechat ? named > said : said >= named) ? 58 : 0;
}
