import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type Database from 'better-sqlite3';
import { addDays } from '#core/dates.ts';
import { newId } from '#core/ids.ts';
import { registerNumber } from '#core/register-number.ts';
import { openDatabase } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import { type AuditKind, auditStateOf } from '#features/accreditation/audit-state.ts';
import { type RenewalKind, renewalStateOf } from '#features/accreditation/renewal-state.ts';
import { queueDay } from '#features/accreditation/renewal-step.ts';
import { REGISTER_DAY, REGISTER_NOW } from './registers.ts';

const ROOT = resolve(import.meta.dirname, '..', '..');
const STEPS_OF = (at: number) => ({ at, byPerson: null });

export type UpkeepSize = { eligible: number; renewals: number; audits: number };
export type UpkeepPeople = { officer: string };

/**
 * The data folder of a register of accredited members, with renewals and CPD audits in every phase. Members with an audit of this year cannot
 * be drawn, so there are as many more. Kept from an earlier run unless the migrations, this file or the machines have changed.
 */
export function readyUpkeepRegister(folder: string, size: UpkeepSize): { dataDir: string; people: UpkeepPeople } {
	const dataDir = join(folder, `upkeep-${size.eligible}`);
	const stamp = join(dataDir, 'made-from');
	const fingerprint = fingerprintOf(['db/migrations/*', 'tests/bench/upkeep-register.ts', 'src/features/accreditation/{renewal,audit}-{state,step}.ts']);
	if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== fingerprint) {
		rmSync(dataDir, { recursive: true, force: true });
		mkdirSync(dataDir, { recursive: true });
		writeFileSync(join(dataDir, 'people.json'), JSON.stringify(make(dataDir, size)));
		writeFileSync(stamp, fingerprint);
	}
	return { dataDir, people: JSON.parse(readFileSync(join(dataDir, 'people.json'), 'utf8')) as UpkeepPeople };
}

function make(dataDir: string, { eligible, renewals, audits }: UpkeepSize): UpkeepPeople {
	const { sql } = openDatabase(join(dataDir, 'register.db'));
	migrate(sql, REGISTER_NOW);
	const write = writer(sql);
	const officer = sql.transaction(() => {
		const members = Array.from({ length: eligible + audits }, (_, i) => write.member(i));
		for (const [i, member] of members.slice(0, renewals).entries()) write.renewal(i, member);
		for (const [i, member] of members.slice(eligible).entries()) write.audit(i, member.id);
		return write.officer();
	})();
	sql.pragma('wal_checkpoint(TRUNCATE)');
	sql.close();
	return { officer };
}

type Member = { id: string; awardId: string; toOn: string };
type Took<K> = [K, Record<string, unknown>];

/** Ways that renewals have gone, in the shares that an office sees them: most not sent yet or green. */
const RENEWAL_WAYS: readonly Took<RenewalKind>[][] = [
	[],
	[],
	[],
	[['submitted', {}]],
	[['submitted', {}]],
	[
		['submitted', {}],
		['drawn', { sampled: false }],
	],
	[
		['submitted', {}],
		['drawn', { sampled: false }],
	],
	[['submitted', { reasons: ['cpd'] }]],
	[
		['submitted', { reasons: ['cpd'] }],
		['information_requested', { dueOn: addDays(REGISTER_DAY, 20) }],
	],
	[
		['submitted', {}],
		['drawn', { sampled: true }],
		['confirmed', {}],
	],
];
const AUDIT_WAYS: readonly Took<AuditKind>[][] = [
	[],
	[['notified', { dueOn: addDays(REGISTER_DAY, 30) }]],
	[
		['notified', { dueOn: addDays(REGISTER_DAY, 12) }],
		['began', {}],
	],
	[
		['notified', { dueOn: addDays(REGISTER_DAY, 5) }],
		['excused', {}],
	],
];

