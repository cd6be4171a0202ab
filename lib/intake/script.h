/* script - a chat as plain text while it is read.  For transcript.c and script_fact.c. */
#ifndef CSR_SCRIPT_H
#define CSR_SCRIPT_H

#include "intake/intake.h"
#include "intake/script_line.h"
#include "intake/speakers.h"
#include "stream/jsonl.h"

/* A message being read: its lines so far. */
struct spoken {
	bool is_there;
	size_t line;
	struct buf name, text, raw;
	int64_t day, clock_ms;
};

struct script {
	struct lines in;
	const char *encoding;	/* of the file */
	bool wechat;		/* names stand in lines of their own */
	struct aliases aliases;
	struct speakers speakers;
	struct buf line, rule;	/* decoded; the line of dashes last read, else empty */
	struct buf held;	/* a line of the next conversation's head */
	size_t conversation;	/* of the file */
	struct spoken now, next;	/* being given, being read */
	bool in_head;		/* lines tell of the conversation */
	char *set[SLOTS];	/* what they told */
	char *stem;		/* of the file's name; NULL: stdin */
	bool many;		/* WeChat: more than two speak, and none is called as the file */
	int64_t day;		/* SCRIPT_NO_DAY: not known yet */
	int64_t last_ms;	/* the last time of day */
	struct map moment;	/* name and text to how often, at last_at */
	int64_t last_at;
	struct arena scratch;
};

/* What the conversation's head says for SLOT, NULL if nothing. */
static inline const char *
script_given(const struct script *s, enum csv_slot slot)
{
	return s->set[slot];
}

/* The message in s->now as a fact; -1 (65) when its day is not known. */
int script_fact(const struct intake *in, struct script *s, struct fact *f, struct err *e);

#endif
