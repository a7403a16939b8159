import { type Ctx, ctxFor, type Person } from '#core/ctx.ts';
import { newId } from '#core/ids.ts';
import { registerNumber } from '#core/register-number.ts';
import type { Role } from '#core/roles.ts';
import type { Db } from '#db/client.ts';
import { standardsOn } from '#features/accreditation/standards.ts';
import { noonOn } from './ctx.ts';

let sequence = 900_000;
const run = (db: Db, text: string, ...values: unknown[]) => db.sql.prepare(text).run(...values);

export type Held = { level?: string; kind?: string; fromOn: string; toOn: string };

/** A member on the register since the first day of their first award, with insurance, profession and supervision as they should be. */
export function accreditedMember(db: Db, name: string, awards: readonly Held[], day: string): string {
	const id = newId();
	sequence += 1;
	const since = awards.map(({ fromOn }) => fromOn).sort()[0] ?? day;
	run(db, 'INSERT INTO person (id, email, created_at) VALUES (?, ?, 0)', id, `${name.toLowerCase()}@member.example`);
	run(db, 'INSERT INTO person_name (id, person_id, given_names, family_name) VALUES (?, ?, ?, ?)', newId(), id, name, 'Member');
	run(db, 'INSERT INTO registration (person_id, number, sequence, registered_on) VALUES (?, ?, ?, ?)', id, registerNumber(sequence), sequence, since);
	run(db, "INSERT INTO membership_period (id, person_id, category, from_on, paid_to_on) VALUES (?, ?, 'plus', ?, '2039-12-31')", newId(), id, since);
	for (const { level = 'practitioner', kind = 'adult', fromOn, toOn } of awards) {
		const awardId = newId();
		run(db, "INSERT INTO award (id, person_id, level, kind, standards_version, awarded_on) VALUES (?, ?, ?, ?, '2020', ?)", awardId, id, level, kind, fromOn);
		run(db, 'INSERT INTO award_term (id, award_id, from_on, to_on) VALUES (?, ?, ?, ?)', newId(), awardId, fromOn, toOn);
	}
	const check = `INSERT INTO person_check (id, person_id, kind, body, type, outcome, how, checked_on, checked_by, valid_to_on, due_on, recorded_at)
		VALUES (?, ?, ?, 'Body', ?, 'confirmed', 'document_seen', ?, 'test', '2039-01-01', '2039-01-01', 0)`;
	run(db, check, newId(), id, 'insurance', 'own', day);
	run(db, check, newId(), id, 'core_registration', null, day);
	return id;
}

/** Somebody who works for the body, with a role since long ago. */
export function colleague(db: Db, name: string, role: Role): string {
	const id = newId();
	run(db, 'INSERT INTO person (id, email, created_at) VALUES (?, ?, 0)', id, `${name.toLowerCase()}@office.example`);
	run(db, 'INSERT INTO person_name (id, person_id, given_names, family_name) VALUES (?, ?, ?, ?)', newId(), id, name, 'Colleague');
	run(db, "INSERT INTO role_grant (id, person_id, role, from_on, granted_by, reason) VALUES (?, ?, ?, '2000-01-01', 'test', 'test')", newId(), id, role);
	return id;
}

/** A context of a person with roles, at noon of a day. */
export function as(ground: Ctx, personId: string, roles: readonly Role[], day: string): Ctx {
	const actor: Person = { kind: 'person', personId, accountId: personId, roles, level: 2, provedAt: noonOn(day) };
	return ctxFor(ground, actor, noonOn(day), { id: newId(), clientKey: 'test' });
}

/** Who supervises whom, agreed; with a confirmed session on a day when one is given. */
export function supervises(db: Db, supervisor: string, supervisee: string, sessionOn?: string): void {
	const id = newId();
	const text = `INSERT INTO supervision_relation (id, supervisee_id, supervisor_id, asked_by, asked_at, from_on, agreed_at) VALUES (?, ?, ?, 'supervisee', 0, '2020-01-01', 1)`;
	run(db, text, id, supervisee, supervisor);
	if (!sessionOn) return;
	const entry = `INSERT INTO supervision_entry (id, person_id, relation_id, is_draft, held_on, minutes, own_minutes, kind, mode, material, repeat_key, created_at, changed_at, confirmed_at, confirmed_by)
		VALUES (?, ?, ?, 0, ?, 60, 60, 'individual', 'video', 'none', ?, 0, 0, 1, ?)`;
	run(db, entry, newId(), supervisee, id, sessionOn, newId(), supervisor);
}

/** Empties what routes of re-accreditation ask of supervisors and what they cost, so that a test need not ask one, or pay. */
export function askNobody(db: Db, day: string, feePence = 0): void {
	const { version, standards } = standardsOn(db, day);
	const routes = standards.routes.map((route) => (route.kind === 'reaccreditation' ? { ...route, requests: [], feePence } : route));
	run(db, "UPDATE rule_set SET data = ? WHERE kind = 'standards' AND version = ?", JSON.stringify({ ...standards, routes }), version);
}
