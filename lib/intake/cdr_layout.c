/* cdr_layout - which column of a call detail record is which */
#include <string.h>
#include <strings.h>

#include "intake/cdr.h"
#include "time/tm.h"

enum { ROWS_LOOKED_AT = 5 };

/* What columns are called, by Asterisk and by FreeSWITCH. */
static const struct { const char *name; enum cdr_field field; } names[] = {
	{ "src", CDR_SRC }, { "caller_id_number", CDR_SRC }, { "ani", CDR_SRC },
	{ "dst", CDR_DST }, { "destination_number", CDR_DST },
	{ "dcontext", CDR_CONTEXT }, { "context", CDR_CONTEXT },
	{ "clid", CDR_CLID }, { "caller_id", CDR_CLID }, { "caller_id_name", CDR_NAME },
	{ "channel", CDR_CHANNEL }, { "channel_name", CDR_CHANNEL },
	{ "dstchannel", CDR_DSTCHANNEL }, { "bridge_channel", CDR_DSTCHANNEL },
	{ "bleg_uuid", CDR_DSTCHANNEL },
	{ "lastapp", CDR_LASTAPP }, { "last_app", CDR_LASTAPP },
	{ "lastdata", CDR_LASTDATA }, { "last_arg", CDR_LASTDATA },
	{ "start", CDR_START }, { "start_stamp", CDR_START }, { "calldate", CDR_START },
	{ "answer", CDR_ANSWER }, { "answer_stamp", CDR_ANSWER },
	{ "end", CDR_END }, { "end_stamp", CDR_END },
	{ "duration", CDR_DURATION }, { "billsec", CDR_BILLSEC },
	{ "disposition", CDR_DISPOSITION }, { "hangup_cause", CDR_CAUSE },
	{ "uniqueid", CDR_UNIQUEID }, { "uuid", CDR_UNIQUEID }, { "linkedid", CDR_LINKEDID },
	{ "accountcode", CDR_OTHER }, { "amaflags", CDR_OTHER }, { "userfield", CDR_OTHER },
	{ "peeraccount", CDR_OTHER }, { "sequence", CDR_OTHER }, { "read_codec", CDR_OTHER },
	{ "write_codec", CDR_OTHER }
};

/* Asterisk: cdr_csv.conf and cdr_custom.conf; FreeSWITCH: mod_cdr_csv and the templates of
 * cdr_csv.conf.xml.  A record may end before an optional column. */
#define ASTERISK "accountcode,src,dst,dcontext,clid,channel,dstchannel,lastapp,lastdata," \
	"start,answer,end,duration,billsec,disposition,amaflags"
#define CUSTOM "clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,start,answer,end," \
	"duration,billsec,disposition,amaflags,accountcode,uniqueid"
#define FREESWITCH "caller_id_name,caller_id_number,destination_number,context,start_stamp," \
	"answer_stamp,end_stamp,duration,billsec,hangup_cause,uuid,bleg_uuid,accountcode"
#define FS_ASTERISK "accountcode,caller_id_number,destination_number,context,caller_id," \
	"channel_name,bridge_channel,last_app,last_arg,start_stamp,answer_stamp,end_stamp," \
	"duration,billsec,hangup_cause,amaflags,uuid,userfield"
static const struct { const char *list; size_t least; } known[] = {
	{ ASTERISK ",uniqueid,userfield,peeraccount,linkedid,sequence", 16 },
	{ CUSTOM ",userfield,sequence", 17 },
	{ FREESWITCH ",read_codec,write_codec,sip_user_agent,call_clientcode,sip_rtp_rxstat,"
	  "sip_rtp_txstat,sofia_record_file", 13 },
	{ FS_ASTERISK, 18 }
};

static enum cdr_field
field_of(const char *name, bool *is_known)
{
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcasecmp(names[i].name, name) == 0) {
			*is_known = true;
			return names[i].field;
		}
	*is_known = false;
	return CDR_OTHER;
}

/* Fills L from LIST; returns how many of its names are known. */
static size_t
read_list(struct cdr_layout *l, const char *list)
{
	size_t known_n = 0;

	memset(l, 0, sizeof(*l));
	while (*list != '\0' && l->most < CDR_COLUMNS_MAX) {
		size_t len = strcspn(list, ",");
		const char *from = list + strspn(list, " \t");
		size_t n = from < list + len ? len - (size_t)(from - list) : 0;
		bool is_known;

		while (n > 0 && from[n - 1] == ' ')
			n--;
		l->name[l->most] = arena_strn(&l->mem, from, n);
		l->field[l->most] = field_of(l->name[l->most], &is_known);
		if (l->field[l->most] < CDR_FIELDS)
			l->has[l->field[l->most]] = true;
		l->most++;
		known_n += is_known;
		list += len + (list[len] == ',');
	}
	l->least = l->most;
	return known_n;
}

int
cdr_layout_parse(struct cdr_layout *l, const char *list, struct err *e)
{
	read_list(l, list);
	if (l->has[CDR_START] && (l->has[CDR_SRC] || l->has[CDR_CLID]) &&
	    (l->has[CDR_DISPOSITION] || l->has[CDR_CAUSE] || l->has[CDR_ANSWER]))
		return 0;
	cdr_layout_release(l);
	return err_set(e, ERR_USAGE, "--columns of calls must have start, src, and disposition, "
	    "hangup_cause or answer");
}

bool
cdr_layout_is(const char *list)
{
	struct cdr_layout l;
	size_t known_n = read_list(&l, list);
	bool is = known_n >= 4 && 2 * known_n >= l.most && l.has[CDR_START];

	cdr_layout_release(&l);
	return is;
}

static bool
is_time(const struct csvin_field *f, bool may_lack)
{
	struct err ignored;
	int64_t at;

	return f->len == 0 ? may_lack : tm_parse(f->p, f->len, zone_utc(), &at, &ignored) == 0;
}

/* Whether the row can be a record of this layout. */
static bool
fits(const struct cdr_layout *l, const struct csvin *in)
{
	struct cdr r = { .v = { NULL } };
	bool ok = in->n >= l->least && in->n <= l->most;
	size_t i;

	memcpy(r.has, l->has, sizeof(r.has));
	for (i = 0; ok && i < in->n; i++) {
		const struct csvin_field *f = &in->field[i];

		if (l->field[i] == CDR_START || l->field[i] == CDR_END)
			ok = is_time(f, false);
		else if (l->field[i] == CDR_ANSWER)
			ok = is_time(f, true);
		else if (l->field[i] == CDR_DURATION || l->field[i] == CDR_BILLSEC)
			ok = f->len > 0 && strspn(f->p, "0123456789.") == f->len;
		if (l->field[i] < CDR_FIELDS)
			r.v[l->field[i]] = f->len > 0 ? f->p : NULL;
	}
	return ok && cdr_outcome(&r) != NULL;
}

int
cdr_layout_find(struct cdr_layout *l, const char *text, size_t len)
{
	struct csvin in;
	struct err ignored;
	bool found = false;
	size_t row, k;
	int got = 1;

	csvin_open_text(&in, "", text, len);
	for (row = 0; row < ROWS_LOOKED_AT && got != 0 && !found; row++) {
		got = csvin_next(&in, &ignored);
		for (k = 0; got > 0 && k < sizeof(known) / sizeof(*known) && !found; k++) {
			read_list(l, known[k].list);
			l->least = known[k].least;
			found = fits(l, &in);
			if (!found)
				cdr_layout_release(l);
		}
	}
	csvin_close(&in);
	return found;
}

void
cdr_layout_release(struct cdr_layout *l)
{
	arena_release(&l->mem);
}
