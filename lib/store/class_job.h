/* class_job - what csr-classify does beside its filter: train, measure, correct.
 *
 * Each returns 0, 65 when some input was refused (and told to `complain`), or -1.
 */
#ifndef CSR_CLASS_JOB_H
#define CSR_CLASS_JOB_H

#include "base/buf.h"
#include "base/opt.h"

struct class_job {
	const char *dimension, *output, *actor;	/* NULL: not said */
	int64_t seed, folds, at;
	double threshold;		/* below 0: the models' own */
	bool from_db, no_model;
	bool per_label, confusion, calibration, errors;
	struct opt_list models;
	void (*complain)(const struct err *e);
	size_t used, passed, refused;	/* out: lines learned from, without label, refused */
};

/* Trains on FILES (and on what people corrected) and writes the model. */
int class_job_train(struct class_job *j, int argc, char **argv, struct err *e);
/* Measures on FILES and appends one JSON object: with one model that model alone, with
 * folds the training itself, else rules and models as they work together. */
int class_job_eval(struct class_job *j, int argc, char **argv, struct buf *out,
    struct err *e);
/* LABEL ID...: a person's word on stored messages. */
int class_job_label(struct class_job *j, int argc, char **argv, struct err *e);

/* The rules: "" lists each as a line of JSON, "lint" says what is wrong with them (1 if
 * anything is), "test" FILE... runs cases, rules and models together (1 if one fails). */
int class_job_rules(struct class_job *j, int argc, char **argv, struct buf *out,
    struct err *e);

#endif
