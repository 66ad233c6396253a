/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Columns whose cell holds several things: units, statuses, codes, capacity, area, equipment.
 *
 * Items are separated by "|"; codes also by commas, semicolons and spaces. Such a column replaces
 * the whole list.
 */
#ifndef SP_CATALOGUE_COLUMN_LISTS_H
#define SP_CATALOGUE_COLUMN_LISTS_H

#include "matcher/catalogue/columns.h"

sp_column_set_fn sp_column_set_units;        /* "zaz1:ZAZ:ZAZ w Legnickim Polu" */
sp_column_set_fn sp_column_set_statuses;     /* "PS 2023-05-01..2028-05-01 (decyzja 12/2023)" */
sp_column_set_fn sp_column_set_declarations; /* "cel integracyjny: tak 2026-05-01 (statut)" */
sp_column_set_fn
    sp_column_set_cooperations; /* "nip-8133477478 konsorcjum 2024-01-01..2024-12-31" */
sp_column_set_fn sp_column_set_cpv;
sp_column_set_fn sp_column_set_services;
sp_column_set_fn sp_column_set_capacity; /* of the first capacity: "120 meal/day" */
sp_column_set_fn sp_column_set_committed;
sp_column_set_fn sp_column_set_free_from;
sp_column_set_fn sp_column_set_area; /* TERYT codes */
sp_column_set_fn sp_column_set_area_km;
sp_column_set_fn sp_column_set_equipment;

sp_column_get_fn sp_column_get_units;
sp_column_get_fn sp_column_get_statuses;
sp_column_get_fn sp_column_get_declarations;
sp_column_get_fn sp_column_get_cooperations;
sp_column_get_fn sp_column_get_cpv;
sp_column_get_fn sp_column_get_services;
sp_column_get_fn sp_column_get_capacity;
sp_column_get_fn sp_column_get_committed;
sp_column_get_fn sp_column_get_free_from;
sp_column_get_fn sp_column_get_area;
sp_column_get_fn sp_column_get_area_km;
sp_column_get_fn sp_column_get_equipment;

#endif
