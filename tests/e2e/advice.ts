// SPDX-License-Identifier: EUPL-1.2
// Advice through the real Connect client and the real command line.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";

import { fromJsonString, type MessageInitShape, toJson } from "@bufbuild/protobuf";
import { Code, ConnectError, createClient } from "@connectrpc/connect";

import {
    AdviceService, AdviseClausesResponseSchema, DivisionKind, ParameterKind,
} from "./gen/spoina/v1/advice_pb.js";
import { type MatchTenderRequestSchema } from "./gen/spoina/v1/match_pb.js";
import { DraftSchema } from "./gen/spoina/v1/need_pb.js";
import { Decision } from "./gen/spoina/v1/proposal_pb.js";
import { type Server, SOURCE } from "./server.js";
import { MODES } from "./transports.js";

const DRAFTS = join(SOURCE, "data/region/drafts");
const DATE = "2026-11-22";

function match(name: string): MessageInitShape<typeof MatchTenderRequestSchema> {
    const draft = fromJsonString(DraftSchema, readFileSync(join(DRAFTS, name), "utf8"));
    return { need: { case: "draft", value: draft }, date: DATE };
}

export function advice(server: Server): void {
    for (const mode of MODES) {
        const client = () => createClient(AdviceService, mode.transport(server.url));

        it(`clauses: what is allowed has supply and wording, what is not has neither (${mode.name})`, async () => {
            const answer = await client().adviseClauses({ match: match("greenery.json") });
            assert.ok(answer.rulebookVersion !== "" && answer.date === DATE);
            for (const lot of answer.lots) {
                assert.match(lot.regime, /^R[0-6]$/);
                assert.equal(new Set(lot.instruments.map((one) => one.rule?.ruleId)).size, lot.instruments.length);
                for (const one of lot.instruments) {
                    assert.equal(one.supply !== undefined, one.allowed !== Decision.NOT_MET);
                    assert.equal(one.wording !== "", one.allowed !== Decision.NOT_MET);
                    assert.doesNotMatch(one.wording, /[{}]/);
                }
                const chosen = lot.instruments.find((one) => one.rule?.ruleId === lot.recommendedRule);
                assert.equal(chosen !== undefined, lot.recommendedRule !== "");
                assert.ok(chosen === undefined || (chosen.supply?.independentOffers ?? 0) >= 2);
            }
        });
    }

    const client = () => createClient(AdviceService, MODES[0]!.transport(server.url));

    it("lots: one division is recommended, the undivided lot is among them", async () => {
        const answer = await client().adviseLots({ match: match("umbrella.json") });
        for (const lot of answer.lots) {
            assert.equal(lot.divisions[0]?.kind, DivisionKind.AS_IS);
            assert.ok(lot.divisions.some((one) => one.kind === DivisionKind.BY_SERVICE));
            assert.equal(lot.divisions.filter((one) => one.recommended).length, 1);
            for (const one of lot.divisions) {
                assert.equal(one.independentOffers,
                             Math.min(...one.parts.map((part) => part.supply?.independentOffers ?? 0)));
            }
        }
    });

    it("why-not: an absent entity gets reasons, changes given are verified", async () => {
        const answer = await client().explainAbsence({ match: match("laundry.json"), entity: "demo-000077" });
        assert.equal(answer.entity?.id, "demo-000077");
        for (const lot of answer.lots) {
            assert.ok(lot.because.length > 0);
            assert.ok(lot.counterfactuals.every((gap) => gap.verified && gap.changes.length > 0));
            assert.ok(!lot.present || lot.counterfactuals.length === 0);
        }
    });

    it("what-if: steps come in the order of the values; a smaller radius never lets more in", async () => {
        const answer = await client().whatIf({
            match: match("laundry.json"), parameter: ParameterKind.RADIUS, values: [200n, 50n, 5n],
        });
        assert.deepEqual(answer.steps.map((step) => step.value), [200n, 50n, 5n]);
        const singles = answer.steps.map((step) => step.supply?.singles ?? 0);
        assert.ok(singles[0]! >= singles[1]! && singles[1]! >= singles[2]!);
        assert.equal(answer.steps[1]?.joinedTotal, 0);
        assert.ok(answer.steps.every((step) => step.dropped.every((one) => one.text !== "")));
    });

    it("subcontractors: parts add up to the share", async () => {
        const answer = await client().findSubcontractors({ match: match("umbrella.json") });
        assert.equal(answer.parts.length, answer.draft?.lots[0]?.requirements.length);
        assert.ok(answer.sharePermille <= 1000);
        for (const part of answer.parts) {
            assert.equal(part.canBeTaken, part.subcontractors.length > 0);
        }
    });

    it("the same question gets the same bytes", async () => {
        const ask = async () => toJson(AdviseClausesResponseSchema,
                                       await client().adviseClauses({ match: match("laundry.json") }));
        assert.deepEqual(await ask(), await ask());
    });

    it("what cannot be asked is refused with the field", async () => {
        const refused = async (promise: Promise<unknown>, code: Code): Promise<void> => {
            await assert.rejects(promise, (error) => error instanceof ConnectError && error.code === code);
        };
        await refused(client().adviseClauses({}), Code.InvalidArgument);
        await refused(client().adviseClauses({ match: match("laundry.json"), offersMin: 21 }), Code.InvalidArgument);
        await refused(client().whatIf({ match: match("laundry.json"), values: [] }), Code.InvalidArgument);
        await refused(client().explainAbsence({ match: match("laundry.json"), entity: "nobody" }), Code.NotFound);
    });

    it("spoina prints every kind of advice for people, and tells what to do when it cannot", async () => {
        const file = join(DRAFTS, "laundry.json");
        const clauses = await server.spoina(["clauses", file, "--date", DATE]);
        assert.equal(clauses.code, 0, clauses.stderr);
        assert.match(clauses.stdout, /Zalecenie: /);
        const lots = await server.spoina(["lots", file, "--date", DATE, "--lang", "en"]);
        assert.match(lots.stdout, /Undivided: /);
        const why = await server.spoina(["why-not", file, "--entity", "demo-000077", "--date", DATE]);
        assert.match(why.stdout, /Część /);
        const vary = await server.spoina(["what-if", file, "--vary", "parts=1,2", "--date", DATE]);
        assert.match(vary.stdout, /Projekt jak jest:/);
        const text = await server.spoina(["subcontractors", "--text", "sprzątanie biur; mycie okien",
                                          "--place", "Legnica", "--json"]);
        assert.equal(text.code, 0, text.stderr);
        assert.equal(JSON.parse(text.stdout).parts.length, 2);
        const nobody = await server.spoina(["why-not", file]);
        assert.equal(nobody.code, 1);
        assert.match(nobody.stderr, /--entity: Podaj/);
        const wrong = await server.spoina(["what-if", file, "--vary", "colour=3"]);
        assert.equal(wrong.code, 1);
        assert.match(wrong.stderr, /quantity, radius/);
        const neither = await server.spoina(["subcontractors"]);
        assert.equal(neither.code, 1);
        assert.match(neither.stderr, /PLIK albo --text/);
    });
}
