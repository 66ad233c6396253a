// SPDX-License-Identifier: EUPL-1.2
// Every call in every mode of the real clients; all modes must get the same answer.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

import { fromJsonString, toJson } from "@bufbuild/protobuf";
import { createClient } from "@connectrpc/connect";

import { CatalogueService, FileFormat, SearchCatalogueResponseSchema } from "./gen/spoina/v1/catalogue_pb.js";
import { LanguageService } from "./gen/spoina/v1/language_pb.js";
import { MatchService, MatchTenderResponseSchema } from "./gen/spoina/v1/match_pb.js";
import { CriterionKind, DraftSchema } from "./gen/spoina/v1/need_pb.js";
import { ReadingService } from "./gen/spoina/v1/reading_pb.js";
import { CpvAgreement, SuggestService } from "./gen/spoina/v1/suggest_pb.js";
import { REGION_ENTITIES, type Server, SOURCE } from "./server.js";
import { MODES } from "./transports.js";

const DRAFT = join(SOURCE, "data/region/drafts/catering.json");
const NOTICE = join(SOURCE, "data/region/notices/sample_eforms.xml");
const DAY = "2026-11-22";

/** The bytes [start, end) of a text. */
function cut(text: string, span: { start: number; end: number }): string {
    return Buffer.from(text).subarray(span.start, span.end).toString();
}

async function exported(server: Server, mode: (typeof MODES)[number], format: FileFormat):
    Promise<{ pieces: number; text: string }> {
    const client = createClient(CatalogueService, mode.transport(server.url));
    const pieces: Uint8Array[] = [];
    for await (const piece of client.exportEntities({ format })) {
        pieces.push(piece.content);
    }
    return { pieces: pieces.length, text: Buffer.concat(pieces).toString() };
}

