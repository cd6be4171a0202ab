/* fuzz_routing - the desk's policy and roster
 * seeds: share/routing share/demo/config/routing */
#include "fuzz.h"
#include "desk/policy.h"
#include "desk/roster.h"

static const struct cal *
no_calendar(const char *name, struct err *e)
{
	err_set(e, ERR_CONFIG, "no calendar \"%s\"", name);
	return NULL;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size);
	struct policy *p;
	struct roster *r;
	struct err e;

	p = policy_parse("fuzz", text, no_calendar, &e);
	MUST(p != NULL || e.code == ERR_CONFIG);
	policy_free(p);
	free(text);
	text = fuzz_text(data, size);
	r = roster_parse("fuzz", text, zone_utc(), no_calendar, &e);
	MUST(r != NULL || e.code == ERR_CONFIG);
	for (size_t i = 0; r != NULL && i < r->n; i++)
		agent_is_on_shift(&r->agents[i], INT64_C(1790816400000));
	roster_free(r);
	free(text);
	return 0;
}
