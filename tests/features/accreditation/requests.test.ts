import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { hashToken } from '#core/ids.ts';
import {
	askMoreTime,
	correctAddress,
	declineRequest,
	dropNamed,
	keepAnswer,
	keptAnswer,
	nameForRequest,
	newestRequest,
	openRequestLink,
	ownStanding,
	requestInHand,
	requestLinkAt,
	requestState,
	sendAnswer,
	sentAnswer,
	standingByReference,
	takeStep,
	viewOfRequest,
	watchRequests,
	withdrawApplication,
} from '#features/accreditation/index.ts';
import { aPerson, filledDraft, nameBoth, onDay, putStandards, type Someone, sentApplication } from '#tests/helpers/application.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { agreed, aRegistrant } from '../cpd/supervised.ts';
import { inHand, jar, REFERENCE, tokenTo } from './asked.ts';

let folder: ReturnType<typeof temporaryFolder>;
let system: Ctx;
let tess: Someone;
beforeEach(() => {
	folder = temporaryFolder();
	system = testCtx(emptyRegister(folder.path), '2026-11-23');
	putStandards(system);
	tess = aPerson(system, 'Tess');
});
afterEach(() => {
	system.db.sql.close();
	folder.remove();
});

const ROB = 'rob@outside.example';
const wrong = (status: number, more = {}) => expect.objectContaining({ status, ...more });
const kinds = (to: string) => system.db.sql.prepare('SELECT kind FROM outbox WHERE to_address = ? ORDER BY rowid').pluck().all(to) as string[];
const mine = () => kinds(system.db.sql.prepare('SELECT email FROM person WHERE id = ?').pluck().get(tess.id) as string);
const reference = () => newestRequest(system.db, ownStanding(tess.ctx, key).application.id, 'reference', 1);
const stateOf = (day = '2026-11-23') => requestState(reference() as NonNullable<ReturnType<typeof reference>>, day);
let key = 'practitioner';
const sent = () => (key = sentApplication(tess));
const place = { kind: 'reference' as const, place: 1 };
const another = { ...place, relationId: '', name: 'Ann Other', email: 'ann@outside.example', about: 'A colleague.', isNow: true };

describe('whoever is named', () => {
	test('is asked at once or when the application is sent, and until then nothing goes out', () => {
		key = filledDraft(tess);
		nameBoth(tess, key);
		expect([stateOf(), kinds(ROB)]).toEqual(['not_sent', []]);
		sentLater();
		expect([stateOf(), kinds(ROB)]).toEqual(['sent', ['accreditation.request']]);
		expect(ownStanding(tess.ctx, key).state.openRequests).toHaveLength(1);
	});

	const sentLater = () => {
		dropNamed(tess.ctx, key, { ...place, version: 1 });
		nameForRequest(tess.ctx, key, { ...another, email: ROB });
	};

	test('is not oneself, nor the same mailbox twice, and only in a place that the route has', () => {
		key = filledDraft(tess);
		const own = system.db.sql.prepare('SELECT email FROM person WHERE id = ?').pluck().get(tess.id) as string;
		const name = (changes: object) => () => nameForRequest(tess.ctx, key, { ...another, ...changes });
		expect(name({ email: own.toUpperCase() })).toThrowError(wrong(422, { field: 'email' }));
		expect(name({ place: 2 })).toThrowError(wrong(404));
		name({})();
		expect(name({ kind: 'supervisor_report' })).toThrowError(wrong(422, { field: 'email' }));
		expect(name({ email: 'third@outside.example' })).toThrowError(wrong(409));
	});

	test('may be one’s supervisor out of the log, whose address the applicant never sees, and who is then found as an interest', () => {
		const [trainee, supervisor] = [aRegistrant(system, 'Una'), aRegistrant(system, 'Sol')];
		system.db.sql.prepare('DELETE FROM award_term WHERE award_id IN (SELECT id FROM award WHERE person_id = ?)').run(trainee.id);
		const relationId = agreed(trainee, supervisor);
		filledDraft(trainee);
		nameForRequest(trainee.ctx, 'practitioner', { kind: 'supervisor_report', place: 1, relationId, name: '', email: '', about: '', isNow: true });
		const standing = ownStanding(trainee.ctx, 'practitioner');
		const row = newestRequest(system.db, standing.application.id, 'supervisor_report', 1);
		expect(row).toMatchObject({ toName: 'Sol Example', toEmail: null, toPersonId: supervisor.id });
		expect(kinds('sol@member.example')).toContain('accreditation.request');
	});
});

