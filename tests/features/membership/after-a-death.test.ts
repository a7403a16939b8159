import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { record as recordEvent } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import { type Ctx, ctxFor } from '#core/ctx.ts';
import { deliverMail } from '#core/deliver.ts';
import { newId } from '#core/ids.ts';
import { isOfTheDead } from '#core/last-rest.ts';
import type { Letter } from '#core/mail-message.ts';
import { queueMail } from '#core/outbox.ts';
import { askForReset, askToJoin, changeEmailByStaff, emailChangeWaitingFor, inviteToClaim, openAccount, secondEmailChange } from '#features/accounts/index.ts';
import { askAvailability, MEMBERSHIP_HANDLERS, refreshFinder } from '#features/directory/index.ts';
import { mergeFiles, recordDeath, remindMembers, remindOfChecks, takeDeathBack } from '#features/membership/index.ts';
import { as, on } from '#tests/features/membership/living.ts';
import { putPayer } from '#tests/helpers/payer.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';
import { listTherapist } from '#tests/helpers/therapist.ts';

let register: TestRegister;
let ctx: Ctx;
let officer: Ctx;
let second: Ctx;
let ann: string;
let bob: string;
beforeEach(() => {
	register = registerIn('2026-11-22');
	ctx = register.ctx;
	[ann, bob] = ['ann', 'bob'].map((name) => listTherapist(ctx.db, `${name}-town`, { email: `${name}@x.example` })) as [string, string];
	officer = as(ctx, putPayer(ctx, 'Olu', null), 'membership_officer');
	second = as(ctx, putPayer(ctx, 'Reg', null), 'registrar');
	commit(ctx, { name: 'test' }, (tx) => {
		for (const [id, name] of [
			[ann, 'ann'],
			[bob, 'bob'],
		] as const) {
			openAccount(tx, id, `${name}@x.example`, null);
			refreshFinder(tx, id);
		}
	});
});
afterEach(() => register.close());

const die = (personId = ann) => recordDeath(officer, { personId, diedOn: '2026-11-20', evidence: 'Their brother wrote' }, MEMBERSHIP_HANDLERS.onChanged);
const run = (text: string, ...values: string[]) => ctx.db.sql.prepare(text).run(...values);

/** Everything that leaves at a moment, by address. */
async function sentTo(at: Ctx = ctx): Promise<string[]> {
	const letters: Letter[] = [];
	const transport = { name: 'smtp', close: () => undefined, send: async (letter: Letter) => void letters.push(letter) } as const;
	await deliverMail(at, transport);
	return letters.map(({ to }) => to);
}

function write(to: string): void {
	commit(ctx, { name: 'test' }, (tx) => {
		queueMail(tx, { kind: 'test', to, subject: 'x', text: 'x', dedupeKey: to });
		recordEvent(tx, 'person.changed', { type: 'person', id: ann });
	});
}

const INSURED = `INSERT INTO person_check (id, person_id, kind, body, outcome, how, checked_on, checked_by, valid_to_on, due_on, recorded_at)
	VALUES (?, ?, 'insurance', 'X', 'confirmed', 'document_seen', '2026-01-01', 'x', '2027-03-31', '2027-03-31', 0)`;

/** Every path that writes to people of itself or because somebody typed an address; each for both of them. */
const PATHS: [path: string, go: () => unknown, at: string][] = [
	['a forgotten password', () => ['ann', 'bob'].forEach((name) => askForReset(ctx, `${name.toUpperCase()}@x.example`)), '2026-11-22'],
	['opening an account', () => ['ann', 'bob'].forEach((name) => askToJoin(ctx, `${name}@x.example`)), '2026-11-22'],
	['reminders of the fee', () => remindMembers(on(ctx, '2027-03-31'), MEMBERSHIP_HANDLERS), '2027-03-31'],
	['reminders of checks', () => remindOfChecks(on(ctx, '2027-03-31')), '2027-03-31'],
	['the monthly question', () => askAvailability(on(ctx, '2026-12-02')), '2026-12-02'],
	['whatever else is queued', () => ['ann', 'bob'].forEach((name) => write(`${name}@x.example`)), '2026-11-22'],
];

