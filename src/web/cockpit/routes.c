// SPDX-License-Identifier: Apache-2.0
/* routes -- every address of the cockpit, who may, and what answers.
 */
#include "web/cockpit/cockpit.h"

const struct route cockpit_routes[] = {
    {HTTP_GET, "/", PERM_CUSTOMER_READ, today_show, false, "today", false},
    {HTTP_GET, "/agenda", PERM_CONTACT_WRITE, agenda_show, false, "agenda", false},
    {HTTP_POST, "/agenda/keep", PERM_CONTACT_WRITE, agenda_keep_do, false, "agenda", false},
    {HTTP_POST, "/agenda/off", PERM_CONTACT_WRITE, agenda_off_do, false, "agenda", false},
    {HTTP_POST, "/agenda/move", PERM_CONTACT_WRITE, agenda_move_do, false, "agenda", false},
    {HTTP_GET, "/agenda/feed/:token", PERM_PUBLIC, agenda_feed_show, false, NULL, false},

    {HTTP_GET, "/signin", PERM_PUBLIC, signin_show, false, NULL, false},
    {HTTP_POST, "/signin", PERM_PUBLIC, signin_do, true, NULL, false},
    {HTTP_GET, "/signin/code", PERM_PUBLIC, signin_code_show, false, NULL, false},
    {HTTP_POST, "/signin/code", PERM_PUBLIC, signin_code_do, false, NULL, false},
    {HTTP_GET, "/signin/link", PERM_PUBLIC, signin_link_show, false, NULL, false},
    {HTTP_POST, "/signin/link", PERM_PUBLIC, signin_link_do, false, NULL, false},
    {HTTP_POST, "/signout", PERM_SIGNED_IN, signin_out_do, false, NULL, false},

    {HTTP_GET, "/choices", PERM_CHOICE_WRITE, choice_list_show, false, "choices", false},
    {HTTP_GET, "/choices.csv", PERM_CHOICE_WRITE, choice_export, true, NULL, false},
    {HTTP_GET, "/choices/new", PERM_CHOICE_WRITE, choice_new_show, false, "choices", false},
    {HTTP_POST, "/choices", PERM_CHOICE_WRITE, choice_new_do, false, "choices", false},
    {HTTP_POST, "/choices/usual", PERM_CHOICE_WRITE, choice_usual_do, false, "choices", false},
    {HTTP_GET, "/choices/:id", PERM_CHOICE_WRITE, choice_show, false, "choices", false},
    {HTTP_POST, "/choices/:id", PERM_CHOICE_WRITE, choice_do, false, "choices", false},
    {HTTP_POST, "/choices/:id/retire", PERM_CHOICE_WRITE, choice_retire_do, false, "choices", false},
    {HTTP_POST, "/choices/:id/restore", PERM_CHOICE_WRITE, choice_restore_do, false, "choices", false},

    {HTTP_GET, "/account", PERM_SIGNED_IN, account_show, false, NULL, false},
    {HTTP_POST, "/account/password", PERM_SIGNED_IN, account_password_do, true, NULL, false},
    {HTTP_GET, "/account/factor", PERM_SIGNED_IN, account_factor_show, false, NULL, false},
    {HTTP_POST, "/account/factor", PERM_SIGNED_IN, account_factor_do, false, NULL, false},
    {HTTP_POST, "/account/factor/off", PERM_SIGNED_IN, account_factor_off_do, false, NULL, false},
    {HTTP_POST, "/account/session", PERM_SIGNED_IN, account_session_do, false, NULL, false},
    {HTTP_POST, "/account/sessions", PERM_SIGNED_IN, account_sessions_do, false, NULL, false},
    {HTTP_POST, "/account/looks", PERM_SIGNED_IN, account_looks_do, false, NULL, false},
    {HTTP_POST, "/account/feed", PERM_SIGNED_IN, account_feed_do, false, NULL, false},

    {HTTP_GET, "/users", PERM_USER_READ, users_show, false, "users", false},
    {HTTP_GET, "/users.csv", PERM_USER_READ, users_export, true, NULL, false},
    {HTTP_GET, "/users/permissions", PERM_USER_READ, permissions_show, false, "users", false},
    {HTTP_GET, "/users/new", PERM_USER_WRITE, user_new_show, false, "users", false},
    {HTTP_POST, "/users/new", PERM_USER_WRITE, user_new_do, false, "users", false},
    {HTTP_GET, "/users/:id", PERM_USER_READ, user_show, false, "users", false},
    {HTTP_POST, "/users/:id", PERM_USER_WRITE, user_change_do, false, "users", false},
    {HTTP_POST, "/users/:id/retire", PERM_USER_WRITE, user_retire_do, false, "users", false},
    {HTTP_POST, "/users/:id/link", PERM_USER_WRITE, user_link_do, false, "users", false},
    {HTTP_POST, "/users/:id/sessions", PERM_USER_WRITE, user_sessions_do, false, "users", false},
    {HTTP_POST, "/users/:id/require", PERM_USER_REQUIRE, user_require_do, false, "users", false},
    {HTTP_POST, "/users/:id/factor", PERM_USER_WRITE, user_factor_do, false, "users", false},

    {HTTP_GET, "/audit", PERM_AUDIT_READ, audit_show, false, "audit", false},
    {HTTP_GET, "/audit.csv", PERM_AUDIT_READ, audit_export, true, NULL, false},

    {HTTP_GET, "/health", PERM_PUBLIC, health_show, false, NULL, true},
    {HTTP_GET, "/ready", PERM_PUBLIC, ready_show, false, NULL, false},
    {HTTP_GET, "/metrics", PERM_PUBLIC, metrics_show, false, NULL, false},
    {HTTP_GET, "/manifest.webmanifest", PERM_PUBLIC, manifest_show, false, NULL, true},
    {HTTP_GET, "/worker.js", PERM_PUBLIC, worker_show, false, NULL, true},
    {HTTP_GET, "/offline", PERM_PUBLIC, offline_show, false, NULL, true},
    {0},
};
