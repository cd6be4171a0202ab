/* forms - all forms of share/surveys, read and checked */
#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "store/forms.h"

enum { FORM_TEXT_MAX = 1024 * 1024 };

static int
load(struct survey_form *f, struct letters *l, const char *path, struct err *e)
{
	const char *base = strrchr(path, '/') + 1;
	char *text = conf_read(path, FORM_TEXT_MAX, NULL, e), *name;
	int bad;

	if (text == NULL)
		return -1;
	name = xstrndup(base, strlen(base) - strlen(".survey"));
	bad = survey_parse(f, name, path, text, e);
	if (bad == 0 && letters_get(l, LETTER_SURVEY, f->template, "", f->language, NULL,
	    e) == NULL) {
		survey_release(f);
		bad = err_at(e, path, 0);
	}
	free(name);
	free(text);
	return bad;
}

int
forms_load(struct forms *f, struct letters *l, struct err *e)
{
	char **paths;
	int i, bad = 0, n = conf_list("surveys", ".survey", &paths, e);

	*f = (struct forms){ NULL, 0 };
	if (n < 0)
		return -1;
	f->v = xcalloc((size_t)n, sizeof(*f->v));
	for (i = 0; i < n && bad == 0; i++) {
		bad = load(&f->v[f->n], l, paths[i], e);
		f->n += bad == 0;
	}
	conf_list_free(paths, n);
	if (bad < 0)
		forms_release(f);
	return bad;
}

void
forms_release(struct forms *f)
{
	while (f->n > 0)
		survey_release(&f->v[--f->n]);
	free(f->v);
	f->v = NULL;
}

const struct survey_form *
forms_find(const struct forms *f, const char *name, struct err *e)
{
	size_t i;

	for (i = 0; i < f->n; i++)
		if (strcmp(f->v[i].name, name) == 0)
			return &f->v[i];
	err_set(e, ERR_USAGE, "no form \"%s\" in any surveys directory", name);
	return NULL;
}
