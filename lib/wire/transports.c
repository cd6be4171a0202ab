/* transports - the ways out, as send/transports.conf names them */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/conf.h"
#include "time/tm.h"
#include "wire/proc.h"
#include "wire/transports.h"

enum { TIMEOUT_MS = 30000, MOST = 64 };

static int
set_kind(struct transport *t, const char *value, struct err *e)
{
	static const char *const names[] = { "", "sendmail", "smtp", "webhook", "command",
		"spool" };
	int i;

	for (i = WAY_SENDMAIL; i <= WAY_SPOOL; i++)
		if (strcmp(names[i], value) == 0)
			t->kind = (enum transport_kind)i;
	return t->kind != WAY_NONE ? 0 : err_set(e, ERR_CONFIG,
	    "kind is sendmail, smtp, webhook, command or spool, not \"%s\"", value);
}

static int
set_form(struct transport *t, const char *value, struct err *e)
{
	if (strcmp(value, "json") == 0)
		t->form = HOOK_JSON;
	else if (strcmp(value, "dingtalk") == 0)
		t->form = HOOK_DINGTALK;
	else if (strcmp(value, "wecom") == 0)
		t->form = HOOK_WECOM;
	else
		return err_set(e, ERR_CONFIG, "form is json, dingtalk or wecom, not \"%s\"", value);
	return 0;
}

/* Words at blanks; "..." keeps blanks together. No shell has a part in it. */
static int
set_command(struct transports *all, struct transport *t, const char *value, struct err *e)
{
	size_t n = 0, len;
	const char *s = value;

	for (;; s += len) {
		s += strspn(s, " \t");
		if (*s == '\0')
			break;
		if (n == WAY_ARGS)
			return err_set(e, ERR_CONFIG, "more than %d words", WAY_ARGS);
		if (*s == '"') {
			len = strcspn(s + 1, "\"");
			t->argv[n++] = arena_strn(&all->arena, s + 1, len);
			len += 1U + (s[len + 1] == '"');
		} else {
			len = strcspn(s, " \t");
			t->argv[n++] = arena_strn(&all->arena, s, len);
		}
	}
	t->argv[n] = NULL;
	return n > 0 ? 0 : err_set(e, ERR_CONFIG, "no command");
}

static int
set_hosts(struct transports *all, struct transport *t, const char *value, struct err *e)
{
	const char *s = value;
	size_t len;

	for (; *(s += strspn(s, ", \t")) != '\0'; s += len) {
		len = strcspn(s, ", \t");
		if (t->n_hosts == WAY_HOSTS)
			return err_set(e, ERR_CONFIG, "more than %d hosts", WAY_HOSTS);
		t->hosts[t->n_hosts++] = arena_strn(&all->arena, s, len);
	}
	return 0;
}

static int
set_yes(bool *flag, const char *key, const char *value, struct err *e)
{
	*flag = strcmp(value, "yes") == 0;
	return *flag || strcmp(value, "no") == 0 ? 0 :
	    err_set(e, ERR_CONFIG, "%s is yes or no, not \"%s\"", key, value);
}

static int
set_rate(struct transport *t, const char *value, struct err *e)
{
	char *end;

	t->per_minute = strtoll(value, &end, 10);
	return end != value && *end == '\0' && t->per_minute > 0 ? 0 :
	    err_set(e, ERR_CONFIG, "per_minute is a number, not \"%s\"", value);
}

static int
set_way(struct transports *all, struct transport *t, const char *key, const char *value,
    struct err *e)
{
	const struct { const char *key; const char **to; } texts[] = {
		{ "from", &t->from }, { "url", &t->url }, { "user", &t->user },
		{ "password_file", &t->password.file },
		{ "password_command", &t->password.command },
		{ "secret_file", &t->secret.file }, { "secret_command", &t->secret.command },
		{ "url_file", &t->url_place.file }, { "url_command", &t->url_place.command },
		{ "dir", &t->dir }, { "unsubscribe", &t->unsubscribe }
	};
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (strcmp(texts[i].key, key) == 0) {
			*texts[i].to = arena_str(&all->arena, value);
			return 0;
		}
	if (strcmp(key, "kind") == 0)
		return set_kind(t, value, e);
	if (strcmp(key, "command") == 0)
		return set_command(all, t, value, e);
	if (strcmp(key, "form") == 0)
		return set_form(t, value, e);
	if (strcmp(key, "hosts") == 0)
		return set_hosts(all, t, value, e);
	if (strcmp(key, "private") == 0)
		return set_yes(&t->private_ok, key, value, e);
	if (strcmp(key, "plain") == 0)
		return set_yes(&t->plain_ok, key, value, e);
	if (strcmp(key, "per_minute") == 0)
		return set_rate(t, value, e);
	if (strcmp(key, "timeout") == 0)
		return tm_parse_span(value, &t->timeout_ms, e);
	return err_set(e, ERR_CONFIG, "unknown key \"%s\"", key);
}

