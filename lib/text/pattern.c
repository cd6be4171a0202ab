/* pattern - the door to PCRE2: regular expressions written by users */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"
#include "text/pattern.h"

/* An honest pattern on a message takes some thousand steps. */
enum { MATCH_LIMIT = 200000, DEPTH_LIMIT = 2000, HEAP_LIMIT_KB = 16384 };

struct pattern {
	pcre2_code *code;
	pcre2_match_data *data;
	pcre2_match_context *limits;
	bool used;
};

struct pattern *
pattern_new(const char *source, struct err *e)
{
	struct pattern *p;
	PCRE2_SIZE at = 0;
	int code = 0;
	PCRE2_UCHAR why[128];
	pcre2_code *re = pcre2_compile((PCRE2_SPTR)source, PCRE2_ZERO_TERMINATED,
	    PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C, &code, &at, NULL);

	if (re == NULL) {
		pcre2_get_error_message(code, why, sizeof(why));
		err_set(e, ERR_CONFIG, "pattern /%.100s/, character %zu: %s", source,
		    (size_t)at, (const char *)why);
		return NULL;
	}
	p = xcalloc(1, sizeof(*p));
	p->code = re;
	p->data = pcre2_match_data_create_from_pattern(re, NULL);
	p->limits = pcre2_match_context_create(NULL);
	if (p->data == NULL || p->limits == NULL)
		mem_die();
	pcre2_set_match_limit(p->limits, MATCH_LIMIT);
	pcre2_set_depth_limit(p->limits, DEPTH_LIMIT);
	pcre2_set_heap_limit(p->limits, HEAP_LIMIT_KB);
	return p;
}

void
pattern_free(struct pattern *p)
{
	if (p == NULL)
		return;
	pcre2_match_context_free(p->limits);
	pcre2_match_data_free(p->data);
	pcre2_code_free(p->code);
	free(p);
}

int
pattern_match(struct pattern *p, const char *text, size_t len, size_t *start, size_t *end,
    struct err *e)
{
	return pattern_match_from(p, text, len, 0, start, end, e);
}

int
pattern_match_from(struct pattern *p, const char *text, size_t len, size_t from,
    size_t *start, size_t *end, struct err *e)
{
	PCRE2_UCHAR why[128];
	const PCRE2_SIZE *at;
	int rc;

	if (!p->used) {
		/* Without JIT (unusual machine, no memory) matching is only slower. */
		pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE);
		p->used = true;
	}
	rc = pcre2_match(p->code, (PCRE2_SPTR)text, len, from, PCRE2_NO_UTF_CHECK, p->data,
	    p->limits);
	if (rc == PCRE2_ERROR_NOMATCH)
		return 0;
	if (rc < 0) {
		pcre2_get_error_message(rc, why, sizeof(why));
		return err_set(e, ERR_CONFIG, "pattern: %s", (const char *)why);
	}
	at = pcre2_get_ovector_pointer(p->data);
	if (start != NULL)
		*start = at[0];
	if (end != NULL)
		*end = at[1];
	return 1;
}
