/* csv_deal - orders as rows of a CSV file state them */
#include <string.h>

#include "intake/csv_row.h"
#include "stream/jtext.h"
#include "time/tm.h"
#include "stream/jtext.h"

/* The currency a column or the amount itself names; CNY when nobody does. */
static const char *
order_currency(struct csv_row *r, struct csv_cell beside)
{
	const char *word = csv_row_word(r, SLOT_CURRENCY, "currency");
	const struct alias *alias;

	if (word != NULL)
		return word;
	if (r->v[SLOT_CURRENCY].len == 3)
		return r->v[SLOT_CURRENCY].p;
	csv_row_keep(r, SLOT_CURRENCY);
	if (beside.len == 0 && r->column[SLOT_AMOUNT] < r->head->n &&
	    r->head->columns[r->column[SLOT_AMOUNT]].currency != NULL)
		return r->head->columns[r->column[SLOT_AMOUNT]].currency;
	if (beside.len == 0)
		return "CNY";
	alias = aliases_find(r->aliases, "currency", beside.p, beside.len);
	return alias != NULL ? alias->key : NULL;
}

static int
order_amount(struct csv_row *r, struct fact_order *o, struct err *e)
{
	struct csv_cell number, beside;
	bool negative;

	if (r->v[SLOT_AMOUNT].len == 0)
		return 0;
	if (csv_money_split(r->v[SLOT_AMOUNT], &number, &beside, &negative, e) < 0)
		return csv_row_refuse(r, SLOT_AMOUNT, e);
	o->currency = order_currency(r, beside);
	if (o->currency == NULL) {
		err_set(e, ERR_DATA, "\"%.40s\": the currency is unknown", r->v[SLOT_AMOUNT].p);
		return csv_row_refuse(r, SLOT_AMOUNT, e);
	}
	if (csv_money(number, o->currency, &o->amount_minor, e) < 0)
		return csv_row_refuse(r, SLOT_AMOUNT, e);
	if (negative)
		o->amount_minor = -o->amount_minor;
	return 0;
}

static void
add_time(struct csv_row *r, const char *key, int64_t at)
{
	char text[TM_SIZE];

	if (at != FACT_NO_TIME)
		jtext_member(&r->extra, key, tm_format(at, r->opts->zone, text));
}

static int
add_segment(struct csv_row *r, const char *rest, struct err *e)
{
	struct fact_order at = { .starts_at = FACT_NO_TIME, .ends_at = FACT_NO_TIME };
	enum csv_slot from = r->v[SLOT_DEPARTS].len > 0 ? SLOT_DEPARTS : SLOT_STARTS_AT;
	enum csv_slot to = r->v[SLOT_ARRIVES].len > 0 ? SLOT_ARRIVES : SLOT_ENDS_AT;

	if (csv_row_time(r, from, &at.starts_at, e) < 0 || csv_row_time(r, to, &at.ends_at, e) < 0)
		return -1;
	jtext_key(&r->extra, "segments");
	buf_str(&r->extra, "[{");
	jtext_member(&r->extra, "flight", csv_row_text(r, SLOT_FLIGHT));
	jtext_member(&r->extra, "from", csv_row_text(r, SLOT_ORIGIN));
	jtext_member(&r->extra, "to", csv_row_text(r, SLOT_DESTINATION));
	add_time(r, "departs", at.starts_at);
	add_time(r, "arrives", at.ends_at);
	jtext_member(&r->extra, "cabin", csv_row_text(r, SLOT_CABIN));
	if (rest != NULL && r->v[SLOT_PASSENGER].len == 0) {
		jtext_key(&r->extra, "row");
		buf_str(&r->extra, rest);
	}
	buf_str(&r->extra, "}]");
	return 0;
}

static void
add_passenger(struct csv_row *r, const char *rest)
{
	jtext_key(&r->extra, "passengers");
	buf_str(&r->extra, "[{");
	jtext_member(&r->extra, "name", csv_row_text(r, SLOT_PASSENGER));
	jtext_member(&r->extra, "document", csv_row_text(r, SLOT_DOCUMENT));
	jtext_member(&r->extra, "phone", csv_row_text(r, SLOT_PASSENGER_PHONE));
	jtext_member(&r->extra, "ticket_no", csv_row_text(r, SLOT_TICKET_NO));
	jtext_member(&r->extra, "seat", csv_row_text(r, SLOT_SEAT));
	if (rest != NULL) {
		jtext_key(&r->extra, "travel");
		buf_str(&r->extra, rest);
	}
	buf_str(&r->extra, "}]");
}

/* A row for each traveller, or each flight, of an order: what it says of them adds to what
 * other rows say; what nobody knows is said of this row. */
static int
add_trip(struct csv_row *r, struct fact *f, struct err *e)
{
	const char *rest = NULL;

	if (r->v[SLOT_FLIGHT].len == 0 && r->v[SLOT_PASSENGER].len == 0)
		return 0;
	if (r->extra.len > 1) {
		buf_char(&r->extra, '}');
		rest = arena_strn(&r->scratch, r->extra.p, r->extra.len);
	}
	buf_clear(&r->extra);
	buf_str(&r->extra, "{\"partial\":true");
	if (r->v[SLOT_FLIGHT].len > 0 && add_segment(r, rest, e) < 0)
		return -1;
	if (r->v[SLOT_PASSENGER].len > 0)
		add_passenger(r, rest);
	if (f->who.name == NULL)
		f->who.name = csv_row_text(r, SLOT_PASSENGER);
	if (!fact_person_known(&f->who))
		f->who.phone = csv_row_text(r, SLOT_PASSENGER_PHONE);
	return 0;
}

int
csv_order_fact(struct csv_row *r, struct fact *f, struct err *e)
{
	struct fact_order *o = &f->order;

	o->status = csv_row_text(r, SLOT_STATUS);
	o->title = csv_row_text(r, SLOT_TITLE);
	if (csv_row_time(r, SLOT_ORDERED_AT, &o->ordered_at, e) < 0 ||
	    csv_row_time(r, SLOT_PAID_AT, &o->paid_at, e) < 0 ||
	    csv_row_time(r, SLOT_DEPARTS, &o->starts_at, e) < 0 ||
	    csv_row_time(r, SLOT_ARRIVES, &o->ends_at, e) < 0 ||
	    csv_row_time(r, SLOT_STARTS_AT, &o->starts_at, e) < 0 ||
	    csv_row_time(r, SLOT_ENDS_AT, &o->ends_at, e) < 0)
		return -1;
	if (order_amount(r, o, e) < 0)
		return -1;
	return add_trip(r, f, e);
}
