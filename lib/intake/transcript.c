/* transcript - chats as plain text: transcripts of web chats, and WeChat's TXT export
 *
 * A message is a line with a time and a name (script_line.h) and the lines up to the next.
 * Lines before the first, and behind a line of dashes, say what the conversation is:
 * "会话ID: 81", "客服: 李思", "Date: 2026-10-01", by the names of [conversation] in the
 * aliases.  A time of day is on the day last named, else the one in the file's name; when
 * it jumps back by more than half a day, midnight has passed.
 *
 * There are no ids: conversation, time, name and text are one, with a count for what was
 * said twice in the same moment.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "intake/formats.h"
#include "intake/script.h"
#include "intake/script_look.h"
#include "stream/charset.h"
#include "time/tm.h"

enum { TEXT_MAX_BYTES = 1024 * 1024, HALF_DAY_MS = 12 * 3600 * 1000 };

static int
sniff_transcript(const char *path, bool is_dir, const char *head, size_t len)
{
	(void)path;
	return script_sniff(false, is_dir, head, len);
}

static int
sniff_wechat(const char *path, bool is_dir, const char *head, size_t len)
{
	(void)path;
	return script_sniff(true, is_dir, head, len);
}

static void
forget_head(struct script *s)
{
	size_t i;

	for (i = 0; i < SLOTS; i++) {
		free(s->set[i]);
		s->set[i] = NULL;
	}
	speakers_customer(&s->speakers, NULL);
	speakers_agent(&s->speakers, NULL);
}

static void
close_transcript(struct intake *in)
{
	struct script *s = in->state;
	struct spoken *both[] = { &s->now, &s->next };
	size_t i;

	forget_head(s);
	for (i = 0; i < 2; i++) {
		buf_release(&both[i]->name);
		buf_release(&both[i]->text);
		buf_release(&both[i]->raw);
	}
	lines_close(&s->in);
	speakers_release(&s->speakers);
	aliases_release(&s->aliases);
	buf_release(&s->line);
	buf_release(&s->rule);
	buf_release(&s->held);
	map_release(&s->moment);
	arena_release(&s->scratch);
	free(s->stem);
	free(s);
}

/* WeChat's export is called as who it is with: one of two who speak, or a group. */
static void
see_speakers(struct script *s, const char *head, size_t len)
{
	struct buf text = BUF_INIT;
	struct map names = MAP_INIT;
	struct script_line l;
	const char *p, *end, *nl;

	charset_decode(&text, head, len, s->encoding, NULL, NULL);
	for (p = buf_cstr(&text), end = p + text.len; p < end; p = nl + 1) {
		nl = memchr(p, '\n', (size_t)(end - p));
		if (nl == NULL)
			break;
		if (script_line(p, (size_t)(nl - p), &l) && l.text == NULL)
			map_put(&names, l.name, l.name_len, NULL);
	}
	if (map_get(&names, s->stem, strlen(s->stem)) != NULL)
		speakers_customer(&s->speakers, s->stem);
	else
		s->many = names.n > 2;
	map_release(&names);
	buf_release(&text);
}

static int
open_as(bool wechat, struct intake *in, int fd, const char *head, size_t len, struct err *e)
{
	struct script *s = xcalloc(1, sizeof(*s));
	size_t bom;

	lines_attach(&s->in, fd, in->name, head, len);
	s->in.dry = in->opts.dry;
	s->in.ctx = in->opts.ctx;
	s->wechat = wechat;
	s->in_head = true;
	s->last_at = FACT_NO_TIME;
	s->day = SCRIPT_NO_DAY;
	if (strcmp(in->name, "stdin") != 0) {
		s->stem = script_stem(in->name);
		s->day = script_day_in(s->stem);
	}
	s->encoding = charset_detect(head, len, false, in->opts.encoding, in->opts.encoding, &bom);
	in->state = s;
	if (strncmp(s->encoding, "UTF-16", 6) == 0)
		err_set(e, ERR_DATA, "%s: UTF-16: save it as UTF-8", in->name);
	else if (aliases_load(&s->aliases, e) == 0 &&
	    speakers_init(&s->speakers, &s->aliases, e) == 0) {
		if (wechat && s->stem != NULL)
			see_speakers(s, head, len);
		return 0;
	}
	close_transcript(in);
	return -1;
}

static int
open_transcript(struct intake *in, int fd, const char *head, size_t len, struct err *e)
{
	return open_as(false, in, fd, head, len, e);
}

static int
open_wechat(struct intake *in, int fd, const char *head, size_t len, struct err *e)
{
	return open_as(true, in, fd, head, len, e);
}

/* The slot a line like "客服: 李思" fills; SLOTS: it says nothing that is known. */
static enum csv_slot
key_slot(struct script *s, const char *line, size_t len, const char **value, size_t *value_len)
{
	const struct alias *a;
	size_t key_len;

	if (!script_key(line, len, &key_len, value, value_len))
		return SLOTS;
	a = aliases_find(&s->aliases, "conversation", line, key_len);
	return a != NULL ? csv_slot_find(a->key) : SLOTS;
}

