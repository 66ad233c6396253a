// SPDX-License-Identifier: EUPL-1.2
// What the server refuses, how it says so, and that it lives on.
import assert from "node:assert/strict";
import { connect } from "node:net";
import { describe, it } from "node:test";

import { Code, ConnectError, createClient } from "@connectrpc/connect";

import { CatalogueService, FileFormat } from "./gen/spoina/v1/catalogue_pb.js";
import { ErrorDetailSchema } from "./gen/spoina/v1/error_pb.js";
import { LanguageService } from "./gen/spoina/v1/language_pb.js";
import { MatchService } from "./gen/spoina/v1/match_pb.js";
import type { Server } from "./server.js";
import { MODES } from "./transports.js";

const SEARCH = "/spoina.v1.CatalogueService/SearchCatalogue";
const ANALYSE = "/spoina.v1.LanguageService/AnalyseText";
const IMPORT = "/spoina.v1.CatalogueService/ImportEntities";

/** The error of a call that must fail. */
async function failure(call: Promise<unknown>): Promise<ConnectError> {
    try {
        await call;
    } catch (error) {
        return ConnectError.from(error);
    }
    assert.fail("the call succeeded");
}

function post(server: Server, path: string, body: BodyInit, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(server.url + path, {
        method: "POST",
        body,
        headers: { "Content-Type": "application/json", "Connect-Protocol-Version": "1", ...headers },
    });
}

/** Check that a raw call was refused; returns the detail as JSON. */
async function refused(response: Response, status: number, code: string): Promise<Record<string, string>> {
    assert.equal(response.status, status);
    assert.equal(response.headers.get("Content-Type"), "application/json");
    const body = await response.json() as { code: string; details: { type: string; debug: Record<string, string> }[] };
    assert.equal(body.code, code);
    assert.equal(body.details[0]?.type, "spoina.v1.ErrorDetail");
    return body.details[0].debug;
}

/** Send bytes as they are; returns all that comes back until the server closes. */
function raw(server: Server, bytes: string): Promise<string> {
    const { hostname, port } = new URL(server.url);
    return new Promise((done, failed) => {
        const socket = connect(Number(port), hostname, () => socket.end(bytes));
        let answer = "";
        socket.on("data", (piece) => { answer += piece.toString(); });
        socket.on("error", failed);
        socket.on("close", () => done(answer));
    });
}

