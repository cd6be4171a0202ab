/* queuelog_entry - one line of a queue_log, cut at the bars */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "intake/cdr.h"
#include "intake/queuelog.h"
#include "time/tm.h"

enum { FIXED = 5, ID_MAX = 200 };

static const struct { const char *event; enum queue_stage stage; } stages[] = {
	{ "ENTERQUEUE", STAGE_ENTER }, { "DID", STAGE_DID }, { "CONNECT", STAGE_CONNECT },
	{ "COMPLETEAGENT", STAGE_COMPLETE }, { "COMPLETECALLER", STAGE_COMPLETE },
	{ "TRANSFER", STAGE_COMPLETE }, { "BLINDTRANSFER", STAGE_COMPLETE },
	{ "ATTENDEDTRANSFER", STAGE_COMPLETE }, { "ABANDON", STAGE_ABANDON },
	{ "EXITEMPTY", STAGE_LEAVE }, { "EXITWITHTIMEOUT", STAGE_LEAVE },
	{ "EXITWITHKEY", STAGE_LEAVE }, { "SYSCOMPAT", STAGE_LEAVE },
	{ "JOINEMPTY", STAGE_REFUSED }, { "JOINUNAVAIL", STAGE_REFUSED },
	{ "FULL", STAGE_REFUSED }, { "CLOSED", STAGE_REFUSED }
};

static bool
is_event_name(const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (!isupper((unsigned char)s[i]) && !isdigit((unsigned char)s[i]) && s[i] != '_')
			return false;
	return len >= 2 && isupper((unsigned char)*s);
}

bool
queue_entry_looks(const char *s, size_t len)
{
	const char *end = s + len, *bar;
	int i;

	for (i = 0; i < FIXED - 1; i++) {
		bar = memchr(s, '|', (size_t)(end - s));
		if (bar == NULL)
			return false;
		if (i == 0 && (bar - s < 9 || strspn(s, "0123456789.") != (size_t)(bar - s)))
			return false;
		s = bar + 1;
	}
	bar = memchr(s, '|', (size_t)(end - s));
	return is_event_name(s, (size_t)((bar != NULL ? bar : end) - s));
}

static enum queue_stage
stage_of(const char *event)
{
	size_t i;

	for (i = 0; i < sizeof(stages) / sizeof(*stages); i++)
		if (strcmp(stages[i].event, event) == 0)
			return stages[i].stage;
	return STAGE_NONE;
}

static const char *
or_null(const char *s)
{
	return *s == '\0' || strcmp(s, "NONE") == 0 || strcmp(s, "REALTIME") == 0 ? NULL : s;
}

/* SIP/8007 and Agent/8007 are 8007; a name stays what it is. */
static const char *
agent_of(const char *s, struct arena *a)
{
	const char *desk = s != NULL ? cdr_agent(s, a) : NULL;

	return desk != NULL ? desk : s;
}

/* The parts of LINE; more parameters than there is room for stay one. */
static size_t
cut(char *line, char *part[FIXED + QUEUE_PARAMS_MAX])
{
	size_t n = 0;

	for (;;) {
		part[n++] = line;
		line += strcspn(line, "|");
		if (*line == '\0' || n == FIXED + QUEUE_PARAMS_MAX)
			return n;
		*line++ = '\0';
	}
}

int
queue_entry_read(struct queue_entry *n, char *line, const struct zone *z, struct arena *a,
    struct err *e)
{
	char *part[FIXED + QUEUE_PARAMS_MAX];
	size_t i, parts = cut(line, part);

	if (parts < FIXED || !is_event_name(part[4], strlen(part[4])))
		return err_set(e, ERR_DATA, "not time|call|queue|agent|EVENT");
	if (tm_parse(part[0], strlen(part[0]), z, &n->at, e) < 0)
		return -1;
	if (strlen(part[1]) > ID_MAX)
		return err_set(e, ERR_DATA, "the call's id is longer than %d bytes", ID_MAX);
	n->id = or_null(part[1]);
	n->queue = or_null(part[2]);
	n->agent = agent_of(or_null(part[3]), a);
	n->event = part[4];
	n->stage = stage_of(n->event);
	n->n = parts - FIXED;
	for (i = 0; i < n->n; i++)
		n->param[i] = part[FIXED + i];
	if (n->stage != STAGE_NONE && n->id == NULL)
		return err_set(e, ERR_DATA, "%.40s of no call", n->event);
	return 0;
}

const char *
queue_entry_param(const struct queue_entry *n, size_t i)
{
	return i < n->n && *n->param[i] != '\0' ? n->param[i] : NULL;
}

int64_t
queue_entry_span(const struct queue_entry *n, size_t i)
{
	const char *p = i >= 1 && i <= n->n ? n->param[n->n - i] : "";
	size_t len = strlen(p);

	return len > 0 && len < 10 && strspn(p, "0123456789") == len ?
	    strtoll(p, NULL, 10) * 1000 : -1;
}
