/* roster - who is in a group chat: WeCom's groupchat/get, JSON
 *
 * Format: developer.work.weixin.qq.com/document/path/92707.  Each member is an event
 * group.member, and the group behind them group.roster, all at the time of the roster: what
 * it states (at, fetched_at), else the file's.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "intake/chat.h"
#include "intake/formats.h"
#include "stream/jtext.h"
#include "time/tm.h"

struct state {
	struct docs docs;
	struct arena scratch;
	struct buf extra;
	const struct node *group, *members;	/* being given; NULL: none */
	size_t at;
	int64_t told_at, file_at;
};

static int
sniff(const char *path, bool is_dir, const char *head, size_t len)
{
	(void)path;
	return !is_dir && chat_has(head, len, "member_list") && chat_has(head, len, "chat_id") ?
	    95 : 0;
}

/* {"group_chat":{…}}, the group itself, or a list of either. */
static int
list_of(void *ctx, const struct node *root, const struct node **list, struct err *e)
{
	(void)ctx;
	(void)e;
	*list = NULL;
	if (node_is_null(node_get(root, "group_chat")) && node_is_null(node_get(root, "chat_id")))
		*list = node_is_array(node_get(root, "groups")) ? node_get(root, "groups") :
		    node_get(root, "list");
	return 0;
}

static int
open_roster(struct intake *in, int fd, const char *head, size_t len, struct err *e)
{
	struct state *s = xcalloc(1, sizeof(*s));
	struct stat st;

	(void)e;
	s->file_at = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ?
	    (int64_t)st.st_mtim.tv_sec * 1000 : tm_now();
	docs_open(&s->docs, in, fd, head, len, list_of, NULL);
	/* A group in parts would have lost members. */
	s->docs.in.cuts = NULL;
	in->state = s;
	return 0;
}

static void
close_roster(struct intake *in)
{
	struct state *s = in->state;

	docs_close(&s->docs);
	arena_release(&s->scratch);
	buf_release(&s->extra);
	free(s);
}

static void
raw(struct intake *in)
{
	struct state *s = in->state;

	docs_raw(&s->docs, in);
}

static const char *
text(const struct node *n, const char *key)
{
	const char *s = node_as_text(node_get(n, key));

	return s != NULL && *s != '\0' ? s : NULL;
}

static void
put_time(struct state *s, const struct intake *in, const char *key, const struct node *n)
{
	char out[TM_SIZE];
	int64_t v;

	if (node_as_int(n, &v) && v > 0)
		jtext_member(&s->extra, key, tm_format(v < INT64_C(100000000000) ? v * 1000 : v,
		    in->opts.zone, out));
}

static bool
is_admin(const struct state *s, const char *userid)
{
	const struct node *admins = node_get(s->group, "admin_list");
	const char *owner = text(s->group, "owner");
	size_t i;

	if (owner != NULL && strcmp(owner, userid) == 0)
		return true;
	for (i = 0; i < node_len(admins); i++) {
		const char *id = text(node_at(admins, i), "userid");

		if (id != NULL && strcmp(id, userid) == 0)
			return true;
	}
	return false;
}

static void
begin(struct state *s, const struct intake *in, struct fact *f)
{
	fact_init(f);
	f->kind = FACT_EVENT;
	f->line = s->docs.in.line;
	f->channel = in->opts.channel != NULL ? in->opts.channel : "wecom";
	f->account = in->opts.account;
	f->event.at = s->told_at;
	f->event.subject = text(s->group, "chat_id");
	buf_clear(&s->extra);
	buf_char(&s->extra, '{');
}

static void
finish(struct state *s, struct fact *f)
{
	buf_char(&s->extra, '}');
	f->extra = s->extra.len > 2 ? s->extra.p : NULL;
}

static int
give_member(struct state *s, const struct intake *in, struct fact *f, struct err *e)
{
	static const char *const scenes[] = { "", "invited", "link", "qr" };
	const struct node *m = node_at(s->members, s->at++);
	const char *id = text(m, "userid"), *invitor = text(node_get(m, "invitor"), "userid");
	int64_t type = 0, scene = 0;

	begin(s, in, f);
	if (id == NULL)
		return err_set(e, ERR_DATA, "member %zu: no \"userid\"", s->at);
	node_as_int(node_get(m, "type"), &type);
	node_as_int(node_get(m, "join_scene"), &scene);
	f->event.name = "group.member";
	f->who.id = id;
	f->who.name = text(m, "name");
	f->who.role = type == 1 ? ROLE_AGENT : ROLE_CUSTOMER;
	put_time(s, in, "joined", node_get(m, "join_time"));
	if (scene > 0 && scene < 4)
		jtext_member(&s->extra, "scene", scenes[scene]);
	jtext_member(&s->extra, "invitor", invitor);
	jtext_member(&s->extra, "nickname", text(m, "group_nickname"));
	jtext_member(&s->extra, "unionid", text(m, "unionid"));
	if (is_admin(s, id)) {
		jtext_key(&s->extra, "admin");
		buf_str(&s->extra, "true");
	}
	finish(s, f);
	return 0;
}

static void
give_group(struct state *s, const struct intake *in, struct fact *f)
{
	begin(s, in, f);
	f->event.name = "group.roster";
	jtext_member(&s->extra, "name", text(s->group, "name"));
	jtext_member(&s->extra, "owner", text(s->group, "owner"));
	jtext_member(&s->extra, "notice", text(s->group, "notice"));
	put_time(s, in, "opened", node_get(s->group, "create_time"));
	jtext_member(&s->extra, "version", text(s->group, "member_version"));
	jtext_key(&s->extra, "members");
	buf_fmt(&s->extra, "%zu", node_len(s->members));
	finish(s, f);
	s->group = NULL;
}

/* The time a roster states. */
static int64_t
told_at(const struct state *s, const struct intake *in)
{
	static const char *const names[] = { "at", "fetched_at", "snapshot_at", "time" };
	struct err ignored;
	int64_t at;
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (chat_time(s->docs.item, names[i], in, &at, &ignored) == 0 ||
		    chat_time(s->docs.in.root, names[i], in, &at, &ignored) == 0)
			return at;
	return s->file_at;
}

/* The next group: 1, 0 the end, -1. */
static int
next_group(struct intake *in, struct state *s, struct err *e)
{
	int got = docs_next(&s->docs, in, e);

	if (got <= 0)
		return got;
	s->group = node_get(s->docs.item, "group_chat");
	if (node_is_null(s->group))
		s->group = s->docs.item;
	s->members = node_get(s->group, "member_list");
	s->at = 0;
	s->told_at = told_at(s, in);
	if (text(s->group, "chat_id") != NULL && node_is_array(s->members))
		return 1;
	s->group = NULL;
	err_set(e, ERR_DATA, "no \"chat_id\" or no \"member_list\"");
	return docs_refuse(&s->docs, in, e);
}

static int
next(struct intake *in, struct fact *f, struct err *e)
{
	struct state *s = in->state;
	int got;

	if (s->group == NULL && (got = next_group(in, s, e)) <= 0)
		return got;
	if (s->at < node_len(s->members)) {
		if (give_member(s, in, f, e) == 0)
			return 1;
		/* Whoever it is may have been in it before: nobody is taken to have left. */
		s->group = NULL;
		return docs_refuse(&s->docs, in, e);
	}
	give_group(s, in, f);
	return 1;
}

const struct intake_format intake_roster = {
	"roster", "who is in group chats (WeCom groupchat/get), JSON", sniff, open_roster, next,
	close_roster, raw
};
