/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Social clauses of a draft, checked and moved into its lots; see draft_checker.h.
 *
 * Whether the law allows a clause in this purchase is not asked here: that is the rulebook's
 * business. Here a clause only has to say what its kind means, and not contradict another one.
 */
#include <string.h>

#include "matcher/tender/draft_checker.h"

#define KIND(tail) SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_##tail
#define GROUP(tail) SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_##tail
#define HAS_SHARE(clause)                                                                          \
    ((clause)->_share_percent_case == SPOINA__V1__CLAUSE___SHARE_PERCENT_SHARE_PERCENT)
#define HAS_PERSONS(clause) ((clause)->_persons_case == SPOINA__V1__CLAUSE___PERSONS_PERSONS)
#define HAS_MONTHS(clause) ((clause)->_months_case == SPOINA__V1__CLAUSE___MONTHS_MONTHS)

enum {
    LEAST_SHARE_PERCENT = 30, /* art. 94(1): a buyer may ask for more, never for less */
    MAX_GROUPS = 32,          /* more than the contract has */
    MAX_MONTHS = 120          /* no public contract lasts longer without end */
};

static bool is_reservation(Spoina__V1__ClauseKind kind)
{
    return kind == KIND(ART_94) || kind == KIND(ART_361) || kind == KIND(ES_26) ||
           kind == KIND(SS_15A);
}

/** Reject a field that does not belong to the kind of its clause. */
static void reject_misplaced(struct sp_draft_checker *check, const char *parent, const char *field)
{
    SP_DRAFT_REJECT(check, SP_INVALID, sp_draft_place(parent, field).text,
                    "Pole %s nie dotyczy klauzuli tego rodzaju.",
                    "The field %s does not go with a clause of this kind.", field);
}

static void check_share(struct sp_draft_checker *check, Spoina__V1__Clause *clause,
                        const char *parent)
{
    if (!HAS_SHARE(clause)) {
        return;
    }
    bool misplaced = clause->kind != KIND(ART_94);
    bool right = clause->share_percent >= LEAST_SHARE_PERCENT && clause->share_percent <= 100;
    if (misplaced) {
        reject_misplaced(check, parent, "share_percent");
    } else if (!right) {
        SP_DRAFT_REJECT(check, SP_INVALID, sp_draft_place(parent, "share_percent").text,
                        "Udział z art. 94 musi być od %d do 100 procent.",
                        "The share of art. 94 must be %d to 100 percent.", LEAST_SHARE_PERCENT);
    }
    if (misplaced || !right) {
        clause->_share_percent_case = SPOINA__V1__CLAUSE___SHARE_PERCENT__NOT_SET;
    }
}

/** Keep the groups that the contract knows as groups of persons, each once. */
static void check_groups(struct sp_draft_checker *check, Spoina__V1__Clause *clause,
                         const char *parent)
{
    sp_draft_check_count(check, &clause->n_groups, MAX_GROUPS, parent, "groups");
    Spoina__V1__SocialGroup *kept = sp_draft_room(check, clause->n_groups, sizeof *kept);
    size_t count = 0;
    for (size_t i = 0; check->status == SP_OK && i < clause->n_groups; i++) {
        Spoina__V1__SocialGroup group = clause->groups[i];
        struct sp_draft_place place = sp_draft_item("", "groups", i);
        bool known = sp_draft_check_enum(check, &spoina__v1__social_group__descriptor, (int)group,
                                         true, parent, place.text);
        bool sum = group == GROUP(ANY_ART_94) || group == GROUP(ANY_ES_ACT);
        if (known && sum) { /* the buyer must say which; these are counts of a record */
            SP_DRAFT_REJECT(check, SP_INVALID, sp_draft_place(parent, place.text).text,
                            "Klauzula wymienia grupy osób po kolei.",
                            "A clause names the groups of persons one by one.");
        }
        bool again = false;
        for (size_t j = 0; j < count; j++) {
            again = again || kept[j] == group;
        }
        if (known && !sum && !again) {
            kept[count++] = group;
        }
    }
    clause->groups = kept;
    clause->n_groups = count;
}

