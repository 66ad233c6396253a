// SPDX-License-Identifier: EUPL-1.2
// The real command line client: what it prints, in which language, and what it returns.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";

import { create, toJson } from "@bufbuild/protobuf";
import { createClient } from "@connectrpc/connect";

import {
    CatalogueService, EntitySchema, LegalForm, SearchCatalogueResponseSchema,
} from "./gen/spoina/v1/catalogue_pb.js";
import { REGION_ENTITIES, run, type Server, SOURCE } from "./server.js";
import { MODES } from "./transports.js";

const DRAFTS = join(SOURCE, "data/region/drafts");
const NOTICE = join(SOURCE, "data/region/notices/sample_eforms.xml");

/** A line of an import: an association with one offer. */
function entityLine(nip: string): string {
    const entity = create(EntitySchema, {
        name: "Stowarzyszenie Próbne", legalForm: LegalForm.ASSOCIATION, nip,
        seat: { teryt: "0262011", name: "Legnica" },
        offers: [{ id: "o1", title: "Naprawa rowerów", description: "Naprawa rowerów miejskich." }],
        provenance: { source: "e2e", sourceId: nip, fictional: true },
    });
    return JSON.stringify(toJson(EntitySchema, entity));
}

export function cli(server: Server): void {
    it("search prints hits for people, in Polish or English", async () => {
        const polish = await server.spoina(["search", "catering", "--limit", "3", "--facets"]);
        assert.equal(polish.code, 0, polish.stderr);
        assert.match(polish.stdout, /^Znaleziono: \d+, pokazano: 3\n/);
        assert.match(polish.stdout, /\n {2}1\. /);
        assert.match(polish.stdout, /dane fikcyjne/);
        assert.doesNotMatch(polish.stdout, /\x1b/); // no terminal, no escapes
        const english = await server.spoina(["search", "catering", "--limit", "3", "--lang", "en"]);
        assert.match(english.stdout, /^Found: \d+, shown: 3\n/);
        assert.match(english.stdout, /fictional data/);
    });

    it("search --json prints the answer that any client gets", async () => {
        const outcome = await server.spoina(["search", "sprzątanie", "--place", "Legnica", "--json"]);
        assert.equal(outcome.code, 0, outcome.stderr);
        assert.equal(outcome.stdout.trimEnd().split("\n").length, 1);
        const client = createClient(CatalogueService, MODES[0]!.transport(server.url));
        const answer = await client.searchCatalogue({ query: "sprzątanie", place: "Legnica" });
        assert.deepEqual(JSON.parse(outcome.stdout), toJson(SearchCatalogueResponseSchema, answer));
    });

    it("search tells what would be found when nothing is", async () => {
        const outcome = await server.spoina(["search", "catering", "--kind", "fundacja", "--cpv", "90910000",
                                             "--all"]);
        assert.equal(outcome.code, 0, outcome.stderr);
        assert.match(outcome.stdout, /^Znaleziono: 0/);
        assert.match(outcome.stdout, /Byłoby wyników:\n {2}bez kodu CPV: \d+\n/);
    });

    it("analyse --json - prints one object a line, also for an empty line", async () => {
        const outcome = await server.spoina(["analyse", "--json", "-"], "Usługi cateringowe\n\nŁódź");
        assert.equal(outcome.code, 0, outcome.stderr);
        const lines = outcome.stdout.trimEnd().split("\n");
        assert.equal(lines.length, 3);
        assert.equal(lines[1], '{"tokens":[]}');
        const [first] = JSON.parse(lines[0]!).tokens;
        assert.deepEqual(Object.keys(first), ["form", "start", "end", "lemmas"]);
        assert.deepEqual([first.form, first.start, first.end], ["Usługi", 0, 7]);
        assert.ok(first.lemmas.includes("usługa"));
    });

    it("analyse takes thousands of lines over one connection", async () => {
        const lines = Array.from({ length: 3000 }, (_, i) => `Usługa numer ${i} dla gminy`);
        const outcome = await server.spoina(["analyse", "--json", "-"], lines.join("\n") + "\n");
        assert.equal(outcome.code, 0, outcome.stderr);
        assert.equal(outcome.stdout.trimEnd().split("\n").length, lines.length);
    });

    it("analyse names the line that is not UTF-8", async () => {
        const outcome = await server.spoina(["analyse", "-"], Buffer.from([0x61, 0x0a, 0xff, 0x0a]));
        assert.equal(outcome.code, 4);
        assert.match(outcome.stderr, /-:2: .*UTF-8/);
    });

    it("cpv --json - prints one object a line, also where nothing is called for", async () => {
        const outcome = await server.spoina(["cpv", "--json", "--limit", "2", "-"], "Usługi pralnicze\n\nZakup laptopów");
        assert.equal(outcome.code, 0, outcome.stderr);
        const lines = outcome.stdout.trimEnd().split("\n");
        assert.equal(lines.length, 3);
        assert.equal(lines[1], '{"suggestions":[]}');
        const { suggestions } = JSON.parse(lines[0]!);
        assert.equal(suggestions.length, 2);
        assert.deepEqual(Object.keys(suggestions[0]).slice(0, 4), ["code", "label", "score", "because"]);
        assert.deepEqual([suggestions[0].code, suggestions[0].because], ["98310000", ["pralnicze"]]);
        assert.equal(JSON.parse(lines[2]!).suggestions[0].code, "30213100");
    });

    it("cpv explains itself to people, and compares a given code", async () => {
        const polish = await server.spoina(["cpv", "Usługi poradnictwa psychologicznego", "--code", "90910000-9"]);
        assert.equal(polish.code, 0, polish.stderr);
        assert.match(polish.stdout, /^90910000: wątpliwe: tekst wskazuje na co innego\n85\d{6} +\d+ /);
        assert.match(polish.stdout, /\n +bo w tekście: .*psychologicznego/);
        assert.match(polish.stdout, /Usługi dozoru\n +poradnictwo i wsparcie psychospołeczne/); // the gloss
        const english = await server.spoina(["cpv", "Lorem ipsum", "--lang", "en"]);
        assert.equal(english.stdout, "The text calls for no CPV code.\n");
    });

    it("cpv tells bad input", async () => {
        assert.equal((await server.spoina(["cpv", "a", "--limit", "x"])).code, 1);
        assert.equal((await server.spoina(["cpv", "a", "--limit", "101"])).code, 4);
        const wrong = await server.spoina(["cpv", "a", "--code", "90910000-1"]);
        assert.equal(wrong.code, 4);
        assert.match(wrong.stderr, /codes\[0\]: .*9/);
        const bytes = await server.spoina(["cpv", "-"], Buffer.from([0x61, 0x0a, 0xff, 0x0a]));
        assert.equal(bytes.code, 4);
        assert.match(bytes.stderr, /-:2: .*UTF-8/);
    });

    it("show prints an entity; an unknown one is bad input", async () => {
        const found = await server.spoina(["search", "transport", "--limit", "1", "--json"]);
        const { id, name } = JSON.parse(found.stdout).hits[0].entity;
        const shown = await server.spoina(["show", id]);
        assert.equal(shown.code, 0, shown.stderr);
        assert.ok(shown.stdout.startsWith(`${name}\n`));
        assert.match(shown.stdout, /\nOferty\n {2}1\. /);
        const unknown = await server.spoina(["show", "no-such-entity"]);
        assert.equal(unknown.code, 4);
        assert.match(unknown.stderr, /^spoina: /);
    });

    it("match understands drafts, a notice and plain text", async () => {
        const files = [...readdirSync(DRAFTS).map((name) => join(DRAFTS, name)), NOTICE];
        for (const file of files) {
            const outcome = await server.spoina(["match", file, "--json", "--date", "2026-11-22", "--limit", "3"]);
            assert.equal(outcome.code, 0, `${file}: ${outcome.stderr}`);
            assert.ok(JSON.parse(outcome.stdout).lots[0].proposals.length > 0, file);
        }
        const text = "Catering dla domu pomocy\nDostawa obiadów dla 40 osób w Legnicy.";
        const outcome = await server.spoina(["match", "-", "--date", "2026-11-22"], text);
        assert.equal(outcome.code, 0, outcome.stderr);
        assert.match(outcome.stdout, /^Catering dla domu pomocy\n/);
        assert.match(outcome.stdout, /\n {2}1\. \d+\/1000 {2}zgodność: /);
        assert.match(outcome.stdout, /\n +Tekst +\d+\/\d+ /);
    });

    it("read shows the text with marks, items with their words, and what to do", async () => {
        const text = "Koszenie trawników w Polkowicach\nPowierzchnia 4 700 m2, 3-krotne koszenie.";
        const polish = await server.spoina(["read", "--text", text]);
        assert.equal(polish.code, 0, polish.stderr);
        assert.match(polish.stdout, /\n {2}Usługa: Koszenie .*, 14100 m2\n/);
        assert.match(polish.stdout, /„4 700 m2” \(90 %\)/);
        assert.match(polish.stdout, /\[4 700 m2\]/);
        const json = await server.spoina(["read", "-", "--json"], text);
        assert.equal(JSON.parse(json.stdout).draft.lots[0].requirements[0].demand.amount, 14100);
        assert.equal((await server.spoina(["read", NOTICE])).code, 0);
        const nothing = await server.spoina(["read"]);
        assert.equal(nothing.code, 1);
        assert.match(nothing.stderr, /--text/);
        const picture = await server.spoina(["read", "-"], Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
        assert.notEqual(picture.code, 0);
        assert.match(picture.stderr, /DOCX/);
    });

    it("match names the field of a bad draft", async () => {
        const draft = server.write("bad.json", '{"title":"a","lots":[{"cpv":["1"]},{"cvp":[]}]}');
        const outcome = await server.spoina(["match", draft]);
        assert.equal(outcome.code, 4);
        assert.match(outcome.stderr, /lots\[1\]\.cvp: Wiersz 1, znak \d+: nieznane pole/);
    });

    it("import takes the good rows and explains the others", async () => {
        const file = server.write("rows.jsonl",
            `${entityLine("5252248481")}\n${entityLine("5252248482")}\n{"name":\n`);
        const outcome = await server.spoina(["import", file, "--json"]);
        assert.equal(outcome.code, 3, outcome.stderr);
        const answer = JSON.parse(outcome.stdout);
        assert.equal(answer.added, "1");
        assert.equal(answer.rejected.length, 2);
        const rejected = readFileSync(`${file}.rejected.csv`, "utf8").split("\n");
        assert.equal(rejected[0], "line,field,reason,row");
        assert.match(rejected[1] ?? "", /^2,"nip",/);
        assert.match(rejected[2] ?? "", /^3,/);
        const again = JSON.parse((await server.spoina(["import", file, "--json"])).stdout);
        assert.deepEqual([again.added, again.unchanged], [undefined, "1"]);
    });

    it("import --dry-run changes nothing", async () => {
        const file = server.write("dry.jsonl", `${entityLine("7740001454")}\n`);
        const outcome = await server.spoina(["import", file, "--dry-run"]);
        assert.equal(outcome.code, 0, outcome.stderr);
        assert.match(outcome.stdout, /^Próba: .*\n[^]*Dodano +1\n/);
        assert.equal((await server.spoina(["show", "7740001454"])).code, 4);
        assert.ok(!existsSync(`${file}.rejected.csv`));
    });

    it("what export writes, import takes back unchanged", async () => {
        for (const format of ["csv", "jsonl"]) {
            const file = join(server.folder, `all.${format}`);
            const written = await server.spoina(["export", "--format", format, "--output", file]);
            assert.equal(written.code, 0, written.stderr);
            const back = await server.spoina(["import", file, "--format", format, "--dry-run", "--json"]);
            assert.equal(back.code, 0, `${format}: ${back.stdout.slice(0, 2000)} ${back.stderr}`);
            const answer = JSON.parse(back.stdout);
            assert.ok(Number(answer.unchanged) >= REGION_ENTITIES, `${format}: ${back.stdout.slice(0, 500)}`);
            assert.deepEqual([answer.added, answer.changed], [undefined, undefined], format);
        }
    });

    it("export --json is one object with the whole file", async () => {
        const [json, plain] = [await server.spoina(["export", "--json"]), await server.spoina(["export", "--format", "csv"])];
        assert.equal(json.code, 0, json.stderr);
        assert.equal(Buffer.from(JSON.parse(json.stdout).content, "base64").toString(), plain.stdout);
    });

    it("tells what to do when no server runs", async () => {
        const outcome = await run("spoina", ["search", "a", "--server", "http://127.0.0.1:1", "--lang", "en"]);
        assert.equal(outcome.code, 2);
        assert.match(outcome.stderr, /No server runs at this address\. Start it: script\/demo/);
    });

    it("tells wrong usage from bad input", async () => {
        assert.equal((await server.spoina(["search"])).code, 1);
        assert.equal((await server.spoina(["search", "a", "--limit", "x"])).code, 1);
        assert.equal((await server.spoina(["match", "/no/such/file"])).code, 4);
        const help = await server.spoina(["match", "--help"]);
        assert.equal(help.code, 0);
        assert.match(help.stdout, /^spoina match PLIK\|- /);
        assert.match(help.stdout, /Kody wyjścia:/);
    });
}
