/* csv_member - a member of a group chat as a row of a roster states one */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "intake/csv_row.h"
#include "stream/jtext.h"
#include "time/tm.h"

/* The group, remembered: at the end it is said that these were all. */
static const char *
see_group(struct csv_row *r, const char *group)
{
	int is_new;
	union map_value *v = map_put(&r->group_names, group, strlen(group), &is_new);

	if (is_new) {
		v->ptr = arena_str(&r->names, group);
		r->groups = xrealloc(r->groups, (r->groups_n + 1) * sizeof(*r->groups));
		r->groups[r->groups_n++] = v->ptr;
	}
	return v->ptr;
}

int
csv_member_fact(struct csv_row *r, struct fact *f, struct err *e)
{
	const char *group = csv_row_text(r, SLOT_GROUP);
	const char *type = csv_row_word(r, SLOT_MEMBER_TYPE, "direction");
	const char *scene = csv_row_word(r, SLOT_SCENE, "scene");
	const char *admin = csv_row_word(r, SLOT_ADMIN, "consent");
	int64_t joined = FACT_NO_TIME;
	char text[TM_SIZE];

	if (group == NULL)
		group = csv_row_text(r, SLOT_GROUP_NAME);
	if (group == NULL || (f->who.id == NULL && f->who.name == NULL))
		return err_set(e, ERR_DATA, "no group, or neither id nor name");
	if (csv_row_time(r, SLOT_JOINED_AT, &joined, e) < 0)
		return -1;
	f->event.name = "group.member";
	f->event.subject = see_group(r, group);
	f->event.at = r->told_at;
	f->external_id = NULL;
	if (f->who.id == NULL)
		f->who.id = f->who.name;
	f->who.role = type != NULL && strcmp(type, "out") == 0 ? ROLE_AGENT : ROLE_CUSTOMER;
	if (type == NULL)
		csv_row_keep(r, SLOT_MEMBER_TYPE);
	if (joined != FACT_NO_TIME)
		jtext_member(&r->extra, "joined", tm_format(joined, r->opts->zone, text));
	jtext_member(&r->extra, "scene", scene != NULL ? scene : csv_row_text(r, SLOT_SCENE));
	jtext_member(&r->extra, "invitor", csv_row_text(r, SLOT_INVITOR));
	if (admin != NULL && *admin == 'y') {
		jtext_key(&r->extra, "admin");
		buf_str(&r->extra, "true");
	}
	return 0;
}

bool
csv_member_close(struct csv_row *r, struct fact *f)
{
	if (r->groups_closed == r->groups_n)
		return false;
	fact_init(f);
	f->kind = FACT_EVENT;
	f->channel = r->opts->channel != NULL ? r->opts->channel : "wecom";
	f->account = r->opts->account;
	f->event.name = "group.roster";
	f->event.subject = r->groups[r->groups_closed++];
	f->event.at = r->told_at;
	return true;
}
