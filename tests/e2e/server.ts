// SPDX-License-Identifier: EUPL-1.2
// The programs under test: spoinad on a port it chose, with the fictional region in it, and spoina.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const READY = /spoinad: listening on (http:\/\/\S+)/;
const READY_MS = 60_000;
const REGION_OPTIONS = ["--today", "2026-11-22"];

export const REGION_ENTITIES = 600;
export const SOURCE = fileURLToPath(new URL("../..", import.meta.url));

function program(name: string): string {
    const folder = process.env.SPOINA_BIN;
    if (folder === undefined) {
        throw new Error("SPOINA_BIN must name the folder of the built programs");
    }
    return join(folder, name);
}

export interface Outcome {
    code: number | null;
    stdout: string;
    stderr: string;
}

/** Run a program to its end. */
export function run(name: string, args: string[], stdin: string | Buffer = "",
                    env: Record<string, string> = {}): Promise<Outcome> {
    return new Promise((done, failed) => {
        const child = spawn(program(name), args, { env: { ...process.env, ...env } });
        const stdout: Buffer[] = [];
        const stderr: Buffer[] = [];
        child.stdout.on("data", (piece: Buffer) => stdout.push(piece));
        child.stderr.on("data", (piece: Buffer) => stderr.push(piece));
        child.on("error", failed);
        child.on("close", (code) => done({
            code,
            stdout: Buffer.concat(stdout).toString(),
            stderr: Buffer.concat(stderr).toString(),
        }));
        child.stdin.on("error", () => undefined); // it may end before it has read everything
        child.stdin.end(stdin);
    });
}

export class Server {
    readonly folder = mkdtempSync(join(tmpdir(), "spoina-e2e-"));
    url = "";
    #child: ChildProcess | undefined;
    #output = "";

    /** Start with an empty catalogue; resolves when the server says that it listens. */
    async start(workers: number): Promise<void> {
        const child = spawn(program("spoinad"), [
            "--data", join(this.folder, "data"), "--listen", "127.0.0.1:0", "--workers", String(workers),
        ], { stdio: ["ignore", "pipe", "pipe"] });
        this.#child = child;
        this.url = await new Promise<string>((ready, failed) => {
            const timer = setTimeout(() => failed(new Error(`not ready:\n${this.#output}`)), READY_MS);
            const listen = (piece: Buffer): void => {
                this.#output += piece.toString();
                const found = READY.exec(this.#output);
                if (found?.[1] !== undefined) {
                    clearTimeout(timer);
                    ready(found[1]);
                }
            };
            child.stdout?.on("data", listen);
            child.stderr?.on("data", listen);
            child.on("error", failed);
            child.on("exit", (code) => failed(new Error(`ended with ${code}:\n${this.#output}`)));
        });
    }

    /** Run the command line client against this server, in Polish unless told otherwise. */
    spoina(args: string[], stdin: string | Buffer = "", env: Record<string, string> = {}): Promise<Outcome> {
        return run("spoina", args, stdin, { SPOINA_SERVER: this.url, LC_ALL: "pl_PL.UTF-8", ...env });
    }

    /** Put the fictional region into the catalogue. */
    async importRegion(): Promise<void> {
        const region = await run("spoina-region", REGION_OPTIONS);
        if (region.code !== 0) {
            throw new Error(`spoina-region: ${region.stderr}`);
        }
        const outcome = await this.spoina(["import", this.write("region.jsonl", region.stdout), "--json"]);
        if (outcome.code !== 0 || JSON.parse(outcome.stdout).added !== String(REGION_ENTITIES)) {
            throw new Error(`import of the region: ${outcome.code} ${outcome.stdout} ${outcome.stderr}`);
        }
    }

    /** Write a file into the test's folder; returns its path. */
    write(name: string, content: string | Buffer): string {
        const path = join(this.folder, name);
        writeFileSync(path, content);
        return path;
    }

    isAlive(): boolean {
        return this.#child?.exitCode === null;
    }

    /** Ask the server to end; returns its exit code. */
    async stop(): Promise<number | null> {
        const child = this.#child;
        if (child === undefined || child.exitCode !== null) {
            return child?.exitCode ?? null;
        }
        const ended = new Promise<number | null>((done) => child.on("exit", (code) => done(code)));
        child.kill("SIGTERM");
        const code = await ended;
        rmSync(this.folder, { recursive: true, force: true });
        if (code !== 0) {
            process.stderr.write(this.#output);
        }
        return code;
    }
}
