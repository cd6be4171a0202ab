/* csr-redact - mask sensitive data, before or after it is stored */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/conf.h"
#include "base/log.h"
#include "base/opt.h"
#include "base/out.h"
#include "desk/redact.h"
#include "store/feed.h"

enum { RULES_MAX = 4 * 1024 * 1024, KEY_MAX = 4096, KEY_LEAST = 16 };

static const char *kinds, *fields, *placeholder, *key_file;
static int64_t reveal;
static bool report;

static const struct opt opts[] = {
	{ 0, "kinds", "LIST", "mask only these: phone,id_card,...", OPT_TEXT, &kinds },
	{ 0, "fields", "LIST", "in these fields of every record: text,extra.quoted,...", OPT_TEXT, &fields },
	{ 0, "placeholder", "FORMAT", "what stands instead (%k kind, %n number, %r end)", OPT_TEXT, &placeholder },
	{ 0, "reveal-last", "N", "show the last N characters of numbers", OPT_INT, &reveal },
	{ 0, "key", "FILE", "number by this secret: the same in every run", OPT_TEXT, &key_file },
	{ 0, "report", NULL, "print how many of each kind, no records", OPT_FLAG, &report },
	OPT_CONFIG, OPT_REJECTS, OPT_QUIET, OPT_EXPLAIN, OPT_END
};

static const struct prog prog = {
	.name = "csr-redact",
	.what = "mask sensitive data: identity and bank cards, telephones, addresses ...",
	.args = "[FILE...]",
	.examples =
	    "  csr-ingest -n export.csv | csr-redact | csr-ingest -q\n"
	    "  csr-redact --report <messages.jsonl | jq .kinds\n"
	    "  csr-redact --kinds id_card,bank_card --reveal-last 4 <messages.jsonl\n"
	    "  csr-redact --fields text,from.phone --placeholder '***' <messages.jsonl\n",
	.opts = opts
};

struct work {
	struct redactor d;
	struct secret_rules rules;
	char *key;
	struct arena names;	/* of kinds and fields */
};

/* Splits a list at its commas into A. */
static const char **
split(struct arena *a, const char *list, size_t *n)
{
	const char **names = arena_alloc(a, (strlen(list) / 2 + 1) * sizeof(*names));

	for (*n = 0; *list != '\0'; list += strspn(list, ", ")) {
		size_t len = strcspn(list, ", ");

		if (len > 0)
			names[(*n)++] = arena_strn(a, list, len);
		list += len;
	}
	return names;
}

static int
load_rules(struct secret_rules *r, struct err *e)
{
	char **paths;
	int i, n = conf_list("redact", ".conf", &paths, e), bad = n < 0 ? -1 : 0;

	for (i = 0; i < n && bad == 0; i++) {
		char *text = conf_read(paths[i], RULES_MAX, NULL, e);

		bad = text != NULL ? secret_rules_read(r, paths[i], text, e) : -1;
		free(text);
	}
	conf_list_free(paths, n);
	secret_rules_ready(r);
	return bad;
}

static int
unknown_kind(const char *name, struct err *e)
{
	struct buf known = BUF_INIT;
	enum finding_kind k;

	for (k = 0; k < FIND_KINDS; k++)
		if (finding_is_secret(k))
			buf_fmt(&known, "%s ", finding_name(k));
	err_set(e, ERR_USAGE, "--kinds: \"%s\" is none of %sand of redact/*.conf", name,
	    buf_cstr(&known));
	buf_release(&known);
	return -1;
}

static int
pick_kinds(struct work *w, struct err *e)
{
	const char **names;
	size_t n = 0, i;
	enum finding_kind k;
	bool *found;
	int bad = 0;

	for (k = 0; k < FIND_KINDS; k++)
		w->d.secrets.kinds[k] = kinds == NULL && finding_is_secret(k);
	if (kinds == NULL)
		return 0;
	names = split(&w->names, kinds, &n);
	found = xcalloc(n + 1, sizeof(*found));
	secret_rules_pick(&w->rules, names, n, found);
	for (i = 0; i < n && bad == 0; i++) {
		k = finding_kind(names[i]);
		if (k != FIND_KINDS && finding_is_secret(k))
			w->d.secrets.kinds[k] = true;
		else if (!found[i])
			bad = unknown_kind(names[i], e);
	}
	free(found);
	return bad;
}

static int
take_key(struct work *w, struct err *e)
{
	size_t len;

	if (key_file == NULL)
		return 0;
	if ((w->key = conf_read(key_file, KEY_MAX, &len, e)) == NULL)
		return -1;
	while (len > 0 && strchr(" \r\n", w->key[len - 1]) != NULL)
		len--;
	if (len < KEY_LEAST)
		return err_set(e, ERR_CONFIG, "%s: a key has at least %d bytes", key_file,
		    (int)KEY_LEAST);
	w->d.marks.key = w->key;
	w->d.marks.key_len = len;
	return 0;
}

static int
prepare(struct work *w, struct err *e)
{
	w->d.fields = redact_usual_fields;
	w->d.n_fields = redact_n_usual_fields;
	w->d.complain = warn_err;
	w->d.secrets.rules = &w->rules;
	if (fields != NULL) {
		w->d.fields = split(&w->names, fields, &w->d.n_fields);
		w->d.every_kind = true;
	}
	return marks_init(&w->d.marks, placeholder, reveal, e) < 0 || take_key(w, e) < 0 ||
	    load_rules(&w->rules, e) < 0 ? -1 : pick_kinds(w, e);
}

/* One line on stderr a secret: where it stood and what it was, never the value. */
static void
explain(const struct redactor *d, const struct rec *r)
{
	size_t i;

	for (i = 0; i < d->n_said; i++)
		warn("%s:%zu: %s %s [%lld,%lld)", r->source, r->line, d->said[i].field,
		    d->said[i].kind, (long long)d->said[i].start, (long long)d->said[i].end);
}

static int
each(void *ctx, struct rec *r, void **item, struct err *e)
{
	struct work *w = ctx;
	int changed = redact_record(&w->d, r);

	(void)item;
	(void)e;
	if (changed && common.explain)
		explain(&w->d, r);
	return changed;
}

static void
release(struct work *w)
{
	redactor_release(&w->d);
	secret_rules_release(&w->rules);
	arena_release(&w->names);
	free(w->key);
}

int
main(int argc, char **argv)
{
	static struct work w = { .d = { .secrets = SECRETS_INIT }, .rules = SECRET_RULES_INIT };
	struct feed f = { .each = each, .ctx = &w, .complain = warn_err };
	struct buf out = BUF_INIT;
	struct err e;
	int at = opt_parse(argc, argv, &prog), status;

	f.rejects = common.rejects;
	f.quiet = common.quiet || report;
	if (at == argc && isatty(STDIN_FILENO))
		die(ERR_USAGE, "no file given and stdin is a terminal (try --help)");
	if (prepare(&w, &e) < 0)
		die_err(&e);
	if ((status = feed_run(&f, argc - at, argv + at, &e)) < 0) {
		warn_err(&e);
		status = e.code;
	} else if (f.refused > 0) {
		status = ERR_DATA;
	}
	if (report) {
		redact_report(&w.d, &out);
		out_write(out.p, out.len);
	}
	buf_release(&out);
	release(&w);
	return out_finish(status);
}