describe('the link of whoever is asked', () => {
	test('does nothing when it is only looked at, as scanners of mail do, and holds its secret as a hash', () => {
		sent();
		const token = tokenTo(system, ROB);
		const before = system.db.sql.prepare('SELECT * FROM accreditation_request').all();
		for (let i = 0; i < 3; i += 1) expect(requestLinkAt({ ...system, actor: { kind: 'public' } }, token)).toBe('live');
		expect(system.db.sql.prepare('SELECT * FROM accreditation_request').all()).toEqual(before);
		expect(JSON.stringify(before)).toContain(hashToken(token));
		expect(JSON.stringify(before)).not.toContain(token);
		expect(stateOf()).toBe('sent');
	});

	test('leads to a form for four hours; what is kept there comes back, and what is sent is frozen with the words it was signed under', () => {
		sent();
		const { nobody, row } = inHand(system, ROB);
		expect(stateOf()).toBe('opened');
		keepAnswer(nobody, row(), { ...REFERENCE, agree: '', version: String(row().version) });
		expect(keptAnswer(row()).strengths).toBe('Warm and exact.');
		expect(() => keepAnswer(nobody, row(), { ...REFERENCE, agree: '', version: '1' })).toThrowError(wrong(409));
		expect(sentAnswer(row())).toBeNull();
		sendAnswer(nobody, row(), REFERENCE);
		sendAnswer(nobody, row(), REFERENCE);
		expect(sentAnswer(row())).toMatchObject({ fields: { recommend: 'yes' }, signedName: 'Rob Referee', statementVersion: '2026-1' });
		expect(requestLinkAt(nobody, tokenTo(system, ROB))).toBe('used');
		expect(ownStanding(tess.ctx, key).state.openRequests).toHaveLength(1);
		expect(() => system.db.sql.prepare("UPDATE accreditation_request SET answer = '{}' WHERE id = ?").run(row().id)).toThrowError('never rewritten');
		expect(() => requestInHand({ ...nobody, now: system.now + 4 * 3_600_000 }, jar())).toThrowError(wrong(404));
	});

	test('is never followed by what was written, for the applicant', () => {
		sent();
		const { nobody, row } = inHand(system, ROB);
		sendAnswer(nobody, row(), REFERENCE);
		expect(JSON.stringify(viewOfRequest(row(), system.today))).not.toMatch(/Warm|recommend/);
		expect(mine()).toContain('accreditation.request-answered');
		const bodies = system.db.sql.prepare("SELECT group_concat(body) FROM outbox WHERE kind = 'accreditation.request-answered'").pluck().get();
		expect(bodies).not.toContain('Warm');
		expect(system.db.sql.prepare('SELECT group_concat(data) FROM audit_event').pluck().get()).not.toContain('Warm');
	});

	test.each(['declined', 'wrong_person'] as const)('says %s: the applicant names another, and the application waits for that', (ending) => {
		sent();
		const { nobody, row } = inHand(system, ROB);
		declineRequest(nobody, row(), ending);
		expect(ownStanding(tess.ctx, key).state.wantsAnother).toEqual([row().id]);
		expect(mine().at(-1)).toBe('accreditation.request-another');
		nameForRequest(tess.ctx, key, another);
		expect(ownStanding(tess.ctx, key).state).toMatchObject({ wantsAnother: [], failedRequests: [] });
		expect(() => declineRequest(nobody, row(), ending)).toThrowError(wrong(409));
		expect(kinds('ann@outside.example')).toEqual(['accreditation.request']);
	});

	test('gives more time once', () => {
		sent();
		const { nobody, row } = inHand(system, ROB);
		const before = row().dueOn;
		askMoreTime(nobody, row());
		expect([row().dueOn, stateOf()]).toEqual([addDays(before, 14), 'more_time']);
		expect(() => askMoreTime(nobody, row())).toThrowError(wrong(409));
	});

	test.each([
		['one letter more', (t: string) => `${t}A`],
		['another one', () => 'A'.repeat(43)],
		['none', () => ''],
	])('is refused with %s', (_, spoil) => {
		sent();
		expect(() => openRequestLink(system, jar(), spoil(tokenTo(system, ROB)))).toThrowError(wrong(404));
	});

	test('ends when the application is taken back, and when it has been decided', () => {
		sent();
		const token = tokenTo(system, ROB);
		withdrawApplication(tess.ctx, key, ownStanding(tess.ctx, key).seen);
		expect(requestLinkAt(system, token)).toBe('over');
		expect(() => openRequestLink(system, jar(), token)).toThrowError(wrong(409));
		expect(kinds(ROB)).toEqual(['accreditation.request', 'accreditation.request-cancelled']);
	});
});

