// SPDX-License-Identifier: Apache-2.0
/* mailbox -- see the header. libcurl keeps the connection and the chosen folder in its handle. It shows the lines of the server as
 * headers: those of the choice of a folder say what its numbers are worth, the last one says why something was refused.
 */
#include "channel/mailbox.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "channel/library.h"

/* PIECE: the library counts what it has read ahead with every line, and gives up at 300 KB: a hundred lines are too many. */
enum { ANSWER_S = 60, LINE_MOST = 400, URL_MOST = 2000, BYTES_FIRST = 1 << 16, PIECE = 50 };

struct mailbox {
    CURL *curl;
    struct mail_server server;
    char *host, *user, *password, *ca_file, *folder; /* folder: as it stands in an address */
    bool (*stop)(void *owner);
    void *owner;
    int64_t validity, mails;   /* of the folder, as the server said last */
    int64_t last_at, last_uid; /* the last one listed: its place and its number; 0: not known any more */
    char trouble[CURL_ERROR_SIZE], words[MAIL_WORDS];
    size_t words_n;
    /* of a list */
    struct mailbox_one *one;
    size_t ones, most;
    int64_t after;
    /* of a mail */
    char *bytes;
    size_t n, room, limit;
};

/* ---- open, close ---- */

/* curl's own copy is freed by curl. */
static char *folder_escaped(CURL *curl, struct str folder) {
    char *escaped = folder.n > 0 && folder.n < LINE_MOST ? curl_easy_escape(curl, folder.p, (int)folder.n) : NULL;
    char *copy = library_text(escaped != NULL ? str_from(escaped) : S("INBOX"));
    curl_free(escaped);
    return copy;
}

struct mailbox *mailbox_open(const struct mail_server *server, struct str folder, bool (*stop)(void *owner),
                             void *owner) {
    struct mailbox *m = calloc(1, sizeof *m);
    library_begin();
    if (m == NULL)
        return NULL;
    *m = (struct mailbox){.curl = curl_easy_init(),
                          .server = *server,
                          .host = library_text(server->host),
                          .user = library_text(server->user),
                          .password = library_text(server->password),
                          .ca_file = library_text(server->ca_file),
                          .stop = stop,
                          .owner = owner};
    if (m->curl != NULL)
        m->folder = folder_escaped(m->curl, folder);
    if (m->folder != NULL && m->host != NULL && m->user != NULL && m->password != NULL && m->ca_file != NULL)
        return m;
    mailbox_close(m);
    return NULL;
}

void mailbox_close(struct mailbox *m) {
    if (m == NULL)
        return;
    if (m->curl != NULL) {
        /* The good-bye is told to nobody. */
        (void)curl_easy_setopt(m->curl, CURLOPT_HEADERFUNCTION, NULL);
        (void)curl_easy_setopt(m->curl, CURLOPT_HEADERDATA, NULL);
        curl_easy_cleanup(m->curl);
    }
    if (m->password != NULL)
        explicit_bzero(m->password, m->server.password.n);
    free(m->password);
    free(m->host);
    free(m->user);
    free(m->ca_file);
    free(m->folder);
    free(m->bytes);
    free(m);
}

struct str mailbox_words(const struct mailbox *m) {
    return (struct str){m->words, m->words_n};
}

/* ---- what the library tells ---- */

static int64_t number_at(const char *p, size_t n) {
    int64_t value = 0;
    for (size_t i = 0; i < n && i < 10 && p[i] >= '0' && p[i] <= '9'; i++)
        value = value * 10 + (p[i] - '0');
    return value;
}

/* The number after a word of a line; 0: there is none. */
static int64_t number_after(const char *line, size_t n, const char *word) {
    size_t length = strlen(word);
    const char *at = n > length ? memmem(line, n, word, length) : NULL;
    return at != NULL ? number_at(at + length, n - (size_t)(at + length - line)) : 0;
}

/* "* 17 EXISTS", "* 3 EXPUNGE" */
static void counts_take(struct mailbox *m, const char *p, size_t n) {
    int64_t count = n > 2 && p[0] == '*' && p[1] == ' ' ? number_at(p + 2, n - 2) : 0;
    if (memmem(p, n, " EXISTS", 7) != NULL && n < 40)
        m->mails = count;
    if (memmem(p, n, " EXPUNGE", 8) != NULL && n < 40) {
        m->mails -= m->mails > 0;
        m->last_at = 0;
    }
}

