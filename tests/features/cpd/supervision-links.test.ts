import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { safePath } from '#core/log.ts';
import {
	answerByLink,
	askForSupervision,
	askToConfirm,
	confirmByLink,
	endSupervision,
	logSupervision,
	openSupervisionLink,
	relationRow,
	sendConfirmations,
	sessionOf,
	supervisionLinkAt,
	supervisionLinkInHand,
	takeBackAsk,
	waitingIn,
} from '#features/cpd/index.ts';
import { answeredMail, askedMail, askedOutsideMail, confirmMail, disputedMail, endedMail } from '#features/cpd/supervision-mails.ts';
import { noonOn, testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { expectGoldenMail } from '#tests/helpers/golden.ts';
import { asOn } from './members.ts';
import { agreed, aRegistrant, jar, session, tokenIn } from './supervised.ts';

type Someone = ReturnType<typeof aRegistrant>;
let folder: ReturnType<typeof temporaryFolder>;
let system: Ctx;
let nobody: Ctx;
let tess: Someone;
let sue: Someone;
beforeEach(() => {
	folder = temporaryFolder();
	system = testCtx(emptyRegister(folder.path), '2026-11-22');
	nobody = { ...system, actor: { kind: 'public' } };
	[tess, sue] = [aRegistrant(system, 'Tess'), aRegistrant(system, 'Sue')];
});
afterEach(() => {
	system.db.sql.close();
	folder.remove();
});

const status = (act: () => unknown): unknown => {
	try {
		act();
	} catch (error) {
		return (error as { status?: number }).status ?? error;
	}
	return 'done';
};
const OUTSIDER = { name: 'Olu Outside', profession: 'Clinical psychologist', email: 'olu+ipt@outside.example' };
const withOutsider = () => askForSupervision(tess.ctx, { mySide: 'supervisee', other: OUTSIDER, fromOn: '2026-01-05' });
const decide = (relation: string, dispute: string | null = null) => waitingIn(system.db, relation).map(({ id, version }) => ({ id, version, dispute }));
const sent = () => system.db.sql.prepare("SELECT count(*) FROM outbox WHERE kind = 'supervision.confirm'").pluck().get();

/** The outsider agrees, a session waits, and the month's message has gone out. */
function waiting(): { relation: string; key: string; token: string } {
	const relation = withOutsider();
	const cookies = jar();
	openSupervisionLink(nobody, cookies, tokenIn(system, 'supervision.asked-outside'));
	answerByLink(nobody, supervisionLinkInHand(nobody, cookies), true);
	const key = logSupervision(tess.ctx, session(relation));
	askToConfirm(tess.ctx, relation);
	return { relation, key, token: tokenIn(system, 'supervision.confirm') };
}

describe('a supervisor’s link', () => {
	test('lets somebody outside agree, then confirm, and each works once', () => {
		const relation = withOutsider();
		const token = tokenIn(system, 'supervision.asked-outside');
		const cookies = jar();
		openSupervisionLink(nobody, cookies, token);
		const link = supervisionLinkInHand(nobody, cookies);
		expect(status(() => confirmByLink(nobody, link, [], null))).toBe(403);
		answerByLink(nobody, link, true);
		expect(relationRow(system.db, relation)?.agreedAt).toBe(system.now);
		expect(status(() => answerByLink(nobody, link, false))).toBe(409);
		expect([supervisionLinkAt(nobody, token), status(() => openSupervisionLink(nobody, cookies, token))]).toEqual(['used', 409]);
	});

	test('confirms what waits in the month’s batch, and disputes one of it', () => {
		const { relation, key, token } = waiting();
		const other = logSupervision(tess.ctx, session(relation, { heldOn: '2026-11-13' }));
		const cookies = jar();
		openSupervisionLink(nobody, cookies, token);
		const link = supervisionLinkInHand(nobody, cookies);
		confirmByLink(
			nobody,
			link,
			decide(relation).map((d) => ({ ...d, dispute: d.id === other ? 'We met for half an hour' : null })),
			null,
		);
		expect([sessionOf(tess.ctx, key).state, sessionOf(tess.ctx, other).state]).toEqual(['confirmed', 'disputed']);
		expect(supervisionLinkInHand(nobody, cookies).usedAt).not.toBeNull();
		expect(status(() => confirmByLink(nobody, link, [], null))).toBe(409);
		const events = system.db.sql.prepare("SELECT kind, actor FROM audit_event WHERE kind = 'supervision.disputed'").all();
		expect(events).toEqual([{ kind: 'supervision.disputed', actor: 'public' }]);
	});

	test('lets somebody outside end the supervision, not before a session in the log', () => {
		const { relation, token } = waiting();
		const cookies = jar();
		openSupervisionLink(nobody, cookies, token);
		const end = (day: string) => () => confirmByLink(nobody, supervisionLinkInHand(nobody, cookies), decide(relation), day);
		expect(end('2026-11-19')).toThrowError(expect.objectContaining({ status: 422, field: 'endedOn' }));
		expect(waitingIn(system.db, relation)).toHaveLength(1);
		end('2026-11-21')();
		expect(relationRow(system.db, relation)).toMatchObject({ endedOn: '2026-11-21', endedBy: 'supervisor' });
	});

	test('does nothing when it is only looked at', () => {
		const { token } = waiting();
		const before = system.db.sql.prepare('SELECT * FROM supervision_link').all();
		expect(supervisionLinkAt(nobody, token)).toBe('live');
		expect(system.db.sql.prepare('SELECT * FROM supervision_link').all()).toEqual(before);
	});

	test.each([
		['one letter more', (t: string) => `${t}A`],
		['one letter less', (t: string) => t.slice(1)],
		['other letters', (t: string) => [...t].reverse().join('')],
		['nothing', () => ''],
		['a path', () => '../../my'],
		['a wildcard', () => '%'.repeat(43)],
	])('is unknown with %s', (_, change) => {
		const { token } = waiting();
		expect(status(() => openSupervisionLink(nobody, jar(), change(token)))).toBe(404);
	});

	test('is worth nothing when expired, replaced, taken back, used, or for another relation', () => {
		const first = waiting();
		const late: Ctx = { ...nobody, now: system.now + 14 * 86_400_000 };
		expect(status(() => openSupervisionLink(late, jar(), first.token))).toBe(409);
		expect(status(() => openSupervisionLink({ ...nobody, now: late.now - 1 }, jar(), first.token))).toBe('done');
		const [early, later] = [jar(), jar()];
		openSupervisionLink(nobody, early, first.token);
		openSupervisionLink(nobody, later, first.token);
		expect(status(() => supervisionLinkInHand(nobody, early))).toBe(404);
		expect(status(() => supervisionLinkInHand({ ...nobody, now: system.now + 30 * 60_000 }, later))).toBe(404);
		expect(status(() => supervisionLinkInHand(nobody, jar()))).toBe(404);
		// What waits with another supervisor is not in its reach.
		const relation = agreed(tess, sue);
		logSupervision(tess.ctx, session(relation));
		expect(status(() => confirmByLink(nobody, supervisionLinkInHand(nobody, later), decide(relation), null))).toBe(409);
		expect(waitingIn(system.db, relation)).toHaveLength(1);
		const asked = askForSupervision(tess.ctx, { mySide: 'supervisee', other: { ...OUTSIDER, email: 'other@outside.example' }, fromOn: '2026-01-05' });
		const token = tokenIn(system, 'supervision.asked-outside');
		takeBackAsk(tess.ctx, asked, 1);
		expect([supervisionLinkAt(nobody, token), status(() => openSupervisionLink(nobody, jar(), token))]).toEqual(['withdrawn', 409]);
	});

	test('is stored as a hash only, and stands in no log', () => {
		const { token } = waiting();
		const stored =
			JSON.stringify(system.db.sql.prepare('SELECT * FROM supervision_link').all()) + JSON.stringify(system.db.sql.prepare('SELECT * FROM audit_event').all());
		expect(stored).not.toContain(token);
		expect(safePath(`/supervision/confirm/${token}`)).toBe('/supervision/confirm/…');
		expect(safePath('/calendar/abcdefghijklmnopqrstuvwxyzabcdefghijklmnopq.ics')).toBe('/calendar/…');
		expect(safePath('/supervision/confirm')).toBe('/supervision/confirm');
	});
});

describe('the month’s message', () => {
	test('goes out once a month for each relation, by the member’s tap or by the job', async () => {
		const { relation } = waiting();
		expect(sent()).toBe(1);
		expect(status(() => askToConfirm(tess.ctx, relation))).toBe(409);
		expect(await sendConfirmations(system)).toEqual({ sent: 0, unreachable: 0 });
		const december: Ctx = { ...asOn(system, '2026-12-01'), actor: system.actor };
		expect([await sendConfirmations(december), await sendConfirmations(december), sent()]).toEqual([
			{ sent: 1, unreachable: 0 },
			{ sent: 0, unreachable: 0 },
			2,
		]);
		expect(
			system.db.sql.prepare("SELECT count(*) FROM supervision_link WHERE purpose = 'confirm' AND used_at IS NULL AND withdrawn_at IS NULL").pluck().get(),
		).toBe(1);
	});

	test('can be sent again in the same month only when the link ran out unused', () => {
		const { relation } = waiting();
		const early: Ctx = { ...tess.ctx, now: noonOn('2026-11-01'), today: '2026-11-01' };
		system.db.sql.prepare('UPDATE supervision_link SET created_at = ?, expires_at = ?').run(early.now, noonOn('2026-11-15'));
		expect(status(() => askToConfirm(tess.ctx, relation))).toBe('done');
		expect(status(() => askToConfirm(tess.ctx, relation))).toBe(409);
	});

	test('is not for what is of the running month, is disputed, is a draft, or for nothing', async () => {
		const relation = agreed(tess, sue);
		expect(status(() => askToConfirm(tess.ctx, relation))).toBe(409);
		logSupervision(tess.ctx, session(relation));
		logSupervision(tess.ctx, session(relation, { as: 'draft', heldOn: '2026-10-20' }));
		expect(await sendConfirmations(system)).toEqual({ sent: 0, unreachable: 0 });
		logSupervision(tess.ctx, session(relation, { heldOn: '2026-10-30' }));
		expect(await sendConfirmations(system)).toEqual({ sent: 1, unreachable: 0 });
	});

	test('still reaches the supervisor after the supervision ended, and is for nobody else to ask', () => {
		const relation = agreed(tess, sue);
		logSupervision(tess.ctx, session(relation));
		endSupervision(tess.ctx, relation, 2, '2026-11-21');
		expect(status(() => askToConfirm(sue.ctx, relation))).toBe(404);
		expect(status(() => askToConfirm(tess.ctx, relation))).toBe('done');
	});

	test('counts a supervisor without an address as out of reach', async () => {
		const relation = agreed(tess, sue);
		logSupervision(tess.ctx, session(relation, { heldOn: '2026-10-30' }));
		system.db.sql.prepare('UPDATE person SET email = NULL WHERE id = ?').run(sue.id);
		expect(await sendConfirmations(system)).toEqual({ sent: 0, unreachable: 1 });
		expect(status(() => askToConfirm(tess.ctx, relation))).toBe(409);
	});
});

test('the messages read as they should, and subject and first line name nobody', () => {
	const { settings } = system;
	const facts = {
		relationId: 'r',
		token: 'T'.repeat(43),
		name: 'Tess Example',
		sessions: '3 sessions, 2 October 2026 to 30 October 2026',
		sentAt: 1,
		expiresAt: noonOn('2026-12-06'),
	};
	const all = [
		askedMail(settings, 'r', 'a@b.example'),
		askedOutsideMail(settings, facts, 'a@b.example'),
		answeredMail(settings, 'r', true, 'a@b.example'),
		answeredMail(settings, 'r', false, 'a@b.example'),
		endedMail(settings, 'r', 'a@b.example'),
		confirmMail(settings, facts, 'a@b.example'),
		disputedMail(settings, 'r', 1, 'a@b.example'),
	];
	for (const mail of all) {
		expectGoldenMail(mail);
		expect(`${mail.subject} ${mail.text.split('\n')[0]}`).not.toMatch(/Tess|Example/);
	}
});
