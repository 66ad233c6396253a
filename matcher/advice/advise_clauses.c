/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * AdviseClauses: the instruments of a lot, each applied to the draft and matched again.
 *
 * The lot is first looked at without any instrument that keeps somebody out; then each one is added
 * to that draft by itself. Those that gate nobody (art. 95 is no gate, art. 100 describes what is
 * bought, a criterion of art. 242 gives points) leave the supply as it is.
 */
#include <string.h>

#include "base/buffer.h"
#include "matcher/advice/advice.h"
#include "matcher/advice/draft_change.h"
#include "matcher/advice/drop.h"
#include "matcher/proposal/names.h"
#include "matcher/proposal/proposal.h"
#include "matcher/rules/regime.h"

enum {
    SHARE_PERCENT = 30, /* of art. 94, unless the draft says more */
    CRITERION_PERSONS = 2,
    CRITERION_WEIGHT_PERCENT = 20,
    NAMED_MAX = 3, /* entities named among those that drop out */
    TEXT_MAX_BYTES = 16 << 10,
    ACTIVITIES_MAX_BYTES = 8 << 10
};

/** How an instrument works. */
enum effect {
    GATE,   /* who may take part, or must be able to: the supply is counted anew */
    NOTHING /* on the supply */
};

/** The instruments by strength, the strongest first: access for fewest, then what must be done,
 *  then what gives points, then what binds everybody alike. */
static const struct instrument {
    const char *rule;
    Spoina__V1__ClauseKind kind; /* unspecified: a criterion */
    enum effect effect;
    bool ranks; /* may be recommended; the others are duties or go with any */
    const char *polish;
    const char *english;
} INSTRUMENTS[] = {
    {"SS15A", SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_SS_15A, GATE, true,
     "zastrzeżenie dla spółdzielni socjalnych (art. 15a)",
     "reservation for social cooperatives (art. 15a)"},
    {"ES26", SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ES_26, GATE, true,
     "zastrzeżenie dla przedsiębiorstw społecznych (art. 26)",
     "reservation for social enterprises (art. 26)"},
    {"PZP361", SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ART_361, GATE, true,
     "zastrzeżenie usług społecznych (art. 361 Pzp)", "reservation of social services (art. 361)"},
    {"PZP94", SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ART_94, GATE, true, "zastrzeżenie z art. 94 Pzp",
     "reservation of art. 94 Pzp"},
    {"PZP96", SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ART_96, GATE, true,
     "klauzula zatrudnieniowa (art. 96 Pzp)", "employment clause (art. 96 Pzp)"},
    {"PZP242", SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_UNSPECIFIED, NOTHING, true,
     "społeczne kryterium oceny ofert (art. 242 Pzp)", "social award criterion (art. 242 Pzp)"},
    {"PZP60-121", SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_KEY_TASKS, GATE, false,
     "osobiste wykonanie kluczowych zadań (art. 60 i 121 Pzp)",
     "key tasks performed in person (art. 60 and 121 Pzp)"},
    {"PZP100", SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ART_100, NOTHING, false,
     "dostępność (art. 100 Pzp)", "accessibility (art. 100 Pzp)"},
    {"PZP95", SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ART_95, GATE, false,
     "umowy o pracę (art. 95 Pzp)", "employment contracts (art. 95 Pzp)"},
};

/** Clauses that say who may take part or whom to employ: what the advice is about. */
static const unsigned GATING = SP_CLAUSE_BIT(SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ART_94) |
                               SP_CLAUSE_BIT(SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ART_361) |
                               SP_CLAUSE_BIT(SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ES_26) |
                               SP_CLAUSE_BIT(SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_SS_15A) |
                               SP_CLAUSE_BIT(SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ART_96);

/** Levels of a clause of art. 96 that are tried, until supply breaks. */
static const unsigned LEVELS[] = {1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30, 50, 100};