export function errors(server: Server): void {
    for (const mode of MODES) {
        describe(mode.name, () => {
            it("tells what is wrong in both languages", async () => {
                const client = createClient(CatalogueService, mode.transport(server.url));
                const error = await failure(client.getEntity({ id: "" }));
                assert.equal(error.code, Code.InvalidArgument);
                const [detail] = error.findDetails(ErrorDetailSchema);
                assert.equal(detail?.place, "id");
                assert.equal(detail?.status, "INVALID");
                assert.match(detail?.polish ?? "", /Podaj/);
                assert.match(detail?.english ?? "", /Give/);
            });

            it("speaks the caller's language", async () => {
                const client = createClient(CatalogueService, mode.transport(server.url));
                const ask = (language: string): Promise<ConnectError> =>
                    failure(client.getEntity({ id: "" }, { headers: { "Accept-Language": language } }));
                const [polish, english] = [await ask("pl-PL,pl;q=0.9,en;q=0.5"), await ask("en-GB,en;q=0.9")];
                assert.match(polish.rawMessage, /Podaj/);
                assert.match(english.rawMessage, /Give/);
            });

            it("does not find what is not there", async () => {
                const client = createClient(CatalogueService, mode.transport(server.url));
                const error = await failure(client.getEntity({ id: "no-such-entity" }));
                assert.equal(error.code, Code.NotFound);
            });

            it("refuses a broken notice with its line", async () => {
                const client = createClient(MatchService, mode.transport(server.url));
                const content = Buffer.from("<?xml version='1.0'?>\n<TED_EXPORT>\n<broken>");
                const error = await failure(client.matchTender({
                    need: { case: "notice", value: { content, fileName: "broken.xml" } },
                }));
                assert.equal(error.code, Code.InvalidArgument);
                assert.equal(error.findDetails(ErrorDetailSchema).length, 1);
            });

            it("keeps a deadline", async () => {
                const client = createClient(LanguageService, mode.transport(server.url));
                const text = "Kompleksowa obsługa porządkowa obiektów gminnych. ".repeat(40_000);
                const error = await failure(client.analyseText({ text }, { timeoutMs: 20 }));
                assert.equal(error.code, Code.DeadlineExceeded);
            });

            it("survives a caller who walks away in the middle of a stream", async () => {
                const client = createClient(CatalogueService, mode.transport(server.url));
                const controller = new AbortController();
                const error = await failure((async () => {
                    for await (const _ of client.exportEntities({ format: FileFormat.CSV },
                                                                { signal: controller.signal })) {
                        controller.abort();
                    }
                })());
                assert.equal(error.code, Code.Canceled);
                assert.ok((await client.searchCatalogue({ query: "catering" })).total > 0);
            });
        });
    }

    it("names the place in JSON", async () => {
        const detail = await refused(await post(server, SEARCH, '{"query":7}'), 400, "invalid_argument");
        assert.equal(detail.place, "query");
    });

    it("skips members that it does not know, as Connect's own servers do", async () => {
        assert.equal((await post(server, SEARCH, '{"query":"a","newer":[{"x":1}]}')).status, 200);
    });

    it("names line and column of broken JSON", async () => {
        const detail = await refused(await post(server, SEARCH, '{"query":\n "a",}'), 400, "invalid_argument");
        assert.match(detail.english ?? "", /Line 2, column 6/);
        assert.match(detail.polish ?? "", /Wiersz 2, znak 6/);
    });

    it("refuses JSON nested without end", async () => {
        const response = await post(server, SEARCH, '{"x":' + "[".repeat(20_000));
        assert.ok(response.status === 400 || response.status === 429);
        assert.ok(server.isAlive());
    });

    it("refuses protobuf that is not UTF-8", async () => {
        const bytes = new Uint8Array([0x0a, 0x02, 0xc5, 0x20]);
        const response = await post(server, SEARCH, bytes, { "Content-Type": "application/proto" });
        const detail = await refused(response, 400, "invalid_argument");
        assert.equal(detail.place, "query");
    });

    it("refuses what is too large", async () => {
        const response = await post(server, SEARCH, JSON.stringify({ query: "a".repeat(1_000_000) }));
        await refused(response, 429, "resource_exhausted");
    });

    it("keeps the deadline of a header itself", async () => {
        const text = "Usługi opiekuńcze dla osób starszych w Legnicy. ".repeat(40_000);
        const response = await post(server, ANALYSE, JSON.stringify({ text }), { "Connect-Timeout-Ms": "5" });
        await refused(response, 504, "deadline_exceeded");
    });

    it("answers unknown paths, verbs and types as the protocol says", async () => {
        assert.equal((await post(server, "/spoina.v1.CatalogueService/Nothing", "{}")).status, 404);
        const verb = await fetch(server.url + SEARCH, { method: "DELETE" });
        assert.equal(verb.status, 405);
        assert.match(verb.headers.get("Allow") ?? "", /POST/);
        const type = await post(server, SEARCH, "a=b", { "Content-Type": "application/x-www-form-urlencoded" });
        assert.equal(type.status, 415);
        assert.match(type.headers.get("Accept-Post") ?? "", /application\/json/);
    });

    it("lets GET carry the public search only", async () => {
        const query = (message: string): string => `?connect=v1&encoding=json&message=${encodeURIComponent(message)}`;
        const search = await fetch(server.url + SEARCH + query('{"query":"catering"}'));
        assert.equal(search.status, 200);
        assert.ok(((await search.json()) as { total: number }).total > 0);
        assert.equal((await fetch(server.url + ANALYSE + query('{"text":"a"}'))).status, 405);
    });

    it("wants the protocol header of calls that change something", async () => {
        const response = await fetch(server.url + IMPORT, {
            method: "POST", body: "{}", headers: { "Content-Type": "application/json" },
        });
        assert.equal(response.status, 400);
    });

    it("refuses what is no HTTP and lives on", async () => {
        for (const bytes of ["\0\0\0", "GET / HTTP/1.1\r\n\r\n", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n" +
                             "Content-Length: 2\r\n\r\nab", "GET / HTTP/1.1\r\nHost : a\r\n\r\n"]) {
            assert.match(await raw(server, bytes), /^(HTTP\/1\.1 4\d\d |$)/);
        }
        assert.ok(server.isAlive());
    });
}