static size_t line_take(char *p, size_t size, size_t count, void *owner) {
    struct mailbox *m = owner;
    size_t n = size * count, end = n;
    int64_t validity = number_after(p, n, "[UIDVALIDITY ");
    if (validity > 0)
        m->validity = validity;
    counts_take(m, p, n);
    while (end > 0 && (p[end - 1] == '\r' || p[end - 1] == '\n'))
        end--;
    /* "A004 NO [NONEXISTENT] Mailbox doesn't exist" */
    const char *blank = memchr(p, ' ', end);
    size_t at = blank != NULL ? (size_t)(blank - p) + 1 : end;
    bool refused = (end > at + 3 && memcmp(p + at, "NO ", 3) == 0) || (end > at + 4 && memcmp(p + at, "BAD ", 4) == 0);
    if (m->words_n == 0 && (refused || (end > 5 && memcmp(p, "* BYE", 5) == 0)))
        m->words_n = library_words(m->words, 0, p + at, end - at);
    return n;
}

/* "* 3 FETCH (UID 17)", one line a call. */
static size_t list_take(char *p, size_t size, size_t count, void *owner) {
    struct mailbox *m = owner;
    size_t n = size * count;
    int64_t uid = number_after(p, n, "(UID ");
    if (uid > m->after && m->ones < m->most) {
        m->one[m->ones++].uid = m->last_uid = uid;
        m->last_at = number_at(p + 2, n > 2 ? n - 2 : 0);
    }
    return n;
}

static size_t bytes_take(char *p, size_t size, size_t count, void *owner) {
    struct mailbox *m = owner;
    size_t n = size * count, take = n < m->limit - m->n ? n : m->limit - m->n;
    if (m->n + take > m->room) {
        size_t room = m->room > 0 ? m->room : BYTES_FIRST;
        while (room < m->n + take)
            room *= 2;
        char *more = realloc(m->bytes, room);
        if (more == NULL)
            return 0;
        m->bytes = more;
        m->room = room;
    }
    if (take > 0)
        memcpy(m->bytes + m->n, p, take);
    m->n += take;
    return n;
}

static size_t nothing_take(char *p, size_t size, size_t count, void *owner) {
    (void)p, (void)owner;
    return size * count;
}

static int asked(void *owner, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d) {
    struct mailbox *m = owner;
    (void)a, (void)b, (void)c, (void)d;
    return m->stop != NULL && m->stop(m->owner) ? 1 : 0;
}

/* ---- one request ---- */

typedef size_t take_bytes(char *p, size_t size, size_t count, void *owner);

static bool set_up(struct mailbox *m, const char *url, const char *command, take_bytes *take) {
    const struct mail_server *server = &m->server;
    CURL *c = m->curl;
    curl_easy_reset(c); /* keeps the connection */
    bool good = library_server(c, server, m->ca_file, ANSWER_S);
#define SET(option, value) good = good && curl_easy_setopt(c, (option), (value)) == CURLE_OK
    SET(CURLOPT_URL, url);
    SET(CURLOPT_PROTOCOLS_STR, "imap,imaps");
    SET(CURLOPT_USERNAME, m->user);
    SET(CURLOPT_PASSWORD, m->password);
    if (command != NULL)
        SET(CURLOPT_CUSTOMREQUEST, command);
    SET(CURLOPT_HEADERFUNCTION, line_take);
    SET(CURLOPT_HEADERDATA, m);
    SET(CURLOPT_WRITEFUNCTION, take);
    SET(CURLOPT_WRITEDATA, m);
    SET(CURLOPT_NOPROGRESS, 0L);
    SET(CURLOPT_XFERINFOFUNCTION, asked);
    SET(CURLOPT_XFERINFODATA, m);
    SET(CURLOPT_ERRORBUFFER, m->trouble);
#undef SET
    return good;
}