/** A lot under advice. */
struct advice {
    struct sp_scene *scene;
    const struct sp_advising *advising;
    size_t index;
    const Spoina__V1__Lot *lot; /* of the draft as it is */
    uint32_t offers_min;
    const Spoina__V1__SocialGroup *groups;
    size_t group_count;
    struct sp_purchase purchase;
    bool below; /* the national threshold, for sure */
    bool eu;    /* from the EU thresholds, for sure */
    struct sp_lot_matching base;
    struct sp_variation plain; /* without gating clauses; in the arena of the lot */
    struct sp_supply plain_supply;
    unsigned persons; /* of art. 96: what supply carries */
    Spoina__V1__LotClauseAdvice *out;
    struct sp_error *err;
};

static const char *say(const struct advice *advice, const char *polish, const char *english)
{
    return sp_say(advice->scene->speaker.locale, polish, english);
}

/* The clause of an instrument with the parameters of the draft, or with the usual ones. */
static bool fill_clause(const struct advice *advice, const struct instrument *instrument,
                        unsigned persons, Spoina__V1__Clause *clause)
{
    const Spoina__V1__Clause *given = sp_lot_find_clause(advice->lot, instrument->kind, "");
    char *id = clause->id;
    if (given != NULL) {
        *clause = *given;
        clause->id = id;
    }
    if (instrument->kind == SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ART_96) {
        clause->groups = (Spoina__V1__SocialGroup *)advice->groups;
        clause->n_groups = advice->group_count;
        clause->_persons_case = SPOINA__V1__CLAUSE___PERSONS_PERSONS;
        clause->persons = persons;
        clause->counts_present_staff = 1; /* as the ready wording has it */
    }
    if (instrument->kind == SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_KEY_TASKS && given == NULL) {
        clause->n_requirement_ids = advice->lot->n_requirements;
        clause->requirement_ids = sp_arena_calloc(
            advice->scene->trial, clause->n_requirement_ids + 1, sizeof *clause->requirement_ids);
        for (size_t i = 0; clause->requirement_ids != NULL && i < clause->n_requirement_ids; i++) {
            clause->requirement_ids[i] = advice->lot->requirements[i]->id;
        }
        return clause->requirement_ids != NULL;
    }
    return true;
}

/* The plain draft with one instrument, in the arena of trials, emptied first. */
static enum sp_status try_instrument(struct advice *advice, const struct instrument *instrument,
                                     unsigned persons, struct sp_variation *variation,
                                     struct sp_supply *supply)
{
    struct sp_scene *scene = advice->scene;
    Spoina__V1__Lot *lot = NULL;
    sp_arena_reset(scene->trial);
    Spoina__V1__Draft *draft =
        sp_draft_with_own_lot(advice->plain.settings.draft, advice->index, scene->trial, &lot);
    if (draft == NULL) {
        return SP_FAIL_NOMEM(advice->err);
    }
    sp_lot_drop_clauses(lot, SP_CLAUSE_BIT(instrument->kind));
    Spoina__V1__Clause *clause = sp_lot_add_clause(lot, instrument->kind, scene->trial);
    if (clause == NULL || !fill_clause(advice, instrument, persons, clause)) {
        return SP_FAIL_NOMEM(advice->err);
    }
    enum sp_status status = sp_scene_vary(scene, &advice->plain.lot, draft, advice->index, NULL,
                                          scene->trial, variation, advice->err);
    return status == SP_OK ? sp_supply_count(scene, &variation->lot, supply, advice->err) : status;
}

/* Why one is allowed, or not: the ruling and the limits it looked at. */
static enum sp_status write_ruling(struct advice *advice, const struct sp_ruling *ruling,
                                   Spoina__V1__InstrumentAdvice *out)
{
    static const Spoina__V1__Decision DECISIONS[] = {
        [SP_DECISION_UNKNOWN] = SPOINA__V1__DECISION__DECISION_UNKNOWN,
        [SP_DECISION_MET] = SPOINA__V1__DECISION__DECISION_MET,
        [SP_DECISION_NOT_MET] = SPOINA__V1__DECISION__DECISION_NOT_MET,
    };
    struct sp_buffer text;
    sp_buffer_init(&text, TEXT_MAX_BYTES);
    sp_buffer_add_text(&text, say(advice, ruling->rule->polish, ruling->rule->english));
    for (size_t i = 0; i < ruling->count; i++) {
        sp_buffer_add_char(&text, ' ');
        sp_buffer_add_text(&text,
                           say(advice, ruling->verdicts[i].polish, ruling->verdicts[i].english));
    }
    out->rule = sp_rule_citation(ruling->rule, advice->scene->answer);
    out->allowed = DECISIONS[ruling->decision];
    out->certainty = (Spoina__V1__Certainty)(ruling->certainty + 1);
    out->text =
        text.status == SP_OK ? sp_arena_copy(advice->scene->answer, sp_buffer_view(&text)) : NULL;
    sp_buffer_release(&text);
    return out->rule == NULL || out->text == NULL ? SP_FAIL_NOMEM(advice->err) : SP_OK;
}

