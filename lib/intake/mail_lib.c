/* mail_lib - the MIME and HTML libraries, loaded when a mail is met */
#define MAIL_LIB_NAMES
#include <dlfcn.h>
#include <string.h>

#include "base/mem.h"
#include "intake/mail_lib.h"

struct mail_lib mail_lib;

static int
find(void *handle, const char *name, void *into, struct err *e)
{
	void *f = dlsym(handle, name);

	if (f == NULL)
		return err_set(e, ERR_UNAVAILABLE, "the library that reads mail has no %s", name);
	memcpy(into, &f, sizeof(f));	/* a pointer to a function is no pointer in C */
	return 0;
}

static int
open_one(void **handle, const char *file, const char *package, struct err *e)
{
	const char *why;

	*handle = dlopen(file, RTLD_NOW | RTLD_LOCAL);
	if (*handle != NULL)
		return 0;
	/* glibc has words only: "failed to map segment", "cannot allocate memory". */
	why = dlerror();
	if (why != NULL && (strstr(why, "map segment") != NULL || strstr(why, "llocate") != NULL))
		mem_die();
	return err_set(e, ERR_UNAVAILABLE, "%s is not there, which reads mail (package %s)", file,
	    package);
}

int
mail_lib_open(struct err *e)
{
	static bool done;
	void *gmime, *libxml;

	if (done)
		return 0;
	if (open_one(&gmime, "libgmime-3.0.so.0", "libgmime-3.0-0", e) < 0 ||
	    open_one(&libxml, "libxml2.so.2", "libxml2", e) < 0)
		return -1;
#define X(f)								\
	if (find(gmime, #f, &mail_lib.f##_, e) < 0)			\
		return -1;
	MAIL_GMIME(X)
#undef X
#define X(f)								\
	if (find(libxml, #f, &mail_lib.f##_, e) < 0)			\
		return -1;
	MAIL_LIBXML(X)
#undef X
	done = true;
	return 0;
}
