/* csv_deal - orders as rows of a CSV file state them */
#include <string.h>

#include "intake/csv_row.h"
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

int
csv_order_fact(struct csv_row *r, struct fact *f, struct err *e)
{
	struct fact_order *o = &f->order;

	o->status = csv_row_text(r, SLOT_STATUS);
	o->title = csv_row_text(r, SLOT_TITLE);
	if (csv_row_time(r, SLOT_ORDERED_AT, &o->ordered_at, e) < 0 ||
	    csv_row_time(r, SLOT_PAID_AT, &o->paid_at, e) < 0 ||
	    csv_row_time(r, SLOT_STARTS_AT, &o->starts_at, e) < 0 ||
	    csv_row_time(r, SLOT_ENDS_AT, &o->ends_at, e) < 0)
		return -1;
	return order_amount(r, o, e);
}