/* "sprzątanie biur; mycie okien" */
static char *list_activities(const struct advice *advice)
{
    struct sp_buffer list;
    sp_buffer_init(&list, ACTIVITIES_MAX_BYTES);
    for (size_t j = 0; j < advice->lot->n_requirements; j++) {
        const char *words = sp_requirement_words(advice->scene, &advice->base, j);
        sp_buffer_add_text(&list, j == 0 ? "" : "; ");
        sp_buffer_add_text(&list, words == NULL ? "" : words);
    }
    char *text =
        list.status == SP_OK ? sp_arena_copy(advice->scene->answer, sp_buffer_view(&list)) : NULL;
    sp_buffer_release(&list);
    return text;
}

/* "osoby z niepełnosprawnościami, bezrobotni": always Polish, as the wording. */
static char *list_groups(const struct advice *advice)
{
    struct sp_buffer list;
    sp_buffer_init(&list, ACTIVITIES_MAX_BYTES);
    for (size_t i = 0; i < advice->group_count; i++) {
        const char *name = sp_group_polish(advice->advising->matching.book, advice->groups[i]);
        sp_buffer_add_text(&list, i == 0 ? "" : ", ");
        sp_buffer_add_text(&list, name == NULL ? "?" : name);
    }
    char *text =
        list.status == SP_OK ? sp_arena_copy(advice->scene->answer, sp_buffer_view(&list)) : NULL;
    sp_buffer_release(&list);
    return text;
}

static enum sp_status write_wording(struct advice *advice, const struct instrument *instrument,
                                    Spoina__V1__InstrumentAdvice *out)
{
    const struct sp_ready_wording *wording =
        sp_wording_find(advice->advising->wordings, instrument->rule, advice->purchase.initiated);
    if (wording == NULL) {
        return SP_OK;
    }
    const Spoina__V1__Clause *given = sp_lot_find_clause(advice->lot, instrument->kind, "");
    bool criterion = instrument->kind == SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_UNSPECIFIED;
    struct sp_wording_values values = {
        .share_percent =
            given != NULL && given->share_percent > 0 ? given->share_percent : SHARE_PERCENT,
        .persons = criterion ? CRITERION_PERSONS : advice->persons,
        .months = given != NULL && given->months > 0 ? given->months : advice->purchase.months,
        .weight_percent = CRITERION_WEIGHT_PERCENT,
        .groups = list_groups(advice),
        .activities = list_activities(advice),
    };
    values.tasks = values.activities;
    if (values.groups == NULL || values.activities == NULL) {
        return SP_FAIL_NOMEM(advice->err);
    }
    out->wording = sp_wording_fill(wording, &values, advice->scene->answer);
    out->wording_note = (char *)wording->note;
    out->wording_certainty = (Spoina__V1__Certainty)(wording->certainty + 1);
    if (!advice->below) {
        out->notice_place = (char *)(advice->eu ? wording->eforms : wording->bzp);
        out->swz_place = (char *)(advice->eu ? wording->swz_eu : wording->swz);
    }
    return out->wording == NULL ? SP_FAIL_NOMEM(advice->err) : SP_OK;
}