export function calls(server: Server): void {
    for (const mode of MODES) {
        describe(mode.name, () => {
            it("searches the catalogue", async () => {
                const client = createClient(CatalogueService, mode.transport(server.url));
                const answer = await client.searchCatalogue({ query: "catering posiłki", limit: 5, facets: true });
                assert.equal(answer.hits.length, 5);
                assert.ok(answer.total >= 5);
                assert.ok(answer.catalogueVersion > 0n);
                for (const hit of answer.hits) {
                    assert.equal(hit.entity?.fictional, true);
                }
                const powiats = answer.facets.find((facet) => facet.name === "powiat");
                assert.ok(powiats !== undefined && powiats.values.length > 0);
            });

            it("marks the words that were found", async () => {
                const client = createClient(CatalogueService, mode.transport(server.url));
                const answer = await client.searchCatalogue({ query: "pralnia", limit: 10 });
                const marked = answer.hits.flatMap((hit) => [
                    ...hit.titleHighlights.map((span) => cut(hit.offer?.title ?? hit.entity?.name ?? "", span)),
                    ...hit.descriptionHighlights.map((span) => cut(hit.offer?.description ?? "", span)),
                ]);
                assert.ok(marked.length > 0);
                for (const word of marked) {
                    assert.match(word, /^\p{L}+$/u);
                }
            });

            it("analyses a text, with offsets in bytes", async () => {
                const client = createClient(LanguageService, mode.transport(server.url));
                const text = "Usługi żywieniowe w Łodzi";
                const { tokens } = await client.analyseText({ text });
                assert.deepEqual(tokens.map((token) => cut(text, token)), tokens.map((token) => token.form));
                assert.ok(tokens.find((token) => token.form === "Usługi")?.lemmas.includes("usługa"));
            });

            it("suggests CPV codes, and doubts one that does not fit", async () => {
                const client = createClient(SuggestService, mode.transport(server.url));
                const text = "Sprzątanie biur\nCodzienne mycie podłóg i okien.";
                const answer = await client.suggestCpv({ text, codes: ["45233120-6"] });
                assert.equal(answer.suggestions.length, 10);
                assert.ok(answer.suggestions[0]?.code.startsWith("9091"));
                for (const { because, code, label } of answer.suggestions) {
                    assert.match(code, /^\d{8}$/);
                    assert.ok(label.length > 0 && because.length > 0);
                    assert.ok(because.every((word) => text.includes(word)), because.join());
                }
                assert.deepEqual(answer.check?.codes, ["45233120"]);
                assert.equal(answer.check?.agreement, CpvAgreement.DOUBTFUL);
                const other = await client.suggestCpv({ text: "Sprzątanie biur", limit: 1, codes: ["90910000"] });
                assert.equal(other.suggestions.length, 1);
                assert.equal(other.check?.agreement, CpvAgreement.AGREES);
                assert.equal((await client.suggestCpv({ text })).check, undefined);
            });

            it("reads a few sentences; each item names its words", async () => {
                const client = createClient(ReadingService, mode.transport(server.url));
                const text = "Obiady dla domu pomocy\nDostawa 45 obiadów dziennie w Legnicy.\n"
                    + "Wykonawca jest ubezpieczony od odpowiedzialności cywilnej na kwotę 100 000 zł.\n"
                    + "Kryteria: cena 60 %, posiadanie statusu przedsiębiorstwa społecznego 40 %.";
                const answer = await client.readNeed({ need: { case: "text", value: text } });
                assert.equal(answer.text, text);
                const lot = answer.draft?.lots[0];
                assert.deepEqual(lot?.places, ["0262011"]);
                assert.equal(lot?.requirements[0]?.demand?.amount, 45);
                const words = lot?.requirements[0]?.sources.map((source) => cut(answer.text, source.span!));
                assert.deepEqual(words, ["obiadów", "45 obiadów dziennie"]);
                assert.equal(lot?.conditions[0]?.grosz, 10_000_000n);
                assert.equal(lot?.criteria[1]?.kind, CriterionKind.CONTRACTOR_STATUS);
                const content = Buffer.from(text);
                const notice = { content, fileName: "need.txt" };
                assert.deepEqual(await client.readNeed({ need: { case: "notice", value: notice } }), answer);
                await assert.rejects(client.readNeed({}), /ReadNeed|notice|plik|file/i);
            });

            it("shows an entity that a search found", async () => {
                const client = createClient(CatalogueService, mode.transport(server.url));
                const { hits } = await client.searchCatalogue({ query: "sprzątanie", limit: 1 });
                const id = hits[0]?.entity?.id ?? "";
                const { entity } = await client.getEntity({ id });
                assert.equal(entity?.id, id);
                assert.ok((entity?.offers.length ?? 0) > 0);
            });

            it("matches a draft, best first, with points that add up", async () => {
                const client = createClient(MatchService, mode.transport(server.url));
                const draft = fromJsonString(DraftSchema, readFileSync(DRAFT, "utf8"));
                const answer = await client.matchTender({ need: { case: "draft", value: draft }, date: DAY });
                const proposals = answer.lots[0]?.proposals ?? [];
                assert.ok(proposals.length > 0);
                // Complete ones, then others, then those who may not offer; by score within each.
                const rank = (proposal: (typeof proposals)[number]): number =>
                    (proposal.obstacle !== "" ? 0 : proposal.complete ? 2000 : 1000) + proposal.score;
                for (const [i, proposal] of proposals.entries()) {
                    assert.ok(i === 0 || rank(proposal) <= rank(proposals[i - 1]!));
                    for (const fit of proposal.members.flatMap((member) => member.fits)) {
                        assert.equal(fit.reasons.reduce((sum, reason) => sum + reason.points, 0), fit.score);
                    }
                }
            });

            it("matches a notice", async () => {
                const client = createClient(MatchService, mode.transport(server.url));
                const content = readFileSync(NOTICE);
                const answer = await client.matchTender({
                    need: { case: "notice", value: { content, fileName: "sample_eforms.xml" } }, date: DAY,
                });
                assert.ok((answer.draft?.title ?? "").length > 0);
                assert.ok(answer.lots.some((lot) => lot.proposals.length > 0));
            });

            it("streams the whole catalogue in pieces", async () => {
                const { pieces, text } = await exported(server, mode, FileFormat.JSON_LINES);
                const lines = text.trimEnd().split("\n").map((line) => JSON.parse(line));
                assert.ok(pieces > 1);
                assert.ok(lines.length >= REGION_ENTITIES);
                assert.equal(new Set(lines.map((line) => line.id)).size, lines.length);
            });
        });
    }

    it("every mode gets the same answers", async () => {
        const answers = await Promise.all(MODES.map(async (mode) => {
            const transport = mode.transport(server.url);
            const draft = fromJsonString(DraftSchema, readFileSync(DRAFT, "utf8"));
            return {
                search: toJson(SearchCatalogueResponseSchema,
                    await createClient(CatalogueService, transport).searchCatalogue({ query: "opieka", facets: true })),
                match: toJson(MatchTenderResponseSchema, await createClient(MatchService, transport)
                    .matchTender({ need: { case: "draft", value: draft }, date: DAY })),
                csv: (await exported(server, mode, FileFormat.CSV)).text,
            };
        }));
        for (const answer of answers) {
            assert.deepEqual(answer, answers[0]);
        }
    });

    it("many calls at once get the answers of calls one by one", async () => {
        const client = createClient(CatalogueService, MODES[0]!.transport(server.url));
        const queries = ["catering", "sprzątanie biur", "zieleń", "transport osób", "pralnia", "opieka"];
        const ask = async (query: string): Promise<unknown> =>
            toJson(SearchCatalogueResponseSchema, await client.searchCatalogue({ query }));
        const alone = [];
        for (const query of queries) {
            alone.push(await ask(query));
        }
        const together = await Promise.all(Array.from({ length: 60 }, (_, i) => ask(queries[i % queries.length]!)));
        for (const [i, answer] of together.entries()) {
            assert.deepEqual(answer, alone[i % queries.length]);
        }
    });
}
