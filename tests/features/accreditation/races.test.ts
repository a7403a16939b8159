import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { verifyAudit } from '#core/audit-verify.ts';
import { loadKeys } from '#core/keys.ts';
import { checkApplications } from '#features/accreditation/index.ts';
import { aPerson, type Someone } from '#tests/helpers/application.ts';
import { accepted, castOf, seen, stateNow } from '#tests/helpers/assessing.ts';
import { aCommittee, aMeeting, HELD_ON, inPanel, roomOn, seenOf, staff } from '#tests/helpers/committee.ts';
import { noonOn } from '#tests/helpers/ctx.ts';
import type { Told } from '#tests/helpers/racing.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';

const RACING = new URL('../../helpers/racing.ts', import.meta.url).pathname;
const ROUNDS = 6;
const DAY = '2026-11-02';

let place: TestRegister;
const children: ChildProcess[] = [];
beforeAll(() => {
	place = registerIn(DAY);
	// The processes beside this one read their keys from the folder.
	place.ctx = { ...place.ctx, keys: loadKeys({ dataDir: place.folder, auditKey: null, secretKey: null }) };
	place.ctx.db.sql.pragma('synchronous = OFF');
});
afterEach(() => {
	for (const child of children.splice(0)) child.kill();
	expect(checkApplications(place.ctx).differences).toEqual([]);
	expect(verifyAudit(place.ctx.db, place.ctx.keys.audit)).toMatchObject({ ok: true });
});
afterAll(() => place.close());

type Racer = { say(line: readonly unknown[]): void; hears(): Promise<string> };

/** Somebody at a process of their own. */
function racer(someone: Someone, role: string, day: string): Racer {
	const child = spawn(process.execPath, [RACING, place.folder, someone.id, role, String(noonOn(day))], { stdio: ['pipe', 'pipe', 'inherit'] });
	children.push(child);
	const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
	return {
		say: (line) => void child.stdin.write(`${JSON.stringify(line)}\n`),
		hears: async () => String((await lines.next()).value),
	};
}

type Turn = [Racer, readonly unknown[]];

/** Both act while a third holds the register: whatever they read before their write is old by the time they write. */
async function atOnce(...turns: [Turn, Turn]): Promise<[Told, Told]> {
	const { sql } = place.ctx.db;
	sql.exec('BEGIN IMMEDIATE');
	try {
		for (const [who, line] of turns) who.say(line);
		for (const [who] of turns) expect(await who.hears()).toBe('going');
		await wait(25);
	} finally {
		sql.exec('COMMIT');
	}
	const told = await Promise.all(turns.map(async ([who]) => JSON.parse(await who.hears()) as Told));
	return told as [Told, Told];
}

/** One was done; what the other reads, which is for people. */
function loser(told: readonly Told[]): string {
	expect(told.map(({ came }) => came).sort(), JSON.stringify(told)).toEqual(['done', 'refused']);
	return told.find(({ came }) => came === 'refused')?.words ?? '';
}

const count = (text: string, ...values: unknown[]) =>
	place.ctx.db.sql
		.prepare(text)
		.pluck()
		.get(...values) as number;

/** A meeting with voted applications, open on its day. */
function voted() {
	const seats = aCommittee(place.ctx);
	const assessors = [staff(place.ctx, 'Ada', 'assessor'), staff(place.ctx, 'Abe', 'assessor')];
	const references = Array.from({ length: ROUNDS }, (_, i) => inPanel(place.ctx, aPerson(place.ctx, `Ann${i}`), { assessors }));
	const meeting = aMeeting(seats, references);
	const room = roomOn(seats, meeting);
	room.open();
	const items = references.map((reference) => {
		const text = 'SELECT i.position FROM meeting_item i JOIN accreditation_application a ON a.id = i.application_id WHERE a.reference = ?';
		return { reference, no: count(text, reference) };
	});
	return { seats, meeting, room, items };
}

const DECIDED = `SELECT count(*) FROM decision d JOIN accreditation_application a ON a.id = d.application_id WHERE a.reference = ?`;
const AWARDS = `SELECT count(*) FROM award w JOIN accreditation_application a ON a.person_id = w.person_id WHERE a.reference = ?`;
const LETTERS = `SELECT count(*) FROM outbox o JOIN decision d ON o.dedupe_key = 'accreditation.decided:' || d.id JOIN accreditation_application a ON a.id = d.application_id WHERE a.reference = ?`;