/* Who of the plain offerers drops out under an instrument, some by name. */
static enum sp_status list_dropped(struct advice *advice, const struct sp_lot_matching *under,
                                   const struct sp_supply *supply, struct sp_buffer *list)
{
    const struct sp_lot_matching *plain = &advice->plain.lot;
    const uint32_t *ranked = NULL;
    size_t count = 0;
    size_t dropped = 0;
    enum sp_status status =
        sp_pool_rank(&plain->pool, advice->scene->trial, &ranked, &count, advice->err);
    for (size_t i = 0; status == SP_OK && i < count; i++) {
        const Spoina__V1__Entity *entity = plain->pool.entities[ranked[i]].entity;
        if (!sp_drops_out(plain, &advice->plain_supply, ranked[i], under, supply)) {
            continue;
        }
        struct sp_drop drop;
        if (++dropped > NAMED_MAX) {
            continue;
        }
        status =
            sp_drop_explain(advice->scene, plain, under, supply, entity->id, &drop, advice->err);
        if (status == SP_OK) {
            sp_buffer_printf(list, "%s%s: %s", dropped == 1 ? "" : " ", sp_name_entity(entity),
                             drop.text);
        }
    }
    if (status == SP_OK && dropped > NAMED_MAX) {
        char *more = SP_TELL(&advice->scene->speaker, CLAUSE_MORE_OUT,
                             .numbers = {(double)(dropped - NAMED_MAX)});
        sp_buffer_printf(list, " (%s)", more == NULL ? "" : more);
    }
    return status;
}

static enum sp_status write_blocked(struct advice *advice, const struct sp_lot_matching *under,
                                    const struct sp_supply *supply,
                                    Spoina__V1__InstrumentAdvice *out)
{
    const double numbers[] = {supply->independent, advice->offers_min};
    struct sp_buffer list;
    sp_buffer_init(&list, TEXT_MAX_BYTES);
    enum sp_status status = list_dropped(advice, under, supply, &list);
    if (status == SP_OK && list.status != SP_OK) {
        status = SP_FAIL_NOMEM(advice->err);
    }
    if (status == SP_OK) {
        out->blocked_by = list.length == 0
                              ? SP_TELL(&advice->scene->speaker, CLAUSE_BLOCKED_PLAIN,
                                        .numbers = {numbers[0], numbers[1]})
                              : SP_TELL(&advice->scene->speaker, CLAUSE_BLOCKED,
                                        .numbers = {numbers[0], numbers[1]}, .words = {list.data});
        status = out->blocked_by == NULL ? SP_FAIL_NOMEM(advice->err) : SP_OK;
    }
    sp_buffer_release(&list);
    return status;
}

/* Count what an instrument leaves. */
static enum sp_status write_supply(struct advice *advice, const struct instrument *instrument,
                                   Spoina__V1__InstrumentAdvice *out)
{
    struct sp_variation variation;
    struct sp_supply supply = advice->plain_supply;
    const struct sp_lot_matching *under = &advice->plain.lot;
    enum sp_status status = SP_OK;
    if (instrument->effect == GATE) {
        status = try_instrument(advice, instrument, advice->persons, &variation, &supply);
        under = &variation.lot;
    }
    if (status != SP_OK) {
        return status;
    }
    out->supply = sp_supply_write(advice->scene, under, &supply);
    if (out->supply == NULL) {
        return SP_FAIL_NOMEM(advice->err);
    }
    return supply.independent < advice->offers_min && instrument->ranks
               ? write_blocked(advice, under, &supply, out)
               : SP_OK;
}

/* Raise the number of persons of art. 96 until nobody is left to offer. */
static enum sp_status write_levels(struct advice *advice, const struct instrument *instrument)
{
    Spoina__V1__LotClauseAdvice *out = advice->out;
    struct sp_variation variation;
    struct sp_supply supply;
    bool breaks = false;
    bool breaks_certain = false;
    unsigned kept_certain = 0;
    unsigned kept = 0;
    out->levels = (Spoina__V1__ClauseLevel **)sp_scene_messages(advice->scene, SP_COUNT(LEVELS),
                                                                sizeof(Spoina__V1__ClauseLevel));
    if (out->levels == NULL) {
        return SP_FAIL_NOMEM(advice->err);
    }
    for (size_t i = 0; i < SP_COUNT(LEVELS) && !breaks; i++) {
        enum sp_status status = try_instrument(advice, instrument, LEVELS[i], &variation, &supply);
        if (status != SP_OK) {
            return status;
        }
        Spoina__V1__ClauseLevel *level = out->levels[out->n_levels++];
        spoina__v1__clause_level__init(level);
        level->persons = LEVELS[i];
        level->supply = sp_supply_write(advice->scene, &variation.lot, &supply);
        breaks = supply.independent < advice->offers_min;
        level->breaks = breaks;
        level->breaks_certain = !breaks_certain && supply.independent_certain < advice->offers_min;
        breaks_certain = breaks_certain || level->breaks_certain;
        kept = breaks ? kept : LEVELS[i];
        kept_certain = breaks_certain ? kept_certain : LEVELS[i];
        if (level->supply == NULL) {
            return SP_FAIL_NOMEM(advice->err);
        }
    }
    advice->persons = kept_certain > 0 ? kept_certain : kept > 0 ? 1 : advice->persons;
    return SP_OK;
}