static CURLcode perform(struct mailbox *m, struct str rest, const char *command, take_bytes *take) {
    char url[URL_MOST];
    bool six = strchr(m->host, ':') != NULL;
    int n =
        snprintf(url, sizeof url, "%s://%s%s%s:%d/%s%.*s", m->server.security == MAIL_SECURITY_TLS ? "imaps" : "imap",
                 six ? "[" : "", m->host, six ? "]" : "", m->server.port, m->folder, STR_ARG(rest));
    m->words_n = 0;
    m->trouble[0] = '\0';
    CURLcode code =
        n > 0 && n < URL_MOST && set_up(m, url, command, take) ? curl_easy_perform(m->curl) : CURLE_OUT_OF_MEMORY;
    if (code != CURLE_OK && m->words_n == 0) {
        const char *trouble = m->trouble[0] != '\0' ? m->trouble : curl_easy_strerror(code);
        m->words_n = library_words(m->words, 0, trouble, strlen(trouble));
    }
    return code;
}

/* Of the mails in these places. They lie in the order of their numbers. */
static bool places_list(struct mailbox *m, int64_t from, int64_t to) {
    char command[LINE_MOST];
    (void)snprintf(command, sizeof command, "FETCH %lld:%lld (UID)", (long long)from, (long long)to);
    return perform(m, (struct str){0}, command, list_take) == CURLE_OK;
}

/* The first place whose number is greater: behind the last one listed, or by halving. */
static bool place_find(struct mailbox *m, int64_t *out) {
    int64_t low = 1, high = m->mails + 1;
    if (m->last_at > 0 && m->last_uid == m->after)
        low = high = m->last_at + 1;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        m->ones = 0;
        if (!places_list(m, middle, middle))
            return false;
        high = m->ones > 0 ? middle : high;
        low = m->ones > 0 ? low : middle + 1;
    }
    m->ones = 0;
    *out = low;
    return true;
}

bool mailbox_list(struct mailbox *m, int64_t after, size_t most, struct mailbox_one *out, size_t *n,
                  int64_t *validity) {
    int64_t at = 0;
    m->one = out;
    m->ones = 0;
    m->most = most;
    m->after = after;
    /* The folder is chosen, and the server says what has come since. */
    bool good = perform(m, (struct str){0}, "NOOP", nothing_take) == CURLE_OK && place_find(m, &at);
    bool more = true;
    for (; good && more && m->ones < most && at <= m->mails; at += PIECE) {
        size_t before = m->ones;
        good = places_list(m, at, at + PIECE - 1 < m->mails ? at + PIECE - 1 : m->mails);
        more = m->ones > before;
    }
    *n = m->ones;
    *validity = m->validity;
    m->one = NULL;
    return good;
}

bool mailbox_fetch(struct mailbox *m, int64_t uid, size_t most, bool *found, struct str *out) {
    char rest[LINE_MOST];
    (void)snprintf(rest, sizeof rest, ";UID=%lld/;PARTIAL=0.%zu", (long long)uid, most);
    m->n = 0;
    m->limit = most;
    CURLcode code = perform(m, str_from(rest), NULL, bytes_take);
    *found = code == CURLE_OK;
    *out = (struct str){m->bytes, m->n};
    return code == CURLE_OK || code == CURLE_REMOTE_FILE_NOT_FOUND;
}

bool mailbox_see(struct mailbox *m, int64_t first, int64_t last) {
    char command[LINE_MOST];
    (void)snprintf(command, sizeof command, "UID STORE %lld:%lld +FLAGS.SILENT (\\Seen)", (long long)first,
                   (long long)last);
    return perform(m, (struct str){0}, command, nothing_take) == CURLE_OK;
}

/* As many numbers as a line holds, and how many they were. */
static size_t unsee_some(struct mailbox *m, const int64_t *uid, size_t n, bool *good) {
    enum { ONE = 24 };
    char command[LINE_MOST];
    size_t at = (size_t)snprintf(command, sizeof command, "UID STORE "), i = 0;
    for (; i < n && at < sizeof command - 2 * ONE; i++)
        at += (size_t)snprintf(command + at, sizeof command - at, "%s%lld", i > 0 ? "," : "", (long long)uid[i]);
    (void)snprintf(command + at, sizeof command - at, " -FLAGS.SILENT (\\Seen)");
    *good = perform(m, (struct str){0}, command, nothing_take) == CURLE_OK;
    return i;
}

bool mailbox_unsee(struct mailbox *m, const int64_t *uid, size_t n) {
    bool good = true;
    for (size_t i = 0; i < n && good;)
        i += unsee_some(m, uid + i, n - i, &good);
    return good;
}