/** Art. 96(3): whom, how many and for how long. False: the clause says nothing. */
static bool check_employment(struct sp_draft_checker *check, Spoina__V1__Clause *clause,
                             const char *parent)
{
    check_groups(check, clause, parent);
    if (clause->n_groups == 0) {
        SP_DRAFT_REJECT(check, SP_INVALID, sp_draft_place(parent, "groups").text,
                        "Klauzula z art. 96 nie podaje żadnej grupy osób.",
                        "The clause of art. 96 names no group of persons.");
        return false;
    }
    if (!HAS_PERSONS(clause) || clause->persons == 0) {
        SP_DRAFT_REJECT(check, SP_INVALID, sp_draft_place(parent, "persons").text,
                        "Klauzula z art. 96 musi podać co najmniej jedną osobę.",
                        "The clause of art. 96 must state at least one person.");
        return false;
    }
    if (HAS_MONTHS(clause) && (clause->months == 0 || clause->months > MAX_MONTHS)) {
        SP_DRAFT_REJECT(check, SP_INVALID, sp_draft_place(parent, "months").text,
                        "Okres zatrudnienia musi być od 1 do %d miesięcy.",
                        "The period of employment must be 1 to %d months.", MAX_MONTHS);
        clause->_months_case = SPOINA__V1__CLAUSE___MONTHS__NOT_SET;
    }
    return true;
}

/** Reject what only a clause of art. 96 says. */
static void check_no_employment(struct sp_draft_checker *check, Spoina__V1__Clause *clause,
                                const char *parent)
{
    if (clause->n_groups > 0) {
        reject_misplaced(check, parent, "groups");
    } else if (HAS_PERSONS(clause)) {
        reject_misplaced(check, parent, "persons");
    } else if (HAS_MONTHS(clause)) {
        reject_misplaced(check, parent, "months");
    }
    clause->n_groups = 0;
    clause->_persons_case = SPOINA__V1__CLAUSE___PERSONS__NOT_SET;
    clause->_months_case = SPOINA__V1__CLAUSE___MONTHS__NOT_SET;
}

/** Check one clause but for its id and requirements; false: it is to be left out. */
static bool check_clause(struct sp_draft_checker *check, Spoina__V1__Clause *clause,
                         const char *parent)
{
    if (!sp_draft_check_enum(check, &spoina__v1__clause_kind__descriptor, (int)clause->kind, true,
                             parent, "kind")) {
        return false;
    }
    if (!sp_draft_check_enum(check, &spoina__v1__clause_scope__descriptor, (int)clause->scope,
                             false, parent, "scope")) {
        clause->scope = SPOINA__V1__CLAUSE_SCOPE__CLAUSE_SCOPE_UNSPECIFIED;
    }
    sp_draft_check_text(check, &clause->text, SP_DRAFT_TEXT_MAX_BYTES, parent, "text");
    check_share(check, clause, parent);
    if (clause->n_requirement_ids > 0 && is_reservation(clause->kind)) {
        reject_misplaced(check, parent, "requirement_ids");
        clause->n_requirement_ids = 0;
    }
    if (clause->kind == KIND(ART_96)) {
        return check_employment(check, clause, parent);
    }
    check_no_employment(check, clause, parent);
    return true;
}

/** A list of clauses that grows to a capacity made before. */
struct list {
    Spoina__V1__Clause **items;
    size_t count;
    struct sp_draft_texts ids;
};

static struct list list_for(struct sp_draft_checker *check, size_t capacity)
{
    struct list list = {.items = sp_draft_room(check, capacity, sizeof(*list.items)),
                        .ids = {sp_draft_room(check, capacity, sizeof(char *)), 0}};
    return list;
}

/** False, and a rejection, if a lot would be reserved twice: the circles of those who may take part
 *  are different, and no text says that both or either is meant. */
static bool is_compatible(struct sp_draft_checker *check, const struct list *list,
                          const Spoina__V1__Clause *clause, const char *parent)
{
    for (size_t i = 0; is_reservation(clause->kind) && i < list->count; i++) {
        if (is_reservation(list->items[i]->kind)) {
            SP_DRAFT_REJECT(check, SP_INVALID, sp_draft_place(parent, "kind").text,
                            "Część jest już zastrzeżona (klauzula „%.40s”); zastrzeżenie może być "
                            "jedno.",
                            "The lot is reserved already (clause ‘%.40s’); there may be one "
                            "reservation.",
                            list->items[i]->id);
            return false;
        }
    }
    return true;
}

