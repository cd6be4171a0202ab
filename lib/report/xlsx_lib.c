/* xlsx_lib - libxlsxwriter, loaded when it is needed */
#include <dlfcn.h>
#include <string.h>

#include "report/xlsx_lib.h"

static int
find(void *handle, const char *name, void *into, struct err *e)
{
	void *f = dlsym(handle, name);

	if (f == NULL)
		return err_set(e, ERR_UNAVAILABLE, "libxlsxwriter has no %s", name);
	memcpy(into, &f, sizeof(f));	/* a pointer to a function is no pointer in C */
	return 0;
}

const struct xlsx_lib *
xlsx_lib(struct err *e)
{
	static struct xlsx_lib lib;
	static void *handle;

	if (handle != NULL)
		return &lib;
	handle = dlopen("libxlsxwriter.so.4", RTLD_NOW | RTLD_LOCAL);
	if (handle == NULL) {
		err_set(e, ERR_UNAVAILABLE, "libxlsxwriter.so.4 is not there, which writes .xlsx "
		    "(package libxlsxwriter4)");
		return NULL;
	}
#define X(f)								\
	if (find(handle, #f, &lib.f, e) < 0) {				\
		handle = NULL;						\
		return NULL;						\
	}
	XLSX_FUNCTIONS(X)
#undef X
	return &lib;
}
