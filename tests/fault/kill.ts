// SPDX-License-Identifier: EUPL-1.2
// kill -9 of the real server under write load by real Connect clients, then: is all that was acknowledged there?
//
//     node --import tsx tests/fault/kill.ts KILLS [SEED]      (SPOINA_BIN: folder of the built programs)
//
// Each round: start the server on the same data, check every acknowledged record, let four clients import and
// change records, kill at a random moment, run `spoinad check` on what is left. Exit code 0: nothing lost.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Client, createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";

import { CatalogueService, FileFormat } from "../e2e/gen/spoina/v1/catalogue_pb.js";

const CLIENTS = 4;
const ROWS_MAX = 8;
const KEYS = 50; // of each client
const LOAD_MS_MAX = 400;
const READY = /spoinad: listening on (http:\/\/\S+)/;
const READY_MS = 60_000;

const bin = process.env.SPOINA_BIN ?? "";
const kills = Number(process.argv[2] ?? "3");
const seed = Number(process.argv[3] ?? "1");
const folder = mkdtempSync(join(tmpdir(), "spoina-kill-"));
const data = join(folder, "data");

let state = seed >>> 0;
function draw(below: number): number { // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
}

interface Running {
    child: ChildProcess;
    url: string;
    ended: Promise<void>;
}

function start(): Promise<Running> {
    const child = spawn(join(bin, "spoinad"), ["--data", data, "--listen", "127.0.0.1:0"],
        { stdio: ["ignore", "pipe", "pipe"] });
    const ended = new Promise<void>((done) => child.on("exit", () => done()));
    let output = "";
    return new Promise((ready, failed) => {
        const timer = setTimeout(() => failed(new Error(`not ready:\n${output}`)), READY_MS);
        const listen = (piece: Buffer): void => {
            output += piece.toString();
            const url = READY.exec(output)?.[1];
            if (url !== undefined) {
                clearTimeout(timer);
                ready({ child, url, ended });
            }
        };
        child.stdout.on("data", listen);
        child.stderr.on("data", listen);
        child.on("exit", () => failed(new Error(`the server ended:\n${output}`)));
    });
}

type Catalogue = Client<typeof CatalogueService>;

function connect(url: string): Catalogue {
    return createClient(CatalogueService, createConnectTransport({ baseUrl: url, httpVersion: "1.1" }));
}

/** What the catalogue must hold: id to revision; and what a call without an answer may have made of it. */
const acknowledged = new Map<string, number>();
const doubtful = new Map<string, number>();
let revision = 0;
let calls = 0;
let records = 0;

/** One client: import after import until the server is gone. */
async function write(catalogue: Catalogue, client: number): Promise<void> {
    for (;;) {
        const rows = new Map<string, number>();
        for (let left = 1 + draw(ROWS_MAX); left > 0; left--) {
            rows.set(`client-${client}-${draw(KEYS)}`, ++revision);
        }
        const lines = [...rows].map(([id, number]) => JSON.stringify({
            id, name: `Podmiot ${id}`, shortName: String(number),
            offers: [{ id: "o", title: "Catering", description: `Obiady dla seniorów ${number}.` }],
        }));
        rows.forEach((number, id) => doubtful.set(id, number));
        try {
            const answer = await catalogue.importEntities(
                { content: Buffer.from(lines.join("\n")), format: FileFormat.JSON_LINES, source: "kill-test" });
            if (answer.rejected.length > 0) {
                throw new Error(`rejected: ${answer.rejected[0]?.reason}`);
            }
        } catch (error) {
            if (error instanceof Error && error.message.startsWith("rejected")) {
                throw error;
            }
            return; // the server is gone: this call stays doubtful
        }
        rows.forEach((number, id) => {
            acknowledged.set(id, number);
            doubtful.delete(id);
        });
        calls++;
        records += rows.size;
    }
}

async function stored(catalogue: Catalogue): Promise<Map<string, number>> {
    const pieces: Uint8Array[] = [];
    for await (const piece of catalogue.exportEntities({ format: FileFormat.JSON_LINES })) {
        pieces.push(piece.content);
    }
    const lines = Buffer.concat(pieces).toString().split("\n").filter((line) => line.length > 0);
    return new Map(lines.map((line) => JSON.parse(line)).map((entity) => [entity.id, Number(entity.shortName)]));
}

/** Records that are not as they were acknowledged; those in doubt are settled as they are found. */
async function lost(catalogue: Catalogue): Promise<number> {
    const found = await stored(catalogue);
    let count = 0;
    for (const [id, number] of found) {
        if (doubtful.get(id) === number) {
            acknowledged.set(id, number);
        }
    }
    doubtful.clear();
    for (const id of new Set([...found.keys(), ...acknowledged.keys()])) {
        if (found.get(id) !== acknowledged.get(id)) {
            process.stderr.write(`${id}: ${found.get(id)} instead of ${acknowledged.get(id)}\n`);
            count++;
        }
    }
    return count;
}

async function main(): Promise<void> {
    let missing = 0;
    let damaged = 0;
    for (let round = 0; round < kills; round++) {
        const server = await start();
        const catalogue = connect(server.url);
        missing += await lost(catalogue);
        const clients = Array.from({ length: CLIENTS }, (_, client) => write(catalogue, client));
        await new Promise((done) => setTimeout(done, draw(LOAD_MS_MAX)));
        server.child.kill("SIGKILL");
        await server.ended;
        await Promise.all(clients);
        const check = spawnSync(join(bin, "spoinad"), ["check", "--data", data]);
        if (check.status !== 0) {
            process.stderr.write(`round ${round}: check says ${check.status}: ${check.stderr}\n`);
            damaged++;
        }
    }
    const server = await start();
    missing += await lost(connect(server.url));
    server.child.kill("SIGTERM");
    await server.ended;
    rmSync(folder, { recursive: true });
    process.stdout.write(`seed ${seed}: ${kills} kills, ${calls} imports with ${records} records acknowledged: ` +
        `${missing} lost, ${damaged} checks with a fault\n`);
    process.exitCode = missing + damaged === 0 && records > 0 ? 0 : 1;
}

await main();
