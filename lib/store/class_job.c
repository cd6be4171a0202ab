/* class_job - what csr-classify does beside its filter: train, measure, correct */
#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "store/class_eval.h"
#include "store/class_job.h"
#include "store/class_train.h"
#include "store/label.h"
#include "store/model_eval.h"
#include "store/ruleset.h"
#include "store/ruleset_check.h"

static struct train
training(const struct class_job *j)
{
	return (struct train){ .dimension = j->dimension, .seed = (uint64_t)j->seed,
		.at = j->at };
}

static int
ended(struct class_job *j, const struct labelled *l, int bad)
{
	j->used = l->n;
	j->passed = l->passed;
	j->refused = l->refused;
	return bad < 0 ? -1 : l->refused > 0 ? ERR_DATA : 0;
}

static int
learn_db(struct labelled *l, struct err *e)
{
	struct db *db;
	int bad;

	if (db_open(&db, NULL, DB_READ, e) < 0)
		return -1;
	bad = labelled_db(l, db, e);
	db_close(db);
	return bad;
}

int
class_job_train(struct class_job *j, int argc, char **argv, struct err *e)
{
	struct labelled l = { .dimension = j->dimension, .complain = j->complain };
	struct samples s = { .setting = { GRAM_CHARS, GRAM_WORDS } };
	struct train t = training(j);
	int bad = 0;

	class_train_into(&l, &s);
	if (argc > 0 || !j->from_db)
		bad = labelled_files(&l, argc, argv, e);
	if (bad == 0 && j->from_db)
		bad = learn_db(&l, e);
	if (bad == 0)
		bad = class_train_write(&t, &s, j->output, e);
	samples_release(&s);
	labelled_release(&l);
	return ended(j, &l, bad);
}

/* Rules and models together, as they label what comes in. */
static int
eval_desk(struct class_job *j, int argc, char **argv, struct buf *out, struct err *e)
{
	static struct labeller desk;
	struct class_eval ev = { .l = &desk, .complain = j->complain,
		.wrong = j->errors ? out : NULL };
	int bad;

	if (labeller_open(&desk, &j->models, !j->no_model, j->threshold, e) < 0)
		return -1;
	bad = class_eval_run(&ev, argc, argv, e);
	if (bad == 0)
		class_eval_print(&ev, j->confusion, out);
	class_eval_release(&ev);
	labeller_close(&desk);
	return bad < 0 ? -1 : ev.refused > 0 ? ERR_DATA : 0;
}

static int
eval_file(const struct class_job *j, struct model_eval *ev, struct labelled *l, int argc,
    char **argv, struct buf *out, struct err *e)
{
	struct model_file file;
	int bad;

	if (model_file_open(&file, j->models.v[0], e) < 0)
		return -1;
	bad = model_eval_files(ev, &file.m, l, argc, argv, e);
	if (bad == 0)
		model_eval_print(ev, out);
	model_file_close(&file);
	return bad;
}

int
class_job_eval(struct class_job *j, int argc, char **argv, struct buf *out, struct err *e)
{
	struct labelled l = { .complain = j->complain };
	struct model_eval ev = { .threshold = j->threshold, .per_label = j->per_label,
		.confusion = j->confusion, .calibration = j->calibration,
		.wrong = j->errors ? out : NULL };
	struct train t = training(j);
	int bad;

	if (j->folds == 0 && j->models.n != 1)
		return eval_desk(j, argc, argv, out, e);
	bad = j->folds != 0 ?
	    model_eval_cross(&ev, &t, (size_t)j->folds, &l, argc, argv, e) :
	    eval_file(j, &ev, &l, argc, argv, out, e);
	if (bad == 0 && j->folds != 0)
		model_eval_print(&ev, out);
	model_eval_release(&ev);
	labelled_release(&l);
	return ended(j, &l, bad);
}

static int
label_all(struct class_job *j, struct db *db, int argc, char **argv, struct err *e)
{
	struct label l = { .dimension = j->dimension, .label = argv[0], .actor = j->actor,
		.at = j->at };
	char *end;
	int i;

	for (i = 1; i < argc; i++) {
		l.message = strtoll(argv[i], &end, 10);
		if (*end != '\0' || l.message <= 0)
			return err_set(e, ERR_USAGE, "\"%s\" is no message's id", argv[i]);
		if (label_add(db, &l, NULL, e) < 0)
			return -1;
	}
	j->used = (size_t)argc - 1;
	return 0;
}

int
class_job_label(struct class_job *j, int argc, char **argv, struct err *e)
{
	struct db *db;
	int bad;

	if (db_open(&db, NULL, DB_WRITE, e) < 0)
		return -1;
	bad = db_begin(db, e);
	if (bad == 0 && (bad = label_all(j, db, argc, argv, e)) < 0)
		db_rollback(db);
	if (bad == 0)
		bad = db_commit(db, e);
	db_close(db);
	return bad;
}

enum { CASES_MAX = 4 * 1024 * 1024 };

static int
test_file(struct labeller *l, const char *path, struct buf *out, struct err *e)
{
	char *text = conf_read(path, CASES_MAX, NULL, e);
	size_t n;
	int failed;

	if (text == NULL)
		return -1;
	failed = ruleset_test(l, path, text, &n, out, e);
	if (failed >= 0)
		buf_fmt(out, "%s: %zu cases, %d failed\n", path, n, failed);
	free(text);
	return failed;
}

static int
test_rules(struct class_job *j, int argc, char **argv, struct buf *out, struct err *e)
{
	static struct labeller desk;
	int i, failed = 0, one = 0;

	if (argc == 0)
		return err_set(e, ERR_USAGE, "rules test needs a file of cases");
	if (labeller_open(&desk, &j->models, !j->no_model, j->threshold, e) < 0)
		return -1;
	for (i = 0; i < argc && one >= 0; i++) {
		one = test_file(&desk, argv[i], out, e);
		failed += one > 0;
	}
	labeller_close(&desk);
	return one < 0 ? -1 : failed > 0 ? ERR_NO : 0;
}

int
class_job_rules(struct class_job *j, int argc, char **argv, struct buf *out, struct err *e)
{
	const char *verb = argc > 0 ? argv[0] : "";
	struct rules *rules;
	size_t faults = 0;

	if (strcmp(verb, "test") == 0)
		return test_rules(j, argc - 1, argv + 1, out, e);
	if (argc > 1 || (argc > 0 && strcmp(verb, "lint") != 0))
		return err_set(e, ERR_USAGE, "rules takes nothing, lint, or test FILE...");
	if ((rules = ruleset_load(e)) == NULL)
		return -1;
	if (argc > 0)
		faults = ruleset_lint(rules, out);
	else
		ruleset_list(rules, out);
	rules_free(rules);
	return faults > 0 ? ERR_NO : 0;
}