static bool allowed(const struct sp_ruling *ruling)
{
    return ruling->decision != SP_DECISION_NOT_MET;
}

static enum sp_status write_instrument(struct advice *advice, size_t number)
{
    const struct instrument *instrument = &INSTRUMENTS[number];
    Spoina__V1__InstrumentAdvice *out = advice->out->instruments[number];
    struct sp_ruling ruling;
    spoina__v1__instrument_advice__init(out);
    enum sp_status status =
        sp_rule_instrument(advice->advising->matching.book, &advice->purchase, instrument->rule,
                           advice->scene->answer, &ruling, advice->err);
    if (status == SP_OK) {
        status = write_ruling(advice, &ruling, out);
    }
    if (status != SP_OK) {
        return status;
    }
    out->kind = instrument->kind;
    out->strength = (uint32_t)number + 1;
    out->in_draft = sp_lot_find_clause(advice->lot, instrument->kind, "") != NULL;
    if (allowed(&ruling)) {
        if (instrument->kind == SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ART_96) {
            status = write_levels(advice, instrument);
        }
        if (status == SP_OK) {
            status = write_supply(advice, instrument, out);
        }
        if (status == SP_OK) {
            status = write_wording(advice, instrument, out);
        }
    }
    return status;
}

/* The strongest that may be used and keeps enough offers; those that surely may go first. */
static int choose(const struct advice *advice)
{
    static const Spoina__V1__Decision ORDER[] = {SPOINA__V1__DECISION__DECISION_MET,
                                                 SPOINA__V1__DECISION__DECISION_UNKNOWN};
    for (size_t round = 0; round < SP_COUNT(ORDER); round++) {
        for (size_t i = 0; i < SP_COUNT(INSTRUMENTS); i++) {
            const Spoina__V1__InstrumentAdvice *one = advice->out->instruments[i];
            if (INSTRUMENTS[i].ranks && one->allowed == ORDER[round] && one->supply != NULL &&
                one->supply->independent_offers >= advice->offers_min) {
                return (int)i;
            }
        }
    }
    return -1;
}

static enum sp_status recommend(struct advice *advice)
{
    const struct sp_speaker *speaker = &advice->scene->speaker;
    Spoina__V1__LotClauseAdvice *out = advice->out;
    int chosen = choose(advice);
    if (chosen < 0) {
        out->recommendation =
            SP_TELL(speaker, CLAUSE_NONE, .numbers = {(double)advice->offers_min});
        return out->recommendation == NULL ? SP_FAIL_NOMEM(advice->err) : SP_OK;
    }
    const struct instrument *instrument = &INSTRUMENTS[chosen];
    const Spoina__V1__InstrumentAdvice *one = out->instruments[chosen];
    out->recommended = instrument->kind;
    out->recommended_rule = (char *)instrument->rule;
    char *text =
        SP_TELL(speaker, CLAUSE_RECOMMENDED,
                .numbers = {one->supply->independent_offers, one->supply->independent_certain},
                .words = {say(advice, instrument->polish, instrument->english)});
    if (text != NULL && one->allowed == SPOINA__V1__DECISION__DECISION_UNKNOWN) {
        const char *open = SP_TELL(speaker, CLAUSE_RECOMMENDED_OPEN, .numbers = {0});
        text = open == NULL ? NULL : sp_arena_printf(advice->scene->answer, "%s %s", text, open);
    }
    out->recommendation = text;
    return text == NULL ? SP_FAIL_NOMEM(advice->err) : SP_OK;
}