function writer(sql: Database.Database) {
	const person = sql.prepare('INSERT INTO person (id, email, created_at) VALUES (?, ?, 0)');
	const name = sql.prepare("INSERT INTO person_name (id, person_id, given_names, family_name) VALUES (?, ?, ?, 'Bench')");
	const number = sql.prepare("INSERT INTO registration (person_id, number, sequence, registered_on) VALUES (?, ?, ?, '2016-02-01')");
	const membership = sql.prepare(
		"INSERT INTO membership_period (id, person_id, category, from_on, paid_to_on) VALUES (?, ?, 'plus', '2016-01-01', '2027-06-30')",
	);
	const award = sql.prepare(
		"INSERT INTO award (id, person_id, level, kind, standards_version, awarded_on) VALUES (?, ?, 'practitioner', 'adult', '2016-1', '2016-02-01')",
	);
	const term = sql.prepare("INSERT INTO award_term (id, award_id, from_on, to_on) VALUES (?, ?, '2022-02-01', ?)");
	const place =
		sql.prepare(`INSERT INTO practice_place (id, person_id, position, practice_name, town, district, postcode, nation, latitude, longitude, precision)
		VALUES (?, ?, 0, NULL, 'Reading', 'RG1', ?, 'England', 51.45, -0.97, 'postcode')`);
	const role = sql.prepare("INSERT INTO role_grant (id, person_id, role, from_on, granted_by, reason) VALUES (?, ?, ?, '2020-01-01', 'bench', 'bench')");
	const renewal =
		sql.prepare(`INSERT INTO renewal (id, reference, person_id, award_id, term_to_on, route, standards_version, begun_at, phase, due_on, is_sampled, is_drawn, steps)
		VALUES (?, ?, ?, ?, ?, 'reaccreditation', '2026-1', 0, ?, ?, ?, ?, ?)`);
	const renewalStep = sql.prepare(
		"INSERT INTO renewal_step (renewal_id, no, kind, at, on_day, by_person, data, process_id) VALUES (?, ?, ?, ?, ?, NULL, ?, 'bench')",
	);
	const audit = sql.prepare(`INSERT INTO cpd_audit (id, reference, person_id, because, from_on, to_on, begun_at, phase, due_on, is_final, steps)
		VALUES (?, ?, ?, 'A reason.', '2025-10-01', '2026-09-30', ?, ?, ?, ?, ?)`);
	const auditStep = sql.prepare(
		"INSERT INTO cpd_audit_step (audit_id, no, kind, at, on_day, by_person, data, process_id) VALUES (?, ?, ?, ?, ?, NULL, ?, 'bench')",
	);
	const somebody = (given: string, postcode: string): string => {
		const id = newId();
		person.run(id, `${id}@members.example`);
		name.run(newId(), id, given);
		place.run(newId(), id, postcode);
		return id;
	};
	const numbered = <K>(ways: readonly Took<K>[]) =>
		ways.map(([kind, data], i) => ({ ...STEPS_OF(i), no: i + 1, kind, data, onDay: addDays(REGISTER_DAY, i - 30) }));
	return {
		member(i: number): Member {
			const [id, awardId, toOn] = [somebody(`Member ${i}`, `RG1 ${Math.floor(i / 20)}AB`), newId(), addDays(REGISTER_DAY, (i % 400) - 10)];
			number.run(id, registerNumber(i + 1), i + 1);
			membership.run(newId(), id);
			award.run(awardId, id);
			term.run(newId(), awardId, i < 5000 ? toOn : '2028-01-31');
			return { id, awardId, toOn };
		},
		officer(): string {
			const id = somebody('Olga', 'RG1 0AB');
			role.run(newId(), id, 'membership_officer');
			return id;
		},
		renewal(i: number, { id: personId, awardId, toOn }: Member): void {
			const id = newId();
			const steps = numbered<RenewalKind>([['opened', { dueOn: toOn }], ...(RENEWAL_WAYS[i % RENEWAL_WAYS.length] ?? [])]);
			const state = renewalStateOf(steps);
			const copy = [state.base, queueDay(state), Number(state.isSampled), Number(state.isDrawn), steps.length];
			renewal.run(id, `REN-2026-${String(i + 1).padStart(4, '0')}`, personId, awardId, toOn, ...copy);
			for (const { no, kind, at, onDay, data } of steps) renewalStep.run(id, no, kind, at, onDay, JSON.stringify(data));
		},
		audit(i: number, personId: string): void {
			const id = newId();
			const steps = numbered<AuditKind>([['selected', {}], ...(AUDIT_WAYS[i % AUDIT_WAYS.length] ?? [])]);
			const { phase, answerBy, isFinal } = auditStateOf(steps);
			const due = phase === 'notified' || phase === 'responding' ? answerBy : null;
			audit.run(id, `AUD-2026-${String(i + 1).padStart(4, '0')}`, personId, REGISTER_NOW, phase, due, Number(isFinal), steps.length);
			for (const { no, kind, at, onDay, data } of steps) auditStep.run(id, no, kind, at, onDay, JSON.stringify(data));
		},
	};
}

function fingerprintOf(patterns: string[]): string {
	const hash = createHash('sha256');
	for (const file of patterns.flatMap((pattern) => globSync(pattern, { cwd: ROOT })).sort()) hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)));
	return hash.digest('hex');
}
