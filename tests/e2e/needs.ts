// SPDX-License-Identifier: EUPL-1.2
// Kept needs through the real clients: imported, listed, counted, found for an entity, waited for.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";

import { Code, ConnectError, createClient } from "@connectrpc/connect";

import { CatalogueService } from "./gen/spoina/v1/catalogue_pb.js";
import { ImportOutcome, NeedKind, NeedOrder, NeedsService } from "./gen/spoina/v1/needs_pb.js";
import { type Server, SOURCE } from "./server.js";
import { MODES } from "./transports.js";

const NOTICE = join(SOURCE, "data/region/notices/sample_eforms.xml");
const OPEN = "2026-11-22";

const PLAN = `Lp.;Przedmiot zamówienia;Rodzaj;CPV;Wartość netto;Termin wszczęcia;Miejsce
1;Dowóz posiłków do szkół;usługi;55523100-3;120 000,00;I kwartał 2027;Legnica
2;Sprzątanie biur;usługi;90919200-4;80000;II kwartał 2027;Legnica
3;Coś;usługi;12345678-9;1;;
`;

export function needs(server: Server): void {
    const client = () => createClient(NeedsService, MODES[0]!.transport(server.url));

    it("imports a notice once", async () => {
        const files = [
            { content: readFileSync(NOTICE), fileName: "sample.xml" },
            { content: Buffer.from("Zwykły list, nie ogłoszenie."), fileName: "list.txt" },
        ];
        const first = await client().importNotices({ files });
        assert.equal(first.files[0]?.outcome, ImportOutcome.ADDED);
        assert.equal(first.files[1]?.outcome, ImportOutcome.REJECTED);
        assert.match(first.files[1]?.reason ?? "", /ogłoszenie/);
        const second = await client().importNotices({ files });
        assert.equal(second.files[0]?.outcome, ImportOutcome.UNCHANGED);
        const { need } = await client().getNeed({ id: first.files[0]?.id ?? "" });
        assert.equal(need?.kind, NeedKind.NOTICE);
        assert.ok((need?.text.length ?? 0) > 0 && (need?.draft?.lots.length ?? 0) > 0);
    });

    it("takes the directory of notices from the command line, and says what it refused", async () => {
        const letter = server.write("list.txt", "Zwykły list.");
        const outcome = await server.spoina(["import-notices", NOTICE, letter]);
        assert.equal(outcome.code, 3, outcome.stderr);
        assert.match(outcome.stdout, /Bez zmian\s+1\n/);
        assert.match(outcome.stderr, /list\.txt: /);
    });

    it("reads a plan and counts who could offer", async () => {
        const outcome = await server.spoina(["import-plan", server.write("plan.csv", PLAN), "--buyer", "Gmina Próbna"]);
        assert.equal(outcome.code, 3, outcome.stderr);
        assert.match(outcome.stdout, /Dodano\s+2\n/);
        assert.match(outcome.stderr, /wiersz 4: CPV/);
        const { needs: items, total } = await client().listNeeds({
            filter: { kind: NeedKind.PLAN_ITEM }, order: NeedOrder.POTENTIAL,
        });
        assert.equal(total, 2);
        for (const item of items) {
            assert.ok((item.potential?.independent ?? 0) > 0, item.title);
        }
        const shown = await server.spoina(["needs", "posiłki", "--by", "potential"]);
        assert.match(shown.stdout, /Dowóz posiłków do szkół/);
        assert.match(shown.stdout, /niezależnych ofert co najmniej: \d+/);
    });

    it("finds needs for an entity, alone or in a team", async () => {
        const catalogue = createClient(CatalogueService, MODES[0]!.transport(server.url));
        const { hits } = await catalogue.searchCatalogue({ query: "catering posiłki", place: "Legnica", limit: 3 });
        let fitting = 0;
        for (const hit of hits) {
            const found = await client().findNeeds({ entity: hit.entity?.id ?? "", date: OPEN });
            assert.ok(found.examined <= found.screened && found.screened <= found.open);
            for (const match of found.matches) {
                fitting++;
                assert.ok(match.fits.length > 0 && match.score > 0);
                for (const fit of match.fits) {
                    assert.ok(fit.alone?.complete === true || fit.team !== undefined);
                    const holders = fit.team?.members ?? fit.alone?.members ?? [];
                    assert.ok(holders.some((member) => member.entity?.id === found.entity?.id));
                }
            }
        }
        assert.ok(fitting > 0);
        await assert.rejects(client().findNeeds({ entity: "nobody" }),
                             (error) => error instanceof ConnectError && error.code === Code.NotFound);
    });

    it("keeps a draft only when asked, corrects it, deletes it", async () => {
        const saved = await client().saveDraft({ draft: { title: "Pranie pościeli" }, text: "Pranie pościeli" });
        const id = saved.need?.id ?? "";
        assert.equal(saved.need?.kind, NeedKind.DRAFT);
        assert.equal((await client().listNeeds({ filter: { text: "pościel" } })).total, 0);
        assert.equal((await client().listNeeds({ filter: { text: "pościel", kind: NeedKind.DRAFT } })).total, 1);
        await client().saveDraft({ id, draft: { title: "Pranie firan" } });
        const kept = await client().getNeed({ id, corrections: true });
        assert.equal(kept.need?.draft?.title, "Pranie firan");
        assert.equal(kept.corrections[0]?.draft?.title, "Pranie pościeli");
        await client().deleteNeed({ id });
        await assert.rejects(client().getNeed({ id }),
                             (error) => error instanceof ConnectError && error.code === Code.NotFound);
    });

    it("tells a standing search what arrives", async () => {
        const { search } = await client().saveSearch({
            search: { name: "zieleń", question: { case: "filter", value: { text: "koszenie", place: "Legnica" } } },
        });
        const id = search?.id ?? "";
        const plan = "Przedmiot;CPV;Miejsce\nKoszenie trawników;77310000-6;Legnica\nKoszenie;77310000-6;Warszawa\n";
        await client().importPlan({ content: Buffer.from(plan), fileName: "p.csv", buyer: "Gmina Próbna" });
        const { arrivals } = await client().listArrivals({ searchId: id });
        assert.deepEqual(arrivals.map((arrival) => arrival.need?.title), ["Koszenie trawników"]);
        assert.ok((await client().listSearches({})).searches.some((kept) => kept.id === id));
        await client().deleteSearch({ id });
    });
}
