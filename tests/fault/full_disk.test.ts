// SPDX-License-Identifier: EUPL-1.2
// The real server on a small disk (tmpfs in a mount namespace of its own) that fills up and is freed again.
// Left out, with a message, where such a namespace cannot be made.
import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, it } from "node:test";

import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";

import { CatalogueService, FileFormat } from "../e2e/gen/spoina/v1/catalogue_pb.js";

const DISK_BYTES = 16 * 1024 * 1024;
const READY = /spoinad: listening on (http:\/\/\S+)/;
const bin = process.env.SPOINA_BIN ?? "";
const folder = mkdtempSync(join(tmpdir(), "spoina-full-"));
const namespace = ["-rm", "--propagation", "private"];
const mount = `mount -t tmpfs -o size=${DISK_BYTES} none "$0"`;
const possible = spawnSync("unshare", [...namespace, "sh", "-c", mount, folder]).status === 0;
let server: ChildProcess | undefined;

function start(): Promise<string> {
    const script = `${mount} && exec "$1" --data "$0/data" --listen 127.0.0.1:0`;
    server = spawn("unshare", [...namespace, "sh", "-c", script, folder, join(bin, "spoinad")],
        { stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    return new Promise((ready, failed) => {
        server?.stdout?.on("data", (piece: Buffer) => {
            output += piece.toString();
            const url = READY.exec(output)?.[1];
            if (url !== undefined) {
                ready(url);
            }
        });
        server?.on("exit", (code) => failed(new Error(`ended with ${code}`)));
    });
}

after(() => {
    server?.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
});

it("refuses writes while the disk is full, reads on, and recovers without a restart",
    { skip: possible ? false : "no mount namespace here" }, async () => {
        const catalogue = createClient(CatalogueService,
            createConnectTransport({ baseUrl: await start(), httpVersion: "1.1" }));
        const put = (number: number) => catalogue.importEntities({
            content: Buffer.from(JSON.stringify({ id: `e${number}`, name: `Podmiot ${number}` })),
            format: FileFormat.JSON_LINES, source: "test",
        }, { headers: { "Accept-Language": "en" } });
        await put(0);

        // The same disk, seen from outside through the server's root.
        const filler = join(`/proc/${server?.pid}/root`, folder, "filler");
        assert.throws(() => writeFileSync(filler, Buffer.alloc(DISK_BYTES)), /ENOSPC/);

        // Room inside the WAL's last page may take a change or two; then every one is refused.
        let refused = 0;
        let taken = 0;
        for (let number = 1; number <= 40 && refused < 5; number++) {
            try {
                await put(number);
                taken = number;
            } catch (error) {
                assert.ok(error instanceof ConnectError);
                assert.equal(error.code, Code.ResourceExhausted);
                assert.match(error.rawMessage, /disk is full/);
                refused++;
            }
            const { entity } = await catalogue.getEntity({ id: "e0" });
            assert.equal(entity?.name, "Podmiot 0");
        }
        assert.equal(refused, 5);

        unlinkSync(filler);
        await put(1000);
        for (const number of [0, taken, 1000]) {
            assert.equal((await catalogue.getEntity({ id: `e${number}` })).entity?.name, `Podmiot ${number}`);
        }
        await assert.rejects(catalogue.getEntity({ id: `e${taken + 1}` }),
            (error) => error instanceof ConnectError && error.code === Code.NotFound);
    });
