/* rows_kinds - which members of a record people see in a table */
#include <string.h>

#include "report/rows.h"

#define END { NULL, NULL, ROWS_TEXT, 0 }

static const struct rows_column customer[] = {
	{ "id", "id", ROWS_INT, 0 }, { "name", "name", ROWS_TEXT, 16 },
	{ "segment", "segment", ROWS_TEXT, 10 }, { "profile", "profile", ROWS_TEXT, 8 },
	{ "phone", "phone", ROWS_TEXT, 14 }, { "value.orders", "orders", ROWS_INT, 0 },
	{ "value.amounts", "amount", ROWS_MONEY, 15 }, { "open", "open", ROWS_INT, 0 },
	{ "last_at", "last", ROWS_DAY, 0 }, END
};
static const struct rows_column consent[] = {
	{ "customer", "customer", ROWS_INT, 0 }, { "purpose", "purpose", ROWS_TEXT, 16 },
	{ "channel", "channel", ROWS_TEXT, 10 }, { "given", "given", ROWS_TEXT, 0 },
	{ "at", "at", ROWS_TIME, 0 }, { "source", "source", ROWS_TEXT, 24 },
	{ "actor", "actor", ROWS_TEXT, 12 }, END
};
static const struct rows_column preference[] = {
	{ "customer", "customer", ROWS_INT, 0 }, { "name", "name", ROWS_TEXT, 16 },
	{ "value", "value", ROWS_TEXT, 30 }, { "at", "at", ROWS_TIME, 0 },
	{ "source", "source", ROWS_TEXT, 20 }, END
};
static const struct rows_column entitlement[] = {
	{ "id", "id", ROWS_INT, 0 }, { "customer", "customer", ROWS_INT, 0 },
	{ "customer_name", "name", ROWS_TEXT, 12 }, { "name", "benefit", ROWS_TEXT, 20 },
	{ "reference", "for", ROWS_TEXT, 14 }, { "used", "used", ROWS_INT, 0 },
	{ "quantity", "of", ROWS_INT, 0 }, { "until", "until", ROWS_TEXT, 0 }, END
};
static const struct rows_column conflict[] = {
	{ "why", "why", ROWS_TEXT, 0 }, { "by", "by", ROWS_TEXT, 0 },
	{ "value", "value", ROWS_TEXT, 28 }, { "customers", "customers", ROWS_TEXT, 60 },
	{ "at", "since", ROWS_DAY, 0 }, END
};
static const struct rows_column link[] = {
	{ "a", "a", ROWS_INT, 0 }, { "b", "b", ROWS_INT, 0 }, { "state", "state", ROWS_TEXT, 0 },
	{ "customers", "stand for", ROWS_TEXT, 0 }, END
};
static const struct rows_column standing[] = {
	{ "customer", "customer", ROWS_INT, 0 }, { "name", "name", ROWS_TEXT, 12 },
	{ "segment", "segment", ROWS_TEXT, 10 }, { "profile", "profile", ROWS_TEXT, 8 },
	{ "recency", "R", ROWS_INT, 0 }, { "frequency", "F", ROWS_INT, 0 },
	{ "monetary", "M", ROWS_INT, 0 }, { "why", "why", ROWS_TEXT, 70 }, END
};
static const struct rows_column risk[] = {
	{ "customer", "customer", ROWS_INT, 0 }, { "name", "name", ROWS_TEXT, 12 },
	{ "segment", "segment", ROWS_TEXT, 10 }, { "points", "points", ROWS_INT, 0 },
	{ "why", "why", ROWS_TEXT, 70 }, END
};
static const struct rows_column erasure[] = {
	{ "customer", "customer", ROWS_INT, 0 }, { "table", "what", ROWS_TEXT, 0 },
	{ "rows", "rows", ROWS_INT, 0 }, { "erases", "erased", ROWS_TEXT, 48 }, END
};

static const struct {
	const char *kind;
	const struct rows_column *cols;
} kinds[] = {
	{ "customer", customer }, { "consent", consent }, { "preference", preference },
	{ "entitlement", entitlement }, { "conflict", conflict }, { "link", link },
	{ "standing", standing }, { "risk", risk }, { "erasure", erasure },
};

const struct rows_column *
rows_columns(const char *kind)
{
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (strcmp(kinds[i].kind, kind) == 0)
			return kinds[i].cols;
	return NULL;
}
