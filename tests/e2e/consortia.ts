// SPDX-License-Identifier: EUPL-1.2
// Consortia over the wire: matched, streamed, completed, replayed, and what is refused.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

import { create, fromJsonString, toBinary } from "@bufbuild/protobuf";
import { type Client, Code, ConnectError, createClient } from "@connectrpc/connect";

import { ErrorDetailSchema } from "./gen/spoina/v1/error_pb.js";
import {
    type LotMatch, type MatchProgress, MatchService, MatchTenderRequestSchema, type MatchTenderResponse,
} from "./gen/spoina/v1/match_pb.js";
import { DraftSchema } from "./gen/spoina/v1/need_pb.js";
import { MemberRole, type Proposal, ProposalSchema } from "./gen/spoina/v1/proposal_pb.js";
import { type Server, SOURCE } from "./server.js";
import { MODES } from "./transports.js";

const DAY = "2026-11-22";

/** A request about a draft that nobody in the region can do alone. */
function umbrella(teams: object = {}): ReturnType<typeof create<typeof MatchTenderRequestSchema>> {
    const text = readFileSync(join(SOURCE, "data/region/drafts/umbrella.json"), "utf8");
    return create(MatchTenderRequestSchema, {
        need: { case: "draft", value: fromJsonString(DraftSchema, text) },
        date: DAY, limit: 2, teams: { teams: 3, ...teams },
    });
}

function lotOf(answer: MatchTenderResponse | undefined): LotMatch {
    const lot = answer?.lots[0];
    assert.ok(lot !== undefined);
    return lot;
}

/** The error of a call that must fail, with the place it names. */
async function failure(call: Promise<unknown>): Promise<{ code: Code; place: string; polish: string }> {
    try {
        await call;
    } catch (thrown) {
        const error = ConnectError.from(thrown);
        const [detail] = error.findDetails(ErrorDetailSchema);
        return { code: error.code, place: detail?.place ?? "", polish: detail?.polish ?? "" };
    }
    assert.fail("the call succeeded");
}

async function collect(stream: AsyncIterable<MatchProgress>): Promise<MatchProgress[]> {
    const messages = [];
    for await (const message of stream) {
        messages.push(message);
    }
    return messages;
}

/** What must hold of every consortium. */
function checkConsortium(proposal: Proposal, lot: LotMatch): void {
    assert.ok(proposal.members.length >= 2);
    assert.equal(proposal.members[0]?.role, MemberRole.LEADER);
    const ids = proposal.members.map((member) => member.entity?.id);
    assert.equal(new Set(ids).size, ids.length);
    for (const { requirementId, effort } of lot.efforts) {
        const cells = proposal.allocation.filter((cell) => cell.requirementId === requirementId);
        assert.equal(cells.reduce((sum, cell) => sum + cell.effort, 0), effort);
        assert.equal(cells.reduce((sum, cell) => sum + cell.requirementPermille, 0), 1000);
    }
    assert.equal(proposal.members.reduce((sum, member) => sum + member.sharePermille, 0), 1000);
    const { quality, partners, friction } = proposal.teamScore ?? { quality: 0, partners: 0, friction: 0 };
    assert.equal(quality - partners - friction, proposal.score);
    assert.ok(proposal.necessity.length === ids.length && proposal.necessity.every((each) => each.necessary));
    assert.ok(proposal.verdicts.every((verdict) => (verdict.rule?.article ?? "") !== "" && verdict.text !== ""));
    assert.ok(proposal.gaps.every((gap) => gap.text !== ""));
    assert.match(proposal.replayId, /^[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f.]+-[0-9a-f]{64}$/);
}