/* The lot without what the advice is about. */
static enum sp_status look_at_plain(struct advice *advice)
{
    struct sp_scene *scene = advice->scene;
    Spoina__V1__Lot *lot = NULL;
    Spoina__V1__Draft *draft =
        sp_draft_with_own_lot(scene->settings.draft, advice->index, scene->lot, &lot);
    if (draft == NULL) {
        return SP_FAIL_NOMEM(advice->err);
    }
    sp_lot_drop_clauses(lot, GATING);
    enum sp_status status = sp_scene_vary(scene, &advice->base, draft, advice->index, NULL,
                                          scene->lot, &advice->plain, advice->err);
    if (status == SP_OK) {
        status = sp_supply_count(scene, &advice->plain.lot, &advice->plain_supply, advice->err);
    }
    if (status == SP_OK) {
        advice->out->plain = sp_supply_write(scene, &advice->plain.lot, &advice->plain_supply);
        status = advice->out->plain == NULL ? SP_FAIL_NOMEM(advice->err) : SP_OK;
    }
    return status;
}

static enum sp_status write_regime(struct advice *advice)
{
    struct sp_regime_ruling regime;
    struct sp_scene *scene = advice->scene;
    enum sp_status status = sp_terms_purchase(scene->settings.draft, advice->index, scene->answer,
                                              &advice->purchase, advice->err);
    if (status == SP_OK && advice->purchase.initiated == SP_DAY_UNKNOWN) {
        char *text = SP_TELL(&scene->speaker, CLAUSE_DAY_ASSUMED, .words = {scene->date});
        advice->purchase.initiated = scene->settings.day;
        status = text == NULL ? SP_FAIL_NOMEM(advice->err)
                 : advice->index > 0 /* once */
                     ? SP_OK
                     : sp_draft_warn(&scene->settings.warnings, "draft.initiated_on", "%s%.0s",
                                     "%.0s%s", text, text);
    }
    if (status == SP_OK) {
        status = sp_rule_regime(advice->advising->matching.book, &advice->purchase, scene->answer,
                                &regime, advice->err);
    }
    if (status != SP_OK) {
        return status;
    }
    const unsigned eu = 1U << SP_REGIME_SOCIAL_EU | 1U << SP_REGIME_EU;
    advice->below = regime.open == 1U << SP_REGIME_BELOW;
    advice->eu = (regime.open & ~eu) == 0;
    advice->out->regime = regime.known ? (char *)sp_regime_id(regime.regime) : advice->out->regime;
    advice->out->regime_text = (char *)say(advice, regime.polish, regime.english);
    return SP_OK;
}

static enum sp_status advise_lot(struct advice *advice)
{
    struct sp_scene *scene = advice->scene;
    Spoina__V1__LotClauseAdvice *out = advice->out;
    out->lot_id = advice->lot->id;
    out->title = advice->lot->title;
    out->instruments = (Spoina__V1__InstrumentAdvice **)sp_scene_messages(
        scene, SP_COUNT(INSTRUMENTS), sizeof(Spoina__V1__InstrumentAdvice));
    if (out->instruments == NULL) {
        return SP_FAIL_NOMEM(advice->err);
    }
    enum sp_status status = write_regime(advice);
    if (status == SP_OK) {
        status = sp_scene_lot(scene, advice->index, NULL, 0, NULL, &advice->base, advice->err);
    }
    if (status == SP_OK) {
        status = look_at_plain(advice);
    }
    for (size_t i = 0; status == SP_OK && i < SP_COUNT(INSTRUMENTS); i++) {
        status = write_instrument(advice, i);
        out->n_instruments = i + 1;
    }
    return status == SP_OK ? recommend(advice) : status;
}

