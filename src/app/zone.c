// SPDX-License-Identifier: Apache-2.0
/* zone -- see the header. */
#include "app/zone.h"

#include <stdio.h>
#include <string.h>

#include "app/settings.h"
#include "base/buf.h"

#define FOLDER "/usr/share/zoneinfo/"

bool zone_known(struct arena *arena, struct str name) {
    struct buf path;
    char begins[4];
    buf_init(&path, arena, 0);
    buf_put(&path, S(FOLDER));
    buf_put(&path, name);
    FILE *file = fopen(str_terminated(arena, buf_str(&path)), "rb");
    if (file == NULL)
        return false;
    bool known = fread(begins, 1, sizeof begins, file) == sizeof begins && memcmp(begins, "TZif", sizeof begins) == 0;
    (void)fclose(file);
    return known;
}

bool zone_read(struct cx *cx, struct db *db, struct str *out) {
    if (!settings_text(cx, db, SETTING_TIME_ZONE, out))
        return false;
    if (out->n > 0 && !zone_known(cx->arena, *out))
        *out = (struct str){0};
    return true;
}
