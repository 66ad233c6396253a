// SPDX-License-Identifier: EUPL-1.2
// One server for all end-to-end tests; SPOINA_WORKERS says with how many workers.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { advice } from "./advice.js";
import { calls } from "./calls.js";
import { cli } from "./cli.js";
import { consortia } from "./consortia.js";
import { errors } from "./errors.js";
import { needs } from "./needs.js";
import { Server } from "./server.js";

const workers = Number(process.env.SPOINA_WORKERS ?? "1");

describe(`spoinad with ${workers} worker(s)`, () => {
    const server = new Server();

    before(async () => {
        await server.start(workers);
        await server.importRegion();
    });
    after(() => server.stop());

    describe("calls", () => calls(server));
    describe("consortia", () => consortia(server));
    describe("advice", () => advice(server));
    describe("errors", () => errors(server));
    describe("spoina", () => cli(server));
    describe("needs", () => needs(server));

    it("ends in order when asked to", async () => {
        assert.equal(await server.stop(), 0);
    });
});
