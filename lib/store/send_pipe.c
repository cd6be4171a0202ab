/* send_pipe - at the end of a pipe: what the programs before queued goes out when they pause */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/send.h"
#include "stream/jsonl.h"

static int
send_now(void *ctx, struct err *e)
{
	return send_run(ctx, e);
}

int
send_pipe(struct sending *s, struct err *e)
{
	struct lines in;
	struct stat st;
	char *line;
	size_t len;
	int got;

	if (fstat(STDIN_FILENO, &st) < 0 || !S_ISFIFO(st.st_mode))
		return send_run(s, e);
	memset(&in, 0, sizeof(in));
	if (lines_open(&in, "-", e) < 0)
		return -1;
	in.dry = send_now;
	in.ctx = s;
	while ((got = lines_next(&in, &line, &len, e)) != 0)
		if (got < 0 && e->code != ERR_DATA)
			break;
	lines_close(&in);
	return got < 0 ? -1 : send_run(s, e);
}
