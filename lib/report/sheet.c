/* sheet - one customer's record (csr-record(5)) as a page for people */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "report/sheet.h"
#include "report/sheet_private.h"
#include "report/table_form.h"

enum { USUAL_WIDTH = 80 };

static void
put_head(struct sheet *p, const struct node *c)
{
	const struct node *ids = node_get(c, "customers");
	const char *name = sheet_text(c, "name");
	int64_t id = sheet_int(c, "id"), other;
	size_t i;

	if (p->color)
		buf_str(p->out, "\033[1m");
	table_add_clean(p->out, *name != '\0' ? name : "(no name)", strlen(name) + (*name ? 0 : 9));
	buf_fmt(p->out, "%s  customer %lld", p->color ? "\033[m" : "", (long long)id);
	if (node_len(ids) > 1)
		for (i = 0; i < node_len(ids); i++)
			if (node_as_int(node_at(ids, i), &other) && other != id)
				buf_fmt(p->out, " = %lld", (long long)other);
	if (*sheet_text(c, "since") != '\0')
		buf_fmt(p->out, ", since %.10s", sheet_text(c, "since"));
	if (*sheet_text(c, "erased_at") != '\0')
		buf_fmt(p->out, ", erased %.10s", sheet_text(c, "erased_at"));
	buf_char(p->out, '\n');
}

static void
put_traits(struct sheet *p, const struct node *c)
{
	static const char *const keys[] = { "segment", "profile", "birthday", "language", "zone" };
	const char *sep = "";
	size_t i;

	sheet_label(p, "is");
	for (i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		sep = sheet_pair(p, sep, i < 2 ? "" : keys[i], sheet_text(c, keys[i]));
	if (*sep != '\0')
		sheet_end_line(p);
	buf_clear(&p->line);
}

static void
put_identities(struct sheet *p, const struct node *list)
{
	size_t i;

	for (i = 0; i < node_len(list); i++) {
		const struct node *o = node_at(list, i);
		const char *kind = sheet_text(o, "kind"), *channel = sheet_text(o, "channel");

		sheet_label(p, strcmp(kind, "channel") == 0 ? channel : kind);
		buf_str(&p->line, sheet_text(o, "value"));
		sheet_pair(p, "  at ", "", sheet_text(o, "account"));
		if (node_as_bool(node_get(o, "shared")))
			buf_str(&p->line, "  (shared: others use it, too)");
		sheet_end_line(p);
	}
}

static void
put_links(struct sheet *p, const struct node *list)
{
	size_t i;

	for (i = 0; i < node_len(list); i++) {
		const struct node *o = node_at(list, i);

		sheet_label(p, i == 0 ? "linked" : "");
		buf_fmt(&p->line, "%lld - %lld ", (long long)sheet_int(o, "a"),
		    (long long)sheet_int(o, "b"));
		if (*sheet_text(o, "value") != '\0')
			buf_fmt(&p->line, "by %s %s", sheet_text(o, "by"), sheet_text(o, "value"));
		else
			buf_fmt(&p->line, "by %s", sheet_text(o, "actor"));
		buf_str(&p->line, ", ");
		sheet_time(p, o, "at", true);
		sheet_end_line(p);
	}
}

static void
put_memberships(struct sheet *p, const struct node *list)
{
	size_t i;

	for (i = 0; i < node_len(list); i++) {
		const struct node *o = node_at(list, i);

		sheet_label(p, i == 0 ? "membership" : "");
		buf_fmt(&p->line, "%s  %s", sheet_text(o, "number"), sheet_text(o, "level"));
		sheet_pair(p, "  until ", "", sheet_text(o, "until"));
		sheet_end_line(p);
	}
}

static void
put_entitlements(struct sheet *p, const struct node *list)
{
	size_t i;

	for (i = 0; i < node_len(list); i++) {
		const struct node *o = node_at(list, i);
		int64_t quantity = sheet_int(o, "quantity");

		sheet_label(p, i == 0 ? "benefits" : "");
		buf_fmt(&p->line, "%s", sheet_text(o, "name"));
		if (quantity > 0)
			buf_fmt(&p->line, "  %lld of %lld left", (long long)(quantity -
			    sheet_int(o, "used")), (long long)quantity);
		sheet_pair(p, "  until ", "", sheet_text(o, "until"));
		buf_fmt(&p->line, "  (%lld)", (long long)sheet_int(o, "id"));
		sheet_end_line(p);
	}
}

static void
put_consent(struct sheet *p, const struct node *list)
{
	size_t i;

	for (i = 0; i < node_len(list); i++) {
		const struct node *o = node_at(list, i);
		const char *purpose = sheet_text(o, "purpose"), *channel = sheet_text(o, "channel");

		sheet_label(p, i == 0 ? "consent" : "");
		buf_fmt(&p->line, "%s by %s: %s, ", *purpose != '\0' ? purpose : "everything",
		    *channel != '\0' ? channel : "any channel",
		    node_as_bool(node_get(o, "given")) ? "yes" : "NO");
		sheet_time(p, o, "at", true);
		buf_fmt(&p->line, ", %s", sheet_text(o, "source"));
		sheet_end_line(p);
	}
}

static int
put_extra(void *ctx, const char *key, const struct node *value)
{
	struct sheet *p = ctx;
	struct buf text = BUF_INIT;

	if (node_as_text(value) != NULL)
		buf_str(&text, node_as_text(value));
	else
		node_print(value, &text);
	sheet_label(p, "");
	buf_fmt(&p->line, "%s: %s", key, buf_cstr(&text));
	sheet_end_line(p);
	buf_release(&text);
	return 0;
}

static int
put_preference(void *ctx, const char *key, const struct node *value)
{
	struct sheet *p = ctx;

	buf_fmt(&p->line, "%s %s  ", key, node_as_text(value) != NULL ? node_as_text(value) : "");
	return 0;
}

static void
put_preferences(struct sheet *p, const struct node *o)
{
	if (node_len(o) == 0)
		return;
	sheet_label(p, "prefers");
	node_each(o, put_preference, p);
	sheet_end_line(p);
}

void
sheet_print(const struct node *c, size_t width, bool color, struct buf *out)
{
	struct sheet p = { .out = out, .line = BUF_INIT, .width = width, .color = color };

	put_head(&p, c);
	put_traits(&p, c);
	put_identities(&p, node_get(c, "identities"));
	put_links(&p, node_get(c, "links"));
	put_memberships(&p, node_get(c, "memberships"));
	put_entitlements(&p, node_get(c, "entitlements"));
	put_consent(&p, node_get(c, "consent"));
	put_preferences(&p, node_get(c, "prefer"));
	node_each(node_get(c, "extra"), put_extra, &p);
	sheet_value(&p, c);
	sheet_line(&p, c);
	buf_release(&p.line);
}

size_t
sheet_width(void)
{
	const char *env = getenv("COLUMNS");
	long columns = env != NULL ? strtol(env, NULL, 10) : 0;
	struct winsize w;

	if (columns < 20 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0)
		columns = w.ws_col;
	return columns >= 20 && columns <= 1000 ? (size_t)columns : USUAL_WIDTH;
}
