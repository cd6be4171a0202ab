/* jsonl - JSON Lines from a file descriptor, one record at a time */
#include <string.h>

#include "base/mem.h"
#include "stream/jsonl.h"

int
jsonl_open(struct jsonl *j, const char *path, struct err *e)
{
	memset(j, 0, sizeof(*j));
	return lines_open(&j->in, path, e);
}

void
jsonl_close(struct jsonl *j)
{
	rec_release(&j->rec);
	lines_close(&j->in);
}

int
jsonl_line(struct jsonl *j, struct err *e)
{
	char *line;
	size_t len;
	int got;

	rec_release(&j->rec);
	do {
		got = lines_next(&j->in, &line, &len, e);
		if (got > 0 && j->in.line == 1 && len >= 3 &&
		    memcmp(line, "\xef\xbb\xbf", 3) == 0) {
			line += 3;
			len -= 3;
		}
	} while (got > 0 && strspn(line, " \t") == len);
	if (got == 0)
		return 0;
	j->bad = line;
	j->bad_len = len;
	if (got < 0)
		return -1;
	j->rec.source = j->in.name;
	j->rec.line = j->in.line;
	rec_hold(&j->rec, line, len);
	return 1;
}

int
jsonl_parse(struct jsonl *j, struct err *e)
{
	return rec_read(&j->rec, e) < 0 ? err_at(e, j->in.name, j->in.line) : 1;
}

int
jsonl_next(struct jsonl *j, struct err *e)
{
	int got = jsonl_line(j, e);

	return got > 0 ? jsonl_parse(j, e) : got;
}
