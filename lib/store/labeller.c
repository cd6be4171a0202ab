/* labeller - rules and models of this desk, ready to label messages */
#include "store/labeller.h"
#include "store/ruleset.h"

int
labeller_open(struct labeller *l, const struct opt_list *named, bool shipped,
    double threshold, struct err *e)
{
	*l = (struct labeller){ .rules = ruleset_load(e) };
	if (l->rules == NULL)
		return -1;
	classifier_init(&l->c, l->rules);
	l->models.threshold = threshold;
	l->c.look = models_look;
	l->c.ctx = &l->models;
	if (models_load(&l->models, l->rules, named, shipped, e) == 0)
		return 0;
	labeller_close(l);
	return -1;
}

int
labeller_label(struct labeller *l, const char *subject, const char *text,
    const char *channel, struct err *e)
{
	int bad = classify(&l->c, subject, text, channel, e);

	models_finish(&l->models, &l->c.verdict);
	return bad;
}

void
labeller_close(struct labeller *l)
{
	classifier_release(&l->c);
	models_release(&l->models);
	rules_free(l->rules);
	l->rules = NULL;
}
