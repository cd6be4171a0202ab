/* script_fact - a message of a chat in plain text as a fact */
#include <stdio.h>
#include <string.h>

#include "intake/mentions.h"
#include "intake/script.h"
#include "time/tm.h"

enum { ID_SIZE = 64 };

/* A name is nobody's own: it tells people apart within a conversation only. */
static const char *
within(struct script *s, const char *conversation, const char *name)
{
	size_t size = strlen(conversation) + strlen(name) + 2;
	char *own = arena_alloc(&s->scratch, size);

	snprintf(own, size, "%s/%s", conversation, name);
	return own;
}

/* Whose conversation it is: as its head says; in WeChat's export, who the file is called
 * as; else a name.  What we write says nothing of whom: the conversation does. */
static void
identify(struct script *s, struct fact *f)
{
	const struct fact_message *m = &f->message;
	const char *name = f->who.name;

	if (m->group == NULL) {
		f->who.phone = script_given(s, SLOT_PHONE);
		f->who.email = script_given(s, SLOT_EMAIL);
		f->who.member = script_given(s, SLOT_MEMBER);
		f->who.id = script_given(s, SLOT_CUSTOMER_ID);
	}
	if (fact_person_known(&f->who))
		return;
	if (m->group == NULL && s->wechat)
		f->who.id = name != NULL ? name : s->speakers.customer;
	else if (name != NULL)
		f->who.id = m->thread != NULL ? within(s, m->thread, name) : name;
}

/* Whom one of ours calls is known by the name within the group. */
static void
set_mentions(struct script *s, struct fact_message *m)
{
	const char **own;
	size_t i;

	mentions_set(m, &s->scratch);
	if (m->direction == FACT_IN || m->mentions_n == 0)
		return;
	own = arena_alloc(&s->scratch, m->mentions_n * sizeof(*own));
	for (i = 0; i < m->mentions_n; i++)
		own[i] = within(s, m->group, m->mentions[i]);
	m->mentions = own;
}

/* FNV-1a: which of a moment's messages this is, not a secret. */
static uint64_t
hash_of(const char *s, uint64_t h)
{
	for (; *s != '\0'; s++)
		h = (h ^ (unsigned char)*s) * UINT64_C(1099511628211);
	return h;
}

static void
make_id(struct script *s, struct fact *f, const char *name)
{
	const struct fact_message *m = &f->message;
	uint64_t h = hash_of(name, hash_of("\n", hash_of(m->text, UINT64_C(14695981039346656037))));
	char *id = arena_alloc(&s->scratch, ID_SIZE);
	union map_value *n;

	if (m->at != s->last_at)
		map_clear(&s->moment);
	s->last_at = m->at;
	h = hash_of(m->thread != NULL ? m->thread : "", h);
	n = map_put(&s->moment, &h, sizeof(h), NULL);
	n->num++;
	if (n->num == 1)
		snprintf(id, ID_SIZE, "%lld.%016llx", (long long)m->at, (unsigned long long)h);
	else
		snprintf(id, ID_SIZE, "%lld.%016llx.%lld", (long long)m->at,
		    (unsigned long long)h, (long long)n->num);
	f->external_id = id;
}

/* The conversation: as it says, else by the file it stands in. */
static const char *
thread_of(struct script *s, const char *group)
{
	char *own;

	if (script_given(s, SLOT_THREAD) != NULL || group != NULL)
		return group != NULL ? group : script_given(s, SLOT_THREAD);
	if (s->stem == NULL || s->conversation == 0)
		return s->stem;
	own = arena_alloc(&s->scratch, strlen(s->stem) + 24);
	snprintf(own, strlen(s->stem) + 24, "%s#%zu", s->stem, s->conversation + 1);
	return own;
}

int
script_fact(const struct intake *in, struct script *s, struct fact *f, struct err *e)
{
	struct fact_message *m = &f->message;
	const char *name;

	arena_clear(&s->scratch);
	fact_init(f);
	f->kind = FACT_MESSAGE;
	f->line = s->now.line;
	f->channel = in->opts.channel != NULL ? in->opts.channel : s->wechat ? "wechat" : "webchat";
	f->account = in->opts.account != NULL ? in->opts.account : script_given(s, SLOT_ACCOUNT);
	if (s->now.day == SCRIPT_NO_DAY)
		return err_set(e, ERR_DATA, "a time of day without a date: put a line \"Date: "
		    "2026-10-01\" before it");
	m->at = zone_to_utc(in->opts.zone, s->now.day * TM_DAY_MS + s->now.clock_ms);
	while (s->now.text.len > 0 && strchr("\n\r \t", s->now.text.p[s->now.text.len - 1]) != NULL)
		s->now.text.p[--s->now.text.len] = '\0';
	name = arena_str(&s->scratch, buf_cstr(&s->now.name));
	m->text = s->now.text.len > 0 ? s->now.text.p : "[未知消息]";
	m->group = script_given(s, SLOT_GROUP);
	if (m->group == NULL && s->many)
		m->group = s->stem;
	m->thread = thread_of(s, m->group);
	m->subject = script_given(s, SLOT_SUBJECT);
	speakers_place(&s->speakers, f, name);
	identify(s, f);
	if (m->group != NULL)
		set_mentions(s, m);
	make_id(s, f, name);
	return 0;
}
