// SPDX-License-Identifier: Apache-2.0
/* backups_note -- what stands beside a restore point: NAME.txt, lines of name=value; private to backups.c and backups_restore.c. */
#ifndef REATIVA_APP_BACKUPS_NOTE_H
#define REATIVA_APP_BACKUPS_NOTE_H

#include "app/backups.h"

/* backups_path -- of a file of the folder, ended by NUL. */
struct str backups_path(struct cx *cx, struct str folder, struct str name, const char *end);
/* backups_note_read -- fills what the note says; nothing where there is none. */
void backups_note_read(struct cx *cx, struct str folder, struct backups_point *point);
bool backups_note_write(struct cx *cx, struct str folder, const struct backups_point *point);

#endif