/* Groups of the request, else all that art. 96 lists. */
static enum sp_status read_groups(struct sp_scene *scene,
                                  const Spoina__V1__AdviseClausesRequest *request,
                                  struct advice *advice, struct sp_error *err)
{
    const struct sp_rulebook *book = scene->advising->matching.book;
    const int last = SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_ANY_ES_ACT;
    Spoina__V1__SocialGroup *groups =
        sp_arena_calloc(scene->answer, (size_t)last + 1, sizeof *groups);
    if (groups == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; i < request->n_groups; i++) {
        if (sp_group_listed(book, SP_GROUPS_ART_96, request->groups[i]) == SP_LISTED_NO) {
            return SP_FAIL(err, SP_INVALID, "groups",
                           "Grupy %zu z podanych nie ma na liście art. 96 ust. 2 pkt 2 Pzp.",
                           "Group %zu of those given is not on the list of art. 96(2)(2) Pzp.",
                           i + 1);
        }
    }
    for (int group = 1; request->n_groups == 0 && group <= last; group++) {
        if (sp_group_listed(book, SP_GROUPS_ART_96, (Spoina__V1__SocialGroup)group) ==
            SP_LISTED_YES) {
            groups[advice->group_count++] = (Spoina__V1__SocialGroup)group;
        }
    }
    advice->groups = request->n_groups == 0 ? groups : request->groups;
    advice->group_count = request->n_groups == 0 ? advice->group_count : request->n_groups;
    return SP_OK;
}

static enum sp_status advise(struct sp_scene *scene,
                             const Spoina__V1__AdviseClausesRequest *request,
                             Spoina__V1__AdviseClausesResponse *out, struct sp_error *err)
{
    struct advice *advice = sp_arena_calloc(scene->answer, 1, sizeof *advice);
    size_t count = scene->settings.draft->n_lots;
    out->lots = (Spoina__V1__LotClauseAdvice **)sp_scene_messages(
        scene, count, sizeof(Spoina__V1__LotClauseAdvice));
    if (advice == NULL || out->lots == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    struct advice common = {.scene = scene,
                            .advising = scene->advising,
                            .offers_min = request->offers_min == 0 ? SP_ADVICE_OFFERS_DEFAULT
                                                                   : request->offers_min,
                            .err = err};
    enum sp_status status = read_groups(scene, request, &common, err);
    for (size_t i = 0; status == SP_OK && i < count; i++) {
        *advice = common;
        advice->index = i;
        advice->lot = scene->settings.draft->lots[i];
        advice->persons = 1;
        advice->out = out->lots[i];
        spoina__v1__lot_clause_advice__init(advice->out);
        out->n_lots = i + 1;
        status = advise_lot(advice);
        if (status == SP_OK) {
            status = sp_scene_keep(scene, (ProtobufCMessage **)&out->lots[i], err);
        }
    }
    return status;
}

enum sp_status sp_advise_clauses(const struct sp_advising *advising,
                                 const Spoina__V1__AdviseClausesRequest *request,
                                 Spoina__V1__AdviseClausesResponse **out, struct sp_error *err)
{
    struct sp_scene scene;
    Spoina__V1__AdviseClausesResponse *answer =
        sp_arena_alloc(advising->matching.scoring.arena, sizeof *answer);
    if (answer == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    if (request->offers_min > SP_ADVICE_OFFERS_MAX) {
        return SP_FAIL(err, SP_INVALID, "offers_min", "Od 1 do %d niezależnych ofert.",
                       "From 1 to %d independent offers.", SP_ADVICE_OFFERS_MAX);
    }
    spoina__v1__advise_clauses_response__init(answer);
    enum sp_status status = sp_scene_open(&scene, advising, request->match, err);
    if (status == SP_OK) {
        status = advise(&scene, request, answer, err);
    }
    if (status == SP_OK) {
        answer->draft = (Spoina__V1__Draft *)scene.settings.draft;
        answer->warnings = scene.settings.warnings.items;
        answer->n_warnings = scene.settings.warnings.count;
        answer->catalogue_version = scene.catalogue_version;
        answer->rulebook_version = (char *)sp_rulebook_version(advising->matching.book);
        answer->date = sp_arena_strdup(scene.answer, scene.date);
        status = answer->date == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    }
    sp_scene_close(&scene);
    *out = status == SP_OK ? answer : NULL;
    return status;
}