/* Takes a line of the head. False: it says nothing that is known. */
static bool
take_key(struct script *s, const char *line, size_t len)
{
	const char *value;
	size_t value_len;
	enum csv_slot slot = key_slot(s, line, len, &value, &value_len);
	int64_t at;
	struct err ignored;

	if (slot == SLOTS)
		return false;
	if (!s->in_head) {
		forget_head(s);
		s->conversation++;
	}
	s->in_head = true;
	free(s->set[slot]);
	s->set[slot] = xstrndup(value, value_len);
	if (slot == SLOT_NAME)
		speakers_customer(&s->speakers, s->set[slot]);
	else if (slot == SLOT_AGENT || slot == SLOT_AGENT_NAME)
		speakers_agent(&s->speakers, s->set[slot]);
	else if (slot == SLOT_DATE && tm_parse(value, value_len, NULL, &at, &ignored) == 0)
		s->day = at / TM_DAY_MS;
	return true;
}

/* A line that belongs to the message being read. */
static void
add_line(struct spoken *m, const char *line, size_t len)
{
	buf_char(&m->raw, '\n');
	buf_add(&m->raw, line, len);
	if (m->text.len + len >= TEXT_MAX_BYTES)
		return;
	if (m->text.len > 0)
		buf_char(&m->text, '\n');
	buf_add(&m->text, line, len);
}

static void
begin(struct script *s, const struct script_line *l, const char *line, size_t len)
{
	struct spoken *m = &s->next;

	buf_clear(&m->name);
	buf_clear(&m->text);
	buf_clear(&m->raw);
	buf_add(&m->name, l->name, l->name_len);
	buf_add(&m->text, l->text != NULL ? l->text : "", l->text_len);
	buf_add(&m->raw, line, len);
	m->is_there = true;
	m->line = s->in.line;
	if (l->day != SCRIPT_NO_DAY)
		s->day = l->day;
	else if (s->day != SCRIPT_NO_DAY && l->clock_ms < s->last_ms - HALF_DAY_MS)
		s->day++;
	s->last_ms = l->clock_ms;
	m->day = s->day;
	m->clock_ms = l->clock_ms;
	s->in_head = false;
}

/* The message being read is whole: it can be given. */
static void
finish(struct script *s)
{
	const struct spoken old = s->now;

	s->now = s->next;
	s->next = old;
	s->next.is_there = false;
}

/* A line that begins no message: of the head, of a message, or between them. A line of
 * dashes ends a conversation if the next line tells of another; else somebody drew it. */
static void
take_other(struct intake *in, struct script *s, const char *line, size_t len)
{
	bool bare;
	int64_t day;

	if (script_day(line, len, &day, &bare) && (s->in_head || !bare)) {
		s->day = day;
		s->last_ms = 0;
	} else if (script_rule(line, len)) {
		buf_clear(&s->rule);
		buf_add(&s->rule, line, len);
	} else if ((s->in_head || s->rule.len > 0) && take_key(s, line, len)) {
		buf_clear(&s->rule);
	} else if (s->next.is_there) {
		if (s->rule.len > 0)
			add_line(&s->next, s->rule.p, s->rule.len);
		add_line(&s->next, line, len);
		buf_clear(&s->rule);
	} else if (len > 0) {
		intake_note(in, "%s:%zu: before the first message: %.200s", in->name, s->in.line,
		    line);
	}
}

/* Does this line tell of another conversation, so that the message before it is whole? */
static bool
ends_conversation(struct script *s, const char *line, size_t len)
{
	const char *value;

	return s->rule.len > 0 && s->next.is_there &&
	    key_slot(s, line, len, &value, &len) != SLOTS;
}

static void
raw(struct intake *in)
{
	struct script *s = in->state;

	in->bad = s->now.raw.p;
	in->bad_len = s->now.raw.len;
	in->bad_line = s->now.line;
}

/* One line more. True: the message before it is whole, in s->now. */
static bool
take_line(struct intake *in, struct script *s, const char *line, size_t len)
{
	struct script_line l;
	bool whole = s->next.is_there;

	if (script_line(line, len, &l) && (!s->wechat || l.text == NULL)) {
		if (whole)
			finish(s);
		begin(s, &l, line, len);
		return whole;
	}
	if (ends_conversation(s, line, len)) {
		/* What it says holds for the messages behind it only. */
		finish(s);
		buf_add(&s->held, line, len);
		return true;
	}
	take_other(in, s, line, len);
	return false;
}

/* Reads up to the end of a message: 1 it is in s->now, 0 the end, -1. */
static int
read_message(struct intake *in, struct script *s, struct err *e)
{
	char *line;
	size_t len;
	int got;

	if (s->held.len > 0) {
		take_other(in, s, s->held.p, s->held.len);
		buf_clear(&s->held);
	}
	while ((got = lines_next(&s->in, &line, &len, e)) > 0) {
		buf_clear(&s->line);
		charset_decode(&s->line, line, len, s->encoding, in->opts.encoding, NULL);
		if (take_line(in, s, buf_cstr(&s->line), s->line.len))
			return 1;
	}
	if (got == 0 && s->next.is_there) {
		finish(s);
		return 1;
	}
	return got;
}

static int
next(struct intake *in, struct fact *f, struct err *e)
{
	struct script *s = in->state;
	int got = read_message(in, s, e);

	if (got < 0 && e->code == ERR_DATA) {
		in->bad = s->in.buf;
		in->bad_len = 0;
		in->bad_line = s->in.line;
	}
	if (got <= 0)
		return got;
	if (script_fact(in, s, f, e) == 0)
		return 1;
	raw(in);
	return err_at(e, in->name, s->now.line);
}

const struct intake_format intake_transcript = {
	"transcript", "chats as text, [09:01:02] name: words", sniff_transcript, open_transcript,
	next, close_transcript, raw
};
const struct intake_format intake_wechat = {
	"wechat", "a WeChat chat exported as TXT (as CSV: csv)", sniff_wechat, open_wechat, next,
	close_transcript, raw
};
