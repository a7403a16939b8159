import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyAudit } from '#core/audit-verify.ts';
import { loadKeys } from '#core/keys.ts';
import { type Db, openDatabase } from '#db/client.ts';
import { checkApplications } from '#features/accreditation/index.ts';
import { aPerson } from '#tests/helpers/application.ts';
import { castOf, sent } from '#tests/helpers/assessing.ts';
import { become } from '#tests/helpers/person.ts';
import { startServer } from '#tests/helpers/server.ts';
import { type Site, startSite, TODAY } from '#tests/helpers/site.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';

const KILLS = 5;
const EACH = 40;
const APPLICATIONS = (KILLS + 2) * EACH;

let first: Site;
let officerId: string;
let references: string[];
beforeAll(async () => {
	first = await startSite({ JOBS: 'outside', LOG_LEVEL: 'error' });
	await first.kill9();
	const ctx = siteCtx(first);
	const cast = castOf(ctx);
	officerId = cast.officer.id;
	references = Array.from({ length: APPLICATIONS }, (_, i) => sent({ ...cast, applicant: aPerson(ctx, `Nr${i}`) }));
	ctx.db.sql.close();
});
afterAll(() => first.stop());

/** Starts the site, has an officer press every button twice at once, and kills it in the middle. @returns what was acknowledged, or claimed to be */
async function killed(run: number, isHonest: boolean, left: readonly string[]): Promise<string[]> {
	const env = { DEMO: '1', DEMO_NOW: `${TODAY}T12:00:00Z`, JOBS: 'outside', LOG_LEVEL: 'error' };
	const server = await startServer({ dataDir: first.dataDir, env });
	const officer = await become(server, officerId);
	const noted: string[] = [];
	const press = async (reference: string) => {
		if (!isHonest) noted.push(reference);
		const answer = await officer.post(`/office/applications/${reference}/accept`, { seen: '2', words: '' }).catch(() => null);
		if (isHonest && answer?.status === 303) noted.push(reference);
	};
	const work = (async () => {
		for (const reference of left) await Promise.all([press(reference), press(reference)]);
	})();
	// A request that was cut off may never come back to the one who sent it: nothing here waits for ever.
	const until = performance.now() + 15_000;
	while (noted.length < 2 && performance.now() < until) await wait(1);
	await wait((run * 37) % 83);
	await server.kill9();
	await Promise.race([work, wait(5000)]);
	return noted;
}

/** Of some applications those that are not accepted exactly once, with one step, one event and one letter. */
function notWhole({ sql }: Db, some: readonly string[]): string[] {
	const text = `SELECT (SELECT count(*) FROM accreditation_step s WHERE s.application_id = a.id AND s.kind = 'accepted') AS steps,
		(SELECT count(*) FROM audit_event e WHERE e.subject_id = a.id AND e.kind = 'accreditation.accepted') AS events,
		(SELECT count(*) FROM outbox o WHERE o.kind = 'accreditation.found-complete' AND o.subject LIKE '%' || a.reference || '%') AS letters
		FROM accreditation_application a WHERE a.reference = ?`;
	return some.filter((reference) => {
		const { steps, events, letters } = sql.prepare(text).get(reference) as { steps: number; events: number; letters: number };
		return steps !== 1 || events !== 1 || letters !== 1;
	});
}

const register = () => openDatabase(join(first.dataDir, 'register.db'));

test(`killed ${KILLS} times while every button is pressed twice, each application is accepted once or not at all`, { timeout: 120_000 }, async () => {
	const acknowledged: string[] = [];
	// Each run has applications of its own: what the one before accepted and could not acknowledge would leave too few to wait for.
	for (let run = 1; run <= KILLS; run += 1) acknowledged.push(...(await killed(run, true, references.slice((run - 1) * EACH, run * EACH))));
	expect(acknowledged.length).toBeGreaterThan(KILLS);
	expect(new Set(acknowledged).size).toBe(acknowledged.length);
	const db = register();
	expect(notWhole(db, acknowledged)).toEqual([]);
	const begun = db.sql.prepare("SELECT reference FROM accreditation_application WHERE phase <> 'checks' AND reference IS NOT NULL").pluck().all() as string[];
	expect(
		notWhole(
			db,
			begun.filter((one) => references.includes(one)),
		),
	).toEqual([]);
	expect(checkApplications({ db }).differences).toEqual([]);
	expect(verifyAudit(db, loadKeys({ dataDir: first.dataDir, auditKey: null, secretKey: null }).audit)).toMatchObject({ ok: true });
	db.sql.close();
});

test('a harness that notes them before they are acknowledged is caught: the test above can fail', { timeout: 60_000 }, async () => {
	const claimed = [...(await killed(101, false, references.slice(-2 * EACH, -EACH))), ...(await killed(102, false, references.slice(-EACH)))];
	const db = register();
	expect(notWhole(db, claimed).length).toBeGreaterThan(0);
	db.sql.close();
});