static int
on_head(struct transports *t, const char *section, struct err *e)
{
	if (strncmp(section, "transport ", 10) == 0 && t->n < MOST) {
		t->v[t->n++] = (struct transport){ .name = arena_str(&t->arena, section + 10),
			.timeout_ms = TIMEOUT_MS };
		return 0;
	}
	if (strncmp(section, "channel ", 8) == 0 && t->n_channels < MOST) {
		t->channels[t->n_channels++].channel = arena_str(&t->arena, section + 8);
		return 0;
	}
	return err_set(e, ERR_CONFIG, "unknown section [%s]", section);
}

static int
on_key(void *ctx, const char *section, const char *key, const char *value, size_t line,
    struct err *e)
{
	struct transports *t = ctx;

	(void)line;
	if (key == NULL)
		return on_head(t, section, e);
	if (*section == '\0')
		return err_set(e, ERR_CONFIG, "\"%s\" stands before the first section", key);
	if (strncmp(section, "transport ", 10) == 0)
		return set_way(t, &t->v[t->n - 1], key, value, e);
	if (strcmp(key, "transport") != 0)
		return err_set(e, ERR_CONFIG, "unknown key \"%s\"", key);
	t->channels[t->n_channels - 1].transport = arena_str(&t->arena, value);
	return 0;
}

static const struct transport *
find(const struct transports *t, const char *name)
{
	size_t i;

	for (i = 0; name != NULL && i < t->n; i++)
		if (strcmp(t->v[i].name, name) == 0)
			return &t->v[i];
	return NULL;
}

static const char *
lacks(const struct transport *w)
{
	bool mail = w->kind == WAY_SENDMAIL || w->kind == WAY_SMTP;

	return w->kind == WAY_NONE ? "kind" : mail && w->from == NULL ? "from" :
	    (w->kind == WAY_SENDMAIL || w->kind == WAY_COMMAND) && w->argv[0] == NULL ?
	    "command" : (w->kind == WAY_SMTP || w->kind == WAY_WEBHOOK) && w->url == NULL &&
	    w->url_place.file == NULL && w->url_place.command == NULL ? "url" :
	    w->kind == WAY_SPOOL && w->dir == NULL ? "dir" : NULL;
}

static int
check(const struct transports *t, struct err *e)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		if (lacks(&t->v[i]) != NULL)
			return err_set(e, ERR_CONFIG, "[transport %s] has no %s", t->v[i].name,
			    lacks(&t->v[i]));
	for (i = 0; i < t->n_channels; i++)
		if (find(t, t->channels[i].transport) == NULL)
			return err_set(e, ERR_CONFIG, "[channel %s] names no transport there is",
			    t->channels[i].channel);
	return 0;
}

int
transports_parse(struct transports *t, const char *source, char *text, struct err *e)
{
	*t = (struct transports){ .arena = ARENA_INIT };
	t->v = arena_alloc(&t->arena, MOST * sizeof(*t->v));
	t->channels = arena_alloc(&t->arena, MOST * sizeof(*t->channels));
	if (conf_parse_text(source, text, on_key, t, e) == 0) {
		if (check(t, e) == 0)
			return 0;
		err_at(e, source, 0);
	}
	transports_release(t);
	return -1;
}

void
transports_below(struct transports *t, const char *dir)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		if (t->v[i].dir != NULL && t->v[i].dir[0] != '/') {
			size_t size = strlen(dir) + strlen(t->v[i].dir) + 2;
			char *path = arena_alloc(&t->arena, size);

			snprintf(path, size, "%s/%s", dir, t->v[i].dir);
			t->v[i].dir = path;
		}
}

void
transports_release(struct transports *t)
{
	arena_release(&t->arena);
	t->n = t->n_channels = 0;
}

const struct transport *
transports_for(const struct transports *t, const char *channel)
{
	const char *rest = NULL;
	size_t i;

	for (i = 0; i < t->n_channels; i++) {
		if (strcmp(t->channels[i].channel, channel) == 0)
			return find(t, t->channels[i].transport);
		if (strcmp(t->channels[i].channel, "*") == 0)
			rest = t->channels[i].transport;
	}
	return find(t, rest);
}

static int
from_file(const char *path, char *out, size_t size, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd >= 0 ? read(fd, out, size - 1) : -1;

	if (n < 0)
		err_set(e, ERR_CONFIG, "%s: %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	out[n > 0 ? n : 0] = '\0';
	return n < 0 ? -1 : 0;
}

int
transport_secret(const struct secret_place *place, char *out, size_t size, struct err *e)
{
	int bad;

	*out = '\0';
	if (place->file == NULL && place->command == NULL)
		return 0;
	bad = place->file != NULL ? from_file(place->file, out, size, e) :
	    proc_output(place->command, out, size, e);
	out[strcspn(out, "\r\n")] = '\0';
	if (bad == 0 && *out == '\0')
		return err_set(e, ERR_CONFIG, "%s: is empty", place->file != NULL ? place->file :
		    place->command);
	return bad;
}
