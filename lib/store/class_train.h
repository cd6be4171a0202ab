/* class_train - a model file from texts that people labelled. */
#ifndef CSR_CLASS_TRAIN_H
#define CSR_CLASS_TRAIN_H

#include "learn/train.h"
#include "store/labelled.h"

/* Lets L put what it reads into S: a text with several labels is a sample of each. */
void class_train_into(struct labelled *l, struct samples *s);
/* Trains on S and writes the model to PATH, whole or not at all, over what was there. */
int class_train_write(const struct train *t, struct samples *s, const char *path,
    struct err *e);

#endif