describe('time and the post', () => {
	test('remind 28, 14 and 3 days before the last one with the same link, each once', () => {
		sent();
		const token = tokenTo(system, ROB);
		const dueOn = reference()?.dueOn as string;
		const run = (daysBefore: number) => watchRequests(onDay(system, addDays(dueOn, -daysBefore))).reminded;
		expect([run(29), run(28), run(28), run(20), run(14), run(2), run(0)]).toEqual([0, 2, 0, 0, 2, 2, 0]);
		expect(tokenTo(system, ROB)).toBe(token);
	});

	test('end it after the last day: the applicant names another, the link says that it is too late', () => {
		sent();
		const late = addDays(reference()?.dueOn as string, 1);
		expect(requestLinkAt(onDay(system, late), tokenTo(system, ROB))).toBe('expired');
		expect(watchRequests(onDay(system, late)).expired).toBe(2);
		expect(watchRequests(onDay(system, late)).expired).toBe(0);
		expect([stateOf(late), ownStanding(tess.ctx, key).state.wantsAnother.length]).toEqual(['expired', 2]);
	});

	test('tell applicant and office the same day when a message could not be delivered, and a corrected address gets a link of its own', () => {
		sent();
		const first = tokenTo(system, ROB);
		system.db.sql.prepare("UPDATE outbox SET failed_at = 1, last_error = '550 no such user' WHERE to_address = ?").run(ROB);
		expect([stateOf(), watchRequests(system).failed, watchRequests(system).failed]).toEqual(['bounced', 1, 0]);
		expect(mine().at(-1)).toBe('accreditation.request-bounced');
		expect(kinds(system.settings.organisation.email)).toContain('accreditation.request-bounced-office');
		const later = { ...tess.ctx, now: tess.ctx.now + 1000 };
		correctAddress(later, key, { ...place, version: reference()?.version as number, email: 'robert@outside.example' });
		expect(stateOf()).toBe('sent');
		expect(() => requestLinkAt(system, first)).toThrowError(wrong(404));
		expect(requestLinkAt(system, tokenTo(system, 'robert@outside.example'))).toBe('live');
	});

	test('make no difference to an application that is on hold: what comes in is taken', () => {
		sent();
		commit(system, { name: 'test' }, (tx) => takeStep(tx, standingByReference(system.db, key), 'held', { untilOn: '2027-01-01' }));
		const { nobody, row } = inHand(system, ROB);
		sendAnswer(nobody, row(), REFERENCE);
		expect(stateOf()).toBe('answered');
	});
});