describe('after a death is recorded', () => {
	test.each(PATHS)('nothing goes to their address by way of %s, while others get theirs', async (_, go, day) => {
		die();
		run("UPDATE membership_period SET paid_to_on = '2027-03-31'");
		for (const id of [ann, bob]) run(INSURED, newId(), id);
		await go();
		const sent = await sentTo(on(ctx, day));
		expect(sent.map((to) => to.toLowerCase()).filter((to) => to === 'ann@x.example')).toEqual([]);
		expect(new Set(sent)).toEqual(new Set(['bob@x.example']));
	});

	test('a death that came by a file stops what was queued before it, too', async () => {
		write('ann@x.example');
		run("UPDATE person SET died_on = '2026-11-20' WHERE id = ?", ann);
		expect(await sentTo()).toEqual([]);
		expect(ctx.db.sql.prepare('SELECT last_error AS problem, attempts FROM outbox').get()).toEqual({ problem: 'stopped', attempts: 0 });
	});

	test('who asks for a new password leaves the same traces as for an address that nobody has', () => {
		die();
		const traces = (email: string) => {
			const before = ctx.db.sql.prepare('SELECT coalesce(max(seq), 0) FROM audit_event').pluck().get();
			askForReset(ctx, email);
			const events = ctx.db.sql.prepare('SELECT kind, data, actor FROM audit_event WHERE seq > ?').all(before);
			return [events, ctx.db.sql.prepare('SELECT kind, subject, replace(body, to_address, ?) AS body FROM outbox ORDER BY rowid DESC LIMIT 1').get('X')];
		};
		expect(traces('ann@x.example')).toEqual(traces('nobody@x.example'));
	});

	test('a change of their address that was under way goes nowhere', async () => {
		changeEmailByStaff(second, { personId: ann, newEmail: 'new@x.example', reason: 'Rang up' });
		die();
		const third = as(ctx, putPayer(ctx, 'Adm', null), 'administrator');
		secondEmailChange(third, { id: emailChangeWaitingFor(third, ann).id, personId: ann });
		expect(await sentTo()).toEqual([]);
	});

	test('a mailbox that is shared with somebody living is still written to', async () => {
		run("UPDATE person SET email = 'both@x.example' WHERE id IN (?, ?)", ann, bob);
		run("UPDATE account SET email = 'both@x.example', email_key = 'both@x.example' WHERE person_id = ?", bob);
		die();
		write('both@x.example');
		write('ann@x.example');
		expect(await sentTo()).toEqual(['both@x.example']);
	});

	test('a file that was merged into theirs keeps no address alive, and cannot be claimed', async () => {
		const twin = putPayer(ctx, 'Anna', 'anna@x.example');
		mergeFiles(officer, { loserId: twin, winnerId: ann, reason: 'One person' }, MEMBERSHIP_HANDLERS.onChanged);
		askToJoin(ctx, 'anna@x.example');
		expect(ctx.db.sql.prepare("SELECT count(*) FROM account_link WHERE purpose = 'claim'").pluck().get()).toBe(0);
		run("UPDATE person SET email = 'anna@x.example' WHERE id = ?", ann);
		die();
		expect(isOfTheDead(ctx.db, 'Anna@X.example')).toBe(true);
	});

	test('what was stopped since goes out once the death is taken back', async () => {
		die();
		write('ann@x.example');
		const later = ctxFor(ctx, ctx.actor, ctx.now + 3_600_000, { id: '', clientKey: null });
		expect(await sentTo(later)).toEqual([]);
		const { id, version } = ctx.db.sql.prepare('SELECT id, version FROM person_death').get() as { id: string; version: number };
		takeDeathBack(second, { personId: ann, id, version, reason: 'Another Ann' }, MEMBERSHIP_HANDLERS.onChanged);
		expect(await sentTo(later)).toEqual(['ann@x.example']);
	});

	test('an invitation that somebody insists on stays here as well', async () => {
		const cy = putPayer(ctx, 'Cy', 'cy@x.example');
		run("UPDATE person SET died_on = '2026-11-01' WHERE id = ?", cy);
		commit(ctx, { name: 'test' }, (tx) => inviteToClaim(tx, cy, 'cy@x.example'));
		expect(await sentTo()).toEqual([]);
	});
});

test('there is one way out for messages: nothing else sends', () => {
	const root = join(import.meta.dirname, '../../../src');
	const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => /\.(ts|astro)$/.test(path));
	const senders = files.filter((path) => /transport\.send\(|\.sendMail\(/.test(readFileSync(join(root, path), 'utf8')));
	expect(senders.toSorted()).toEqual(['core/deliver.ts', 'core/mail-files.ts', 'core/mail-smtp.ts']);
});
