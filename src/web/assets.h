// SPDX-License-Identifier: Apache-2.0
/* assets -- styles, scripts, icons: inside the program, each under a name that carries its hash.
 */
#ifndef REATIVA_WEB_ASSETS_H
#define REATIVA_WEB_ASSETS_H

#include "base/str.h"

struct asset {
    const char *name;   /* "app.css" */
    const char *served; /* "app.3f2a9c01.css" */
    const char *type;
    const unsigned char *bytes, *gzip; /* gzip NULL: not worth it */
    size_t n, gzip_n;
};
extern const struct asset assets[]; /* made by tools/embed_files */
extern const size_t assets_n;

const struct asset *asset_find(struct str name);

#endif
