import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyAudit } from '#core/audit-verify.ts';
import { loadKeys } from '#core/keys.ts';
import type { Db } from '#db/client.ts';
import { aPerson } from '#tests/helpers/application.ts';
import { aCommittee, aMeeting, HELD_ON, inPanel, roomOn, staff } from '#tests/helpers/committee.ts';
import { noonOn } from '#tests/helpers/ctx.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';

const APPLICATIONS = 40;
const MOST_KILLS = 6;
const DECIDING = new URL('../../helpers/deciding.ts', import.meta.url).pathname;

let place: TestRegister;
let chair: string;
beforeAll(() => {
	place = registerIn('2026-11-02');
	// The process beside this one reads its keys from the folder.
	const keys = loadKeys({ dataDir: place.folder, auditKey: null, secretKey: null });
	place.ctx = { ...place.ctx, keys };
	place.ctx.db.sql.pragma('synchronous = OFF');
	const seats = aCommittee(place.ctx);
	chair = seats.chair.id;
	const assessors = [staff(place.ctx, 'Ada', 'assessor'), staff(place.ctx, 'Abe', 'assessor')];
	const references = Array.from({ length: APPLICATIONS }, (_, i) => inPanel(place.ctx, aPerson(place.ctx, `Ann${i}`), { assessors }));
	const room = roomOn(seats, aMeeting(seats, references));
	room.open();
	for (let no = 1; no <= APPLICATIONS; no += 1) room.allVote(no, 'award');
	place.ctx.db.sql.pragma('synchronous = FULL');
}, 60_000);
afterAll(() => place.close());

/** For each application, how much of its decision there is: all of it, or nothing. */
function parts({ sql }: Db): string[] {
	const text = `SELECT (SELECT count(*) FROM decision d WHERE d.application_id = a.id) || ' ' || (a.phase = 'decided') || ' '
		|| (SELECT count(*) FROM accreditation_step s WHERE s.application_id = a.id AND s.kind = 'decided') || ' '
		|| (SELECT count(*) FROM award w WHERE w.person_id = a.person_id) || ' '
		|| (SELECT count(*) FROM award_term t JOIN award w ON w.id = t.award_id WHERE w.person_id = a.person_id) || ' '
		|| (SELECT count(*) FROM registration r WHERE r.person_id = a.person_id) || ' '
		|| (SELECT resolved_at IS NOT NULL FROM meeting_item i WHERE i.application_id = a.id) || ' '
		|| (SELECT count(*) FROM outbox o JOIN decision d ON o.dedupe_key IN ('accreditation.decided:' || d.id, 'accreditation.certificate:' || d.id) WHERE d.application_id = a.id)
		FROM accreditation_application a`;
	return sql.prepare(text).pluck().all() as string[];
}

const WHOLE = '1 1 1 1 1 1 1 2';
const NOTHING = '0 0 0 0 0 0 0 0';

test('killed in the middle of decisions, each of them is there whole or not at all, and the rest can be decided', { timeout: 120_000 }, async () => {
	const { db } = place.ctx;
	const decided = () => db.sql.prepare('SELECT count(*) FROM decision').pluck().get() as number;
	let cutOff = 0;
	for (let run = 0; run <= MOST_KILLS; run += 1) {
		const before = decided();
		const child = spawn(process.execPath, [DECIDING, place.folder, chair, String(noonOn(HELD_ON))], { stdio: ['ignore', 'ignore', 'inherit'] });
		const ended = new Promise((resolve) => child.once('close', resolve));
		if (run < MOST_KILLS) {
			for (let i = 0; i < 4000 && decided() === before && child.exitCode === null; i += 1) await wait(3);
			await wait((run * 7) % 11);
			child.kill('SIGKILL');
		}
		await ended;
		if (decided() < APPLICATIONS) cutOff += 1;
		expect([...new Set(parts(db))].filter((found) => found !== WHOLE && found !== NOTHING)).toEqual([]);
	}
	expect(cutOff, 'some runs were killed before they were through').toBeGreaterThan(1);
	expect([...new Set(parts(db))]).toEqual([WHOLE]);
	expect(new Set(db.sql.prepare('SELECT number FROM registration').pluck().all()).size).toBe(APPLICATIONS);
	expect(db.sql.pragma('integrity_check', { simple: true })).toBe('ok');
	expect(verifyAudit(db, place.ctx.keys.audit)).toMatchObject({ ok: true });
});
