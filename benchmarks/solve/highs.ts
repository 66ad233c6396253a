// SPDX-License-Identifier: EUPL-1.2
// highs.ts MODEL ANSWER CANDIDATES: solve an LP file with HiGHS (npm, WebAssembly, one thread) and write what
// peer.c reads: "optimal|infeasible|other OBJECTIVE CPU-SECONDS WALL-SECONDS", then the numbers of
// the chosen ones among the first CANDIDATES columns. Only the solve is timed; loading Node and
// reading the model are not.
import { readFileSync, writeFileSync } from "node:fs";
import loadHighs from "highs";

const [modelFile, answerFile, candidates] = process.argv.slice(2);
if (modelFile === undefined || answerFile === undefined || candidates === undefined) {
    throw new Error("usage: highs.ts MODEL ANSWER CANDIDATES");
}
const highs = await loadHighs();
const model = highs.createModel({ format: "lp", data: readFileSync(modelFile, "utf8") });
// Models count in half score units: two optima differ by 2 or more.
model.options.set({ output_flag: false, mip_rel_gap: 0, mip_abs_gap: 1 });
const cpu = process.cpuUsage();
const began = performance.now();
model.run();
const wallSeconds = (performance.now() - began) / 1000;
const used = process.cpuUsage(cpu);
const cpuSeconds = (used.user + used.system) / 1e6;
const { optimal, infeasible } = highs.constants.modelStatus;
const status = model.getModelStatus();
const lines: string[] = [];
if (status === optimal) {
    lines.push(`optimal ${model.getObjectiveValue()} ${cpuSeconds} ${wallSeconds}`);
    const values = model.getSolution().colValue;
    for (let i = 0; i < Number(candidates); i++) {
        if (values[i]! > 0.5) {
            lines.push(String(i));
        }
    }
} else {
    lines.push(`${status === infeasible ? "infeasible" : "other"} 0 ${cpuSeconds} ${wallSeconds}`);
}
writeFileSync(answerFile, `${lines.join("\n")}\n`);
