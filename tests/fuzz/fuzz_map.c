/* fuzz_map - the names of columns a user gives by --map
 * seeds: tests/fuzz/seeds/map share/aliases */
#include "fuzz.h"
#include "intake/aliases.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct aliases aliases;
	static bool loaded;
	int fd = fuzz_fd(data, size);
	struct column_map m;
	struct err e;

	if (!loaded)
		MUST(aliases_load(&aliases, &e) == 0);
	loaded = true;
	if (column_map_load(&m, fuzz_path(fd), &aliases, &e) == 0)
		MUST(m.n <= size && m.kind <= CSV_KINDS);
	else
		MUST(e.code == ERR_CONFIG);
	column_map_release(&m);
	close(fd);
	return 0;
}
