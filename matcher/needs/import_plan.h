/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Purchasing plans ("plan postępowań", "plan zamówień publicznych") into kept needs: every row of a
 * CSV or XLSX file becomes a need of kind plan item.
 *
 * The header is the first row that names the subject of the purchase and one more column; what
 * stands before it (titles, the year) is passed over. Headings are understood by their words, as
 * buyers write them:
 *
 *     subject   "Przedmiot zamówienia", "Nazwa", "Opis", "Przedmiot"
 *     kind      "Rodzaj zamówienia": usługi, dostawy, roboty budowlane
 *     value     "Orientacyjna wartość zamówienia", "Wartość netto": złote
 *     term      "Przewidywany termin wszczęcia", "Kwartał"
 *     code      "CPV", "Kod CPV": one or several
 *     buyer     "Zamawiający", "Jednostka"
 *     number    "Lp.", "Pozycja planu", "Numer pozycji"
 *     place     "Miejsce realizacji", "Gmina"
 *
 * An item is known by its buyer, its number in the plan and its subject, so a plan imported twice
 * changes nothing. Each row is taken or rejected with its reason; those taken are committed
 * together. What is empty stays unknown.
 */
#ifndef SP_NEEDS_IMPORT_PLAN_H
#define SP_NEEDS_IMPORT_PLAN_H

#include "base/locale.h"
#include "matcher/needs/needs_store.h"

enum { SP_PLAN_ROWS_MAX = 20000, SP_PLAN_MAX_BYTES = 20 << 20 };

struct sp_plan_import {
    struct sp_key_tools tools;
    struct sp_needs *store; /* no group is open */
    sp_day today;
    enum sp_locale locale;
    struct sp_arena *arena; /* holds the answer */
};

/** Import. @return SP_OK (also when every row was rejected); SP_INVALID (no plan: no header row
 * that is understood, damaged); SP_UNSUPPORTED; SP_LIMIT; SP_IO; SP_NOMEM. After a failure nothing
 * is stored. */
SP_MUST_CHECK enum sp_status sp_import_plan(const struct sp_plan_import *import,
                                            const Spoina__V1__ImportPlanRequest *request,
                                            Spoina__V1__ImportPlanResponse *out,
                                            struct sp_error *err);

#endif
