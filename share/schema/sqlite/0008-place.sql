-- How far the files that csr-ingest --follow takes in were read.

-- One file, whatever its name.  Only a help: reading it again changes nothing.
CREATE TABLE place (
	device INTEGER NOT NULL,		-- with inode: which file
	inode INTEGER NOT NULL,
	folder INTEGER NOT NULL,		-- inode of its directory, 0: followed by itself
	size INTEGER NOT NULL,			-- bytes it had when it was read last
	modified_ns INTEGER NOT NULL,		-- nanoseconds since 1970: its time then
	read_to INTEGER NOT NULL,		-- bytes read; 0: it is read whole if it grows
	line INTEGER NOT NULL,			-- what was counted up to there
	digest TEXT,				-- SHA-256 of up to 1 KiB before read_to: still the same?
	PRIMARY KEY (device, inode)
) STRICT;
CREATE INDEX place_folder ON place (device, folder);