/** Art. 60 and 121 let a buyer keep key parts from subcontractors, not the whole: without a list,
 *  the one requirement of @p lot is meant. False: it cannot be told which. */
static bool name_key_tasks(struct sp_draft_checker *check, Spoina__V1__Clause *clause,
                           const Spoina__V1__Lot *lot, const char *parent)
{
    if (clause->kind != KIND(KEY_TASKS) || clause->n_requirement_ids > 0) {
        return true;
    }
    if (lot->n_requirements > 1) {
        SP_DRAFT_REJECT(check, SP_INVALID, sp_draft_place(parent, "requirement_ids").text,
                        "Klauzula nie mówi, które zadania są kluczowe.",
                        "The clause does not say which tasks are key tasks.");
        return false;
    }
    clause->requirement_ids = sp_draft_room(check, 1, sizeof(char *));
    if (clause->requirement_ids != NULL) {
        clause->requirement_ids[0] = lot->requirements[0]->id;
        clause->n_requirement_ids = 1;
    }
    return true;
}

/** Check copies of @p given and add them to @p list. */
static void add_checked(struct sp_draft_checker *check, struct list *list,
                        Spoina__V1__Clause *const *given, size_t count,
                        Spoina__V1__Lot *const *lots, size_t lot_count, const char *parent)
{
    Spoina__V1__Clause *copies = sp_draft_room(check, count, sizeof *copies);
    for (size_t i = 0; check->status == SP_OK && i < count; i++) {
        struct sp_draft_place place = sp_draft_item(parent, "clauses", i);
        Spoina__V1__Clause *clause = &copies[i];
        *clause = *given[i];
        size_t named = clause->n_requirement_ids;
        sp_draft_check_requirement_ids(check, &clause->n_requirement_ids, &clause->requirement_ids,
                                       lots, lot_count, place.text);
        bool stray = named > 0 && clause->n_requirement_ids == 0;
        if (!stray && check_clause(check, clause, place.text) &&
            is_compatible(check, list, clause, place.text) &&
            (lot_count > 1 || name_key_tasks(check, clause, lots[0], place.text))) {
            sp_draft_check_id(check, &clause->id, &list->ids, "k", place.text);
            list->items[list->count++] = clause;
        }
    }
}

/** Add to @p list what of the draft's clauses concerns @p lot. */
static void add_inherited(struct sp_draft_checker *check, struct list *list,
                          const struct list *common, const Spoina__V1__Lot *lot)
{
    Spoina__V1__Clause *copies = sp_draft_room(check, common->count, sizeof *copies);
    for (size_t i = 0; check->status == SP_OK && i < common->count; i++) {
        copies[i] = *common->items[i];
        if (sp_draft_keep_ids_of_lot(check, &copies[i].n_requirement_ids,
                                     &copies[i].requirement_ids, lot) &&
            name_key_tasks(check, &copies[i], lot, sp_draft_item("", "clauses", i).text)) {
            list->ids.items[list->ids.count++] = copies[i].id;
            list->items[list->count++] = &copies[i];
        }
    }
}

void sp_draft_check_clauses(struct sp_draft_checker *check, Spoina__V1__Draft *draft)
{
    sp_draft_check_count(check, &draft->n_clauses, SP_DRAFT_MAX_CLAUSES, "", "clauses");
    struct list common = list_for(check, draft->n_clauses);
    add_checked(check, &common, draft->clauses, draft->n_clauses, draft->lots, draft->n_lots, "");
    for (size_t i = 0; check->status == SP_OK && i < draft->n_lots; i++) {
        Spoina__V1__Lot *lot = draft->lots[i];
        struct sp_draft_place place = sp_draft_item("", "lots", i);
        sp_draft_check_count(check, &lot->n_clauses, SP_DRAFT_MAX_CLAUSES - common.count,
                             place.text, "clauses");
        struct list list = list_for(check, common.count + lot->n_clauses);
        add_inherited(check, &list, &common, lot);
        add_checked(check, &list, lot->clauses, lot->n_clauses, &lot, 1, place.text);
        lot->clauses = list.items;
        lot->n_clauses = list.count;
    }
    draft->clauses = NULL;
    draft->n_clauses = 0;
}
