// SPDX-License-Identifier: Apache-2.0
/* profile_pdf -- the profile of a customer as a PDF on A4, for the visit: one or two pages.
 */
#ifndef REATIVA_APP_PROFILE_PDF_H
#define REATIVA_APP_PROFILE_PDF_H

#include "app/profile.h"
#include "base/catalog.h"

/* utc_offset_s: of the company's time, for the hours of notes and contacts. IO pdf.failed. */
bool profile_pdf(struct cx *cx, const struct profile *profile, enum lang lang, int32_t utc_offset_s, struct str *out);

#endif
