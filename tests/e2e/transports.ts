// SPDX-License-Identifier: EUPL-1.2
// Every way in which the real Connect clients can talk to the server.
import type { Transport } from "@connectrpc/connect";
import { compressionGzip, createConnectTransport as createNodeTransport } from "@connectrpc/connect-node";
import { createConnectTransport as createWebTransport } from "@connectrpc/connect-web";

export interface Mode {
    name: string;
    transport(url: string): Transport;
}

function nodeModes(): Mode[] {
    const modes: Mode[] = [];
    for (const useBinaryFormat of [true, false]) {
        for (const gzip of [true, false]) {
            for (const useHttpGet of [true, false]) {
                modes.push({
                    name: `node ${useBinaryFormat ? "proto" : "json"}${gzip ? " gzip" : ""}${useHttpGet ? " GET" : ""}`,
                    transport: (baseUrl) => createNodeTransport({
                        baseUrl,
                        httpVersion: "1.1",
                        useBinaryFormat,
                        useHttpGet,
                        acceptCompression: gzip ? [compressionGzip] : [],
                        ...(gzip ? { sendCompression: compressionGzip } : {}),
                        compressMinBytes: 0,
                    }),
                });
            }
        }
    }
    return modes;
}

function webModes(): Mode[] {
    const modes: Mode[] = [];
    for (const useBinaryFormat of [true, false]) {
        for (const useHttpGet of [true, false]) {
            modes.push({
                name: `web ${useBinaryFormat ? "proto" : "json"}${useHttpGet ? " GET" : ""}`,
                transport: (baseUrl) => createWebTransport({ baseUrl, useBinaryFormat, useHttpGet }),
            });
        }
    }
    return modes;
}

export const MODES: Mode[] = [...nodeModes(), ...webModes()];