export function consortia(server: Server): void {
    for (const mode of MODES) {
        describe(mode.name, () => {
            it("matches consortia that cover everything, each member needed", async () => {
                const client = createClient(MatchService, mode.transport(server.url));
                const lot = lotOf(await client.matchTender(umbrella()));
                assert.equal(lot.consortia.length, 3);
                assert.equal(lot.consortiaIncomplete, false);
                for (const [i, proposal] of lot.consortia.entries()) {
                    assert.ok(proposal.complete);
                    assert.ok(proposal.score <= (lot.consortia[i - 1]?.score ?? 1000));
                    checkConsortium(proposal, lot);
                }
            });

            it("streams better ones and ends with the answer that the plain call gives", async () => {
                const client = createClient(MatchService, mode.transport(server.url));
                const messages = await collect(client.streamMatch(umbrella()));
                const last = messages.at(-1);
                const plain = await client.matchTender(umbrella());
                assert.ok(messages.length >= 3); // a team, the lot's end, the result
                assert.ok(messages.slice(0, -1).every((message) => message.result === undefined));
                const scores = messages.flatMap((message) => message.best === undefined ? [] : [message.best.score]);
                assert.ok(scores.length > 0);
                for (const message of messages) {
                    assert.ok(message.best === undefined || message.best.score <= message.bound);
                    assert.ok(message.lotsDone <= message.lotsTotal);
                }
                assert.deepEqual(lotOf(last?.result).consortia, lotOf(plain).consortia);
            });

            it("completes a consortium around given members", async () => {
                const client = createClient(MatchService, mode.transport(server.url));
                const best = lotOf(await client.matchTender(umbrella())).consortia[0];
                const id = best?.members[1]?.entity?.id ?? "";
                const answer = await client.completeConsortium({ match: umbrella(), lotId: "1", members: [id] });
                const [lot] = answer.lots;
                assert.deepEqual(answer.members.map((member) => member.id), [id]);
                assert.equal(lot?.given?.complete, false);
                assert.ok((lot?.given?.gaps.length ?? 0) > 0);
                assert.ok((lot?.consortia.length ?? 0) > 0);
                for (const proposal of lot?.consortia ?? []) {
                    assert.ok(proposal.members.some((member) => member.entity?.id === id));
                }
            });

            it("replays a proposal to the byte", async () => {
                const client = createClient(MatchService, mode.transport(server.url));
                const answer = await client.matchTender(umbrella());
                for (const proposal of [...lotOf(answer).consortia, ...lotOf(answer).proposals]) {
                    const again = await client.replayProposal({
                        match: umbrella(), lotId: "1", replayId: proposal.replayId,
                        members: proposal.members.map((member) => member.entity?.id ?? ""),
                        catalogueVersion: answer.catalogueVersion, rulebookVersion: answer.rulebookVersion,
                    });
                    assert.ok(again.proposal !== undefined);
                    assert.deepEqual(toBinary(ProposalSchema, again.proposal), toBinary(ProposalSchema, proposal));
                }
            });

            it("survives a caller who walks away in the middle of a search", async () => {
                const client = createClient(MatchService, mode.transport(server.url));
                const controller = new AbortController();
                const error = await failure((async () => {
                    for await (const _ of client.streamMatch(umbrella({ searchLimitMs: 10_000, membersMax: 8 }),
                                                             { signal: controller.signal })) {
                        controller.abort();
                    }
                })());
                assert.equal(error.code, Code.Canceled);
                assert.ok(lotOf(await client.matchTender(umbrella())).consortia.length > 0);
            });
        });
    }

    // The address is known when a test runs, not before.
    const firstClient = (): Client<typeof MatchService> => createClient(MatchService, MODES[0]!.transport(server.url));

    it("refuses options out of range and names them", async () => {
        const client = firstClient();
        const refusals: [object, string][] = [
            [{ teams: 51 }, "teams.teams"], [{ membersMax: 1 }, "teams.members_max"],
            [{ membersMax: 9 }, "teams.members_max"], [{ searchLimitMs: 10_001 }, "teams.search_limit_ms"],
            [{ partnerCost: 1001 }, "teams.partner_cost"],
            [{ leastSharePermille: 600, mostSharePermille: 500 }, "teams.most_share_permille"],
        ];
        for (const [teams, place] of refusals) {
            const error = await failure(client.matchTender(umbrella(teams)));
            assert.deepEqual([error.code, error.place], [Code.InvalidArgument, place]);
            const streamed = await failure(collect(client.streamMatch(umbrella(teams))));
            assert.deepEqual([streamed.code, streamed.place], [Code.InvalidArgument, place]);
        }
    });

    it("honours the options of teams", async () => {
        const client = firstClient();
        const pairs = lotOf(await client.matchTender(umbrella({ membersMax: 2 })));
        assert.ok(pairs.consortia.every((proposal) => proposal.members.length === 2));
        const apart = lotOf(await client.matchTender(umbrella({ sharedMembersMax: 0, teams: 2 })));
        const ids = apart.consortia.flatMap((proposal) => proposal.members.map((member) => member.entity?.id));
        assert.equal(new Set(ids).size, ids.length);
        const sizes = lotOf(await client.matchTender(umbrella({ bySize: true })));
        assert.equal(new Set(sizes.consortia.map((proposal) => proposal.members.length)).size, sizes.consortia.length);
        const none = lotOf(await client.matchTender({ ...umbrella(), singlesOnly: true }));
        assert.ok(none.consortia.length === 0 && none.proposals.length > 0);
    });

    it("names a member or a lot that does not exist", async () => {
        const client = firstClient();
        const match = umbrella();
        const error = await failure(client.completeConsortium({ match, members: ["demo-000001", "nikt"] }));
        assert.deepEqual([error.code, error.place], [Code.NotFound, "members[1]"]);
        assert.match(error.polish, /„nikt”/);
        const twice = await failure(client.completeConsortium({ match, members: ["demo-000001", "demo-000001"] }));
        assert.deepEqual([twice.code, twice.place], [Code.InvalidArgument, "members[1]"]);
        const nobody = await failure(client.completeConsortium({ match, members: [] }));
        assert.deepEqual([nobody.code, nobody.place], [Code.InvalidArgument, "members"]);
        const lot = await failure(client.completeConsortium({ match, members: ["demo-000001"], lotId: "9" }));
        assert.deepEqual([lot.code, lot.place], [Code.NotFound, "lot_id"]);
    });

    it("says what keeps a proposal from being replayed", async () => {
        const client = firstClient();
        const answer = await client.matchTender(umbrella());
        const proposal = lotOf(answer).consortia[0]!;
        const members = proposal.members.map((member) => member.entity?.id ?? "");
        const request = {
            match: umbrella(), lotId: "1", replayId: proposal.replayId, members,
            catalogueVersion: answer.catalogueVersion, rulebookVersion: answer.rulebookVersion,
        };
        const later = umbrella();
        later.date = "2026-11-23";
        const other = umbrella();
        assert.ok(other.need.case === "draft");
        other.need.value.title = "Co innego";
        const refusals: [object, Code, string][] = [
            [{ replayId: "x" }, Code.InvalidArgument, "replay_id"],
            [{ match: later }, Code.FailedPrecondition, "match"],
            [{ match: other }, Code.FailedPrecondition, "match.draft"],
            [{ members: [...members].reverse() }, Code.FailedPrecondition, "members[0]"],
            [{ catalogueVersion: 1n }, Code.FailedPrecondition, "replay_id"],
        ];
        for (const [change, code, place] of refusals) {
            const error = await failure(client.replayProposal({ ...request, ...change }));
            assert.deepEqual([error.code, error.place], [code, place]);
        }
    });

    it("prints consortia for people", async () => {
        const draft = join(SOURCE, "data/region/drafts/umbrella.json");
        const common = ["--date", DAY, "--consortia", "2"];
        const plain = await server.spoina(["match", draft, ...common, "--limit", "1"]);
        assert.equal(plain.code, 0, plain.stderr);
        for (const heading of [/\nKonsorcja: 2/, /\n +lider +/, /\n +partner +/, /Kto co wykona/, /Warunki i klauzule/,
                               /Po co są razem/, /Braki i najmniejsze zmiany/, /Do powtórzenia: [0-9a-f]{8}-/]) {
            assert.match(plain.stdout, heading);
        }
        const streamed = await server.spoina(["match", draft, ...common, "--limit", "1", "--stream"]);
        assert.equal(streamed.stdout, plain.stdout);
        const english = await server.spoina(["match", draft, ...common, "--lang", "en"]);
        assert.match(english.stdout, /Why they are together/);
        const without = await server.spoina(["match", draft, "--consortia", "0", "--json"]);
        assert.equal(JSON.parse(without.stdout).lots[0].consortia, undefined);
    });

    it("completes from the command line", async () => {
        const draft = join(SOURCE, "data/region/drafts/umbrella.json");
        const found = JSON.parse((await server.spoina(["match", draft, "--date", DAY, "--json"])).stdout);
        const id = found.lots[0].consortia[0].members[1].entity.id;
        const outcome = await server.spoina(["complete", draft, "--date", DAY, "--members", id, "--consortia", "1"]);
        assert.equal(outcome.code, 0, outcome.stderr);
        assert.match(outcome.stdout, /Podane podmioty bez nikogo więcej:/);
        assert.match(outcome.stdout, /\n {2}1\. \d+\/1000/);
        assert.equal((await server.spoina(["complete", draft])).code, 1);
        const unknown = await server.spoina(["complete", draft, "--members", `${id},nikt`]);
        assert.equal(unknown.code, 4);
        assert.match(unknown.stderr, /members\[1\]: Katalog nie zna podmiotu „nikt”/);
    });
}