test('an item decided by its chair from two machines at once is decided once, with the words of one of them', { timeout: 60_000 }, async () => {
	const { seats, meeting, room, items } = voted();
	const both = [racer(seats.chair, 'committee', HELD_ON), racer(seats.chair, 'committee', HELD_ON)] as const;
	for (const { reference, no } of items) {
		room.allVote(no, 'award');
		const said = { version: room.itemVersion(no), steps: seenOf(place.ctx, reference), reasons: [], variedTo: null, conditions: [] };
		const line = (words: string) => ['resolve', { reference: meeting, no }, { ...said, words }];
		const told = await atOnce([both[0], line('From the first.')], [both[1], line('From the second.')]);
		expect(loser(told)).toBe('Somebody has just done something about this item. Look at it again: what you wrote is still here.');
		const won = told[0].came === 'done' ? 'From the first.' : 'From the second.';
		const words = 'SELECT d.words FROM decision d JOIN accreditation_application a ON a.id = d.application_id WHERE a.reference = ?';
		expect([count(words, reference), count(DECIDED, reference), count(AWARDS, reference), count(LETTERS, reference)]).toEqual([won, 1, 1, 1]);
	}
});

test('two members who take the chair of an item at once: one of them has it, and the other is told', { timeout: 60_000 }, async () => {
	const { seats, meeting, room, items } = voted();
	const [mary, max] = seats.members as [Someone, Someone];
	const both = [racer(mary, 'committee', HELD_ON), racer(max, 'committee', HELD_ON)] as const;
	for (const { no } of items) {
		room.declare(seats.chair, no, 'recuse');
		for (const member of [mary, max]) room.declare(member, no);
		const line = ['chair', { reference: meeting, no }, { version: room.itemVersion(no) }];
		const told = await atOnce([both[0], line], [both[1], line]);
		expect(loser(told)).toBe('Somebody chairs this item already.');
		const chair = 'SELECT i.chair_id FROM meeting_item i JOIN meeting m ON m.id = i.meeting_id WHERE m.reference = ? AND i.position = ?';
		expect(count(chair, meeting, no)).toBe((told[0].came === 'done' ? mary : max).id);
	}
});

test('a decision while a hold begins: one of them holds, whole, and the other is told what came first', { timeout: 60_000 }, async () => {
	const { seats, meeting, room, items } = voted();
	const [chair, officer] = [racer(seats.chair, 'committee', HELD_ON), racer(seats.officer, 'registrar', HELD_ON)];
	for (const { reference, no } of items) {
		room.allVote(no, 'award');
		const steps = seenOf(place.ctx, reference);
		const input = { version: room.itemVersion(no), steps, reasons: [], words: '', variedTo: null, conditions: [] };
		const told = await atOnce(
			[chair, ['resolve', { reference: meeting, no }, input]],
			[officer, ['hold', reference, { seen: steps, words: 'Something came up.', untilOn: '2027-01-15' }]],
		);
		expect(loser(told)).toBe('Somebody has just done something about this application. Open it again to see where it stands.');
		const isDecided = told[0].came === 'done';
		const state = stateNow(place.ctx, reference);
		expect([state.phase, state.hold === null]).toEqual(isDecided ? ['decided', true] : ['panel', false]);
		const holds = 'SELECT count(*) FROM accreditation_hold h JOIN accreditation_application a ON a.id = h.application_id WHERE a.reference = ?';
		const parts = [count(DECIDED, reference), count(AWARDS, reference), count(LETTERS, reference), count(holds, reference)];
		expect(parts).toEqual(isDecided ? [1, 1, 1, 0] : [0, 0, 0, 1]);
	}
});

test('two officers who give an application to an assessor at once: one assessor has it, and the other officer is told', { timeout: 60_000 }, async () => {
	const cast = castOf(place.ctx);
	const other = staff(place.ctx, 'Otto', 'membership_officer');
	const both = [racer(cast.officer, 'membership_officer', DAY), racer(other, 'membership_officer', DAY)] as const;
	for (let round = 0; round < ROUNDS; round += 1) {
		const reference = accepted({ ...cast, applicant: aPerson(place.ctx, `Tom${round}`) });
		// Two different ones, and now and then the same one twice.
		const [first, second] = [cast.lead, round % 3 === 0 ? cast.lead : cast.second];
		const line = (person: Someone) => ['assign', reference, { seen: seen(place.ctx, reference), person: person.id }];
		const told = await atOnce([both[0], line(first)], [both[1], line(second)]);
		expect(loser(told)).toMatch(/^(Somebody has just done something about this application\. Open it again|They have this application already\.)/);
		const won = told[0].came === 'done' ? first : second;
		expect(stateNow(place.ctx, reference).assessors.map(({ personId }) => personId)).toEqual([won.id]);
		const given = 'SELECT count(*) FROM accreditation_assessor e JOIN accreditation_application a ON a.id = e.application_id WHERE a.reference = ?';
		const asked = "SELECT count(*) FROM outbox o WHERE o.kind = 'accreditation.asked-to-assess' AND o.subject LIKE '%' || ? || '%'";
		expect([count(given, reference), count(asked, reference)]).toEqual([1, 1]);
	}
});
