/* csv_sums - rows that sum up: answers to surveys, figures of agents and teams over a time */
#include <stdlib.h>
#include <string.h>

#include "intake/csv_row.h"
#include "stream/jtext.h"

/* 123 of https://desk.example.com/app/accounts/1/conversations/123. */
static const char *
conversation_of(struct csv_row *r)
{
	const char *link = csv_row_text(r, SLOT_LINK), *at;
	size_t len;

	if (link == NULL)
		return NULL;
	at = strrchr(link, '/');
	at = at != NULL ? at + 1 : link;
	len = strspn(at, "0123456789");
	return len > 0 && at[len] == '\0' ? at : NULL;
}

/* Li Si (lisi@example.com): the address is whom the desk knows him by. */
static void
split_agent(struct csv_row *r, struct fact *f)
{
	const char *s = csv_row_text(r, SLOT_AGENT_NAME), *open, *at;
	size_t len;

	if (s == NULL || (open = strrchr(s, '(')) == NULL)
		return;
	len = strlen(open);
	at = strchr(open, '@');
	if (open == s || at == NULL || open[len - 1] != ')' || len < 5)
		return;
	f->agent.id = arena_strn(&r->scratch, open + 1, len - 2);
	len = (size_t)(open - s);
	while (len > 0 && s[len - 1] == ' ')
		len--;
	f->agent.name = arena_strn(&r->scratch, s, len);
}

/* The answer's own id: the conversation it is about, and when it was given. */
static const char *
response_id(struct csv_row *r, const char *link, int64_t at)
{
	struct buf id = BUF_INIT;
	const char *s;

	buf_fmt(&id, "%.400s@%lld", link, (long long)at);
	s = arena_strn(&r->scratch, id.p, id.len);
	buf_release(&id);
	return s;
}

int
csv_response_fact(struct csv_row *r, struct fact *f, struct err *e)
{
	struct fact_response *p = &f->response;
	struct fact_message m = { .score = 0 };

	if (csv_row_at(r, &p->at, e) < 0)
		return -1;
	csv_row_score(r, &m);
	if (m.score == 0 && r->v[SLOT_SCORE].len > 0) {
		err_set(e, ERR_DATA, "\"%.40s\" is not 1 to 5", r->v[SLOT_SCORE].p);
		return csv_row_refuse(r, SLOT_SCORE, e);
	}
	if (m.score != 0)
		p->score = m.score;
	p->form = "csat";
	p->mode = "import";
	p->comment = csv_row_text(r, SLOT_COMMENT);
	p->ticket = conversation_of(r);
	split_agent(r, f);
	if (f->external_id == NULL && csv_row_text(r, SLOT_LINK) != NULL &&
	    p->at != FACT_NO_TIME)
		f->external_id = response_id(r, csv_row_text(r, SLOT_LINK), p->at);
	csv_row_keep(r, SLOT_LINK);
	return 0;
}

/* Whose figures they are. */
static void
about(struct csv_row *r, struct fact_metric *m)
{
	static const struct { enum csv_slot slot; const char *about; } all[] = {
		{ SLOT_AGENT_NAME, "agent" }, { SLOT_TEAM, "team" }, { SLOT_INBOX, "inbox" },
		{ SLOT_LABEL, "label" }
	};
	size_t i;

	for (i = 0; i < sizeof(all) / sizeof(*all); i++) {
		if (csv_row_text(r, all[i].slot) == NULL)
			continue;
		if (m->about != NULL) {
			csv_row_keep(r, all[i].slot);
			continue;
		}
		m->about = all[i].about;
		m->subject = csv_row_text(r, all[i].slot);
	}
}

int
csv_metric_fact(struct csv_row *r, struct fact *f, struct err *e)
{
	struct fact_metric *m = &f->metric;

	m->from_at = r->head->from_at;
	m->to_at = r->head->to_at;
	if (csv_row_time(r, SLOT_STARTS_AT, &m->from_at, e) < 0 ||
	    csv_row_time(r, SLOT_ENDS_AT, &m->to_at, e) < 0)
		return -1;
	about(r, m);
	memset(&f->agent, 0, sizeof(f->agent));	/* the subject says it */
	m->values = r->figures;
	m->values_n = r->figures_n;
	if (r->figures_n == 0)
		return err_set(e, ERR_DATA, "no figures");
	if (m->from_at == FACT_NO_TIME || m->to_at == FACT_NO_TIME)
		return err_set(e, ERR_DATA, "no time it counts: no line before the header names "
		    "two days, nor do columns starts_at and ends_at");
	return 0;
}
