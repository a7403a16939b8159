import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#core/ids.ts';
import { checkApplications, decisionsOn, interestsIn, standingByReference } from '#features/accreditation/index.ts';
import { MEMBERSHIP_HANDLERS } from '#features/directory/index.ts';
import { askToUnmerge, mergedInto, mergeFiles, previewMerge, unmergeFiles } from '#features/membership/index.ts';
import { aPerson, type Someone } from '#tests/helpers/application.ts';
import { aCommittee, aMeeting, inPanel, roomOn, staff } from '#tests/helpers/committee.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';

let place: TestRegister;
let seats: ReturnType<typeof aCommittee>;
let applicant: Someone;
let ada: Someone;
let olu: Someone;
let reg: Someone;
/** The second file of somebody. */
let other: Someone;
beforeEach(() => {
	place = registerIn('2026-11-02');
	seats = aCommittee(place.ctx);
	[applicant, other] = [aPerson(place.ctx, 'Ann'), aPerson(place.ctx, 'Anna')];
	[ada, olu, reg] = [staff(place.ctx, 'Ada', 'assessor'), staff(place.ctx, 'Olu', 'membership_officer'), staff(place.ctx, 'Reg', 'registrar')];
});
afterEach(() => place.close());

const run = (text: string, ...values: unknown[]) => place.ctx.db.sql.prepare(text).run(...values);
const one = (text: string, ...values: unknown[]) =>
	place.ctx.db.sql
		.prepare(text)
		.pluck()
		.get(...values);
const { onChanged } = MEMBERSHIP_HANDLERS;
const merge = (loserId: string, winnerId: string) => mergeFiles(olu.ctx, { loserId, winnerId, reason: 'One person' }, onChanged);
const obstacles = (loserId: string, winnerId: string) => previewMerge(olu.ctx, { loserId, winnerId }).obstacles.join(' ');

function takeApart(loserId: string, winnerId: string): void {
	askToUnmerge(olu.ctx, { loserId, winnerId, reason: 'Sisters' });
	const { id = '', version = 0 } = mergedInto(olu.ctx, winnerId)[0]?.asked ?? {};
	unmergeFiles(reg.ctx, { id, version }, onChanged);
}

/** Whoever served has stopped, and their account is closed: files of the office are not merged. */
function stops({ id }: Someone): void {
	run('DELETE FROM role_grant WHERE person_id = ?', id);
	run('DELETE FROM account WHERE person_id = ?', id);
}

/** A decided application with everybody who had a part in it: its reference. */
function decided(): string {
	const reference = inPanel(place.ctx, applicant, { assessors: [ada, staff(place.ctx, 'Abe', 'assessor')] });
	const room = roomOn(seats, aMeeting(seats, [reference]));
	room.open();
	room.allVote(1, 'award');
	room.resolve(1, reference);
	run(
		`INSERT INTO accreditation_request (id, application_id, kind, place, to_name, to_email, to_person_id, made_at, made_by, due_on, sent_at, ended_at, ending, answer)
			SELECT 'q', id, 'reference', 1, 'Rob', 'rob@x.example', ?, 0, 'x', '2026-12-01', 0, 1, 'answered', '{}' FROM accreditation_application WHERE reference = ?`,
		seats.secretary.id,
		reference,
	);
	return reference;
}

/** Renewals and audits of somebody, closed, with steps by somebody. */
function keptUp(personId: string, by: string): void {
	run("INSERT INTO award (id, person_id, level, kind, standards_version, awarded_on) VALUES ('w', ?, 'practitioner', 'adult', '2020', '2020-01-01')", personId);
	run(
		`INSERT INTO renewal (id, reference, person_id, award_id, term_to_on, route, standards_version, begun_at, phase, due_on, is_sampled, is_drawn, steps)
			VALUES ('r', 'REN-2026-0001', ?, 'w', '2026-12-31', 'x', '2026-1', 0, 'confirmed', '2026-12-31', 0, 0, 1)`,
		personId,
	);
	run("INSERT INTO renewal_step (renewal_id, no, kind, at, on_day, by_person, data, process_id) VALUES ('r', 1, 'opened', 0, '2026-07-01', ?, '{}', 'x')", by);
	run("INSERT INTO renewal_submission (renewal_id, no, content, declaration, digest, submitted_at) VALUES ('r', 1, '{}', 'x', 'x', 0)");
	run(
		`INSERT INTO cpd_audit (id, reference, person_id, because, from_on, to_on, begun_at, phase, is_final, steps)
			VALUES ('u', 'AUD-2026-0001', ?, 'x', '2025-01-01', '2025-12-31', 0, 'satisfied', 1, 1)`,
		personId,
	);
	run(
		"INSERT INTO cpd_audit_step (audit_id, no, kind, at, on_day, by_person, data, process_id) VALUES ('u', 1, 'selected', 0, '2026-07-01', ?, '{}', 'x')",
		by,
	);
	run(
		"INSERT INTO cpd_audit_ask (id, audit_id, kind, words, until_on, asked_at, first_by, first_at) VALUES ('k', 'u', 'time', 'x', '2027-01-01', 0, ?, 0)",
		by,
	);
	run("INSERT INTO upkeep_reviewer (id, audit_id, person_id, place, assigned_by, assigned_at) VALUES ('p', 'u', ?, 1, 'x', 0)", by);
	run("INSERT INTO annual_declaration (id, person_id, year, wording, practises, has_changes, declared_at) VALUES ('d', ?, 2026, 'x', 1, 0, 0)", personId);
}

/** All that the register says, but for the audit, what is made from it, and counters. */
function everything(): Record<string, unknown[]> {
	const text = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
	const apart = /^(audit_|finder|outbox|person_unmerge|file_read|session|public_state|job_run|rate_window)/;
	const tables = (place.ctx.db.sql.prepare(text).pluck().all() as string[]).filter((table) => !apart.test(table));
	const rows = (table: string) =>
		(place.ctx.db.sql.prepare(`SELECT * FROM "${table}"`).all() as Record<string, unknown>[]).map(({ version: _, ...row }) => JSON.stringify(row));
	return Object.fromEntries(tables.map((table) => [table, rows(table).toSorted()]));
}

/** Rows of accreditation that still name a file. */
function naming(id: string): string[] {
	const text = `SELECT m.name AS "table", f."from" AS "column" FROM sqlite_schema m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table' AND f."table" = 'person'`;
	const places = place.ctx.db.sql.prepare(text).all() as { table: string; column: string }[];
	return places
		.filter(({ table }) => /^(accreditation|meeting|vote|decision|renewal|cpd_audit|upkeep|annual|sample)/.test(table))
		.filter(({ table, column }) => one(`SELECT 1 FROM "${table}" WHERE "${column}" = ?`, id) !== undefined)
		.map(({ table, column }) => `${table}.${column}`);
}

describe('two files of one person', () => {
	test.each<[string, () => Someone]>([
		['the applicant', () => applicant],
		['an assessor', () => ada],
		['the chair of the meeting', () => seats.chair],
		['somebody who was asked about the applicant', () => seats.secretary],
	])('come together with everything of %s, and apart again as they were', (_, who) => {
		const reference = decided();
		const loser = who();
		keptUp(applicant.id, ada.id);
		stops(loser);
		const before = everything();
		expect(naming(loser.id)).not.toEqual([]);
		merge(loser.id, other.id);
		expect([naming(loser.id), place.ctx.db.sql.pragma('foreign_key_check')]).toEqual([[], []]);
		expect(checkApplications(place.ctx)).toEqual({ checked: 1, differences: [] });
		expect(standingByReference(place.ctx.db, reference).state.phase).toBe('decided');
		takeApart(loser.id, other.id);
		expect(everything()).toEqual(before);
	});

	test('keep what was assigned to one of them with the other: steps name the file that stands', () => {
		const reference = decided();
		stops(ada);
		merge(ada.id, other.id);
		merge(other.id, aPerson(place.ctx, 'Third').id);
		const standing = one('SELECT person_id FROM merged_file WHERE file_id = ?', ada.id);
		const { application, state } = standingByReference(place.ctx.db, reference);
		expect(state.assessors[0]?.personId).toBe(standing);
		expect(interestsIn(place.ctx.db, application.id, String(standing))).toEqual(['assessed']);
		expect(decisionsOn(place.ctx.db, application.id)).toHaveLength(1);
	});

	test('are found to be tied through either of them: by supervision, a reference, a shared practice that stayed behind', () => {
		const reference = inPanel(place.ctx, applicant);
		const { id } = standingByReference(place.ctx.db, reference).application;
		const [max] = seats.members as [Someone];
		const practice =
			"INSERT INTO practice_place (id, person_id, position, town, district, postcode, nation, latitude, longitude, precision) VALUES (?, ?, 0, 'Town', 'RG12', ?, 'england', 0, 0, 'postcode')";
		for (const [person, postcode] of [
			[other.id, 'RG12 8AA'],
			[seats.lay.id, 'RG12 8AA'],
			[applicant.id, 'AB1 2CD'],
		])
			run(practice, newId(), person, postcode);
		const listing = "INSERT INTO listing (person_id, slug, about) VALUES (?, ?, '')";
		run(listing, applicant.id, 'ann');
		run(listing, other.id, 'anna');
		run(
			"INSERT INTO supervision_relation (id, supervisee_id, supervisor_id, asked_by, asked_at, from_on, agreed_at) VALUES ('s', ?, ?, 'supervisee', 0, '2020-01-01', 1)",
			other.id,
			max.id,
		);
		expect([seats.lay, max].map((who) => interestsIn(place.ctx.db, id, who.id))).toEqual([[], []]);
		merge(other.id, applicant.id);
		expect(one('SELECT person_id FROM practice_place WHERE postcode = ?', 'RG12 8AA')).toBe(other.id);
		expect(interestsIn(place.ctx.db, id, seats.lay.id)).toContain('practice');
		expect(interestsIn(place.ctx.db, id, max.id)).toContain('supervisor');
		stops(seats.lay);
		const newest = aPerson(place.ctx, 'Newest');
		run(listing, newest.id, 'newest');
		run(listing, seats.lay.id, 'lars');
		merge(seats.lay.id, newest.id);
		expect(interestsIn(place.ctx.db, id, newest.id)).toContain('practice');
	});

	test.each<[string, () => [string, string], RegExp]>([
		['assessed the other’s application', () => [ada.id, applicant.id], /nobody does so for themselves/],
		['voted on the other’s application', () => [seats.lay.id, applicant.id], /nobody does so for themselves/],
		['was asked about the other', () => [seats.secretary.id, applicant.id], /nobody does so for themselves/],
		['voted on the same item', () => [seats.lay.id, seats.chair.id], /Both voted on the same item.*Both have a seat|Both have a seat.*Both voted/],
	])('are refused in words where one of them %s, and nothing moves', (_, pair, said) => {
		decided();
		const [loser, winner] = pair();
		for (const id of [loser, winner]) stops({ id } as Someone);
		const before = everything();
		expect(obstacles(loser, winner)).toMatch(said);
		expect(() => merge(loser, winner)).toThrow(said);
		expect(everything()).toEqual(before);
	});

	test('are refused where both have the same thing under way', () => {
		for (const who of [applicant, other]) inPanel(place.ctx, who, { assessors: [ada, seats.members[0] as Someone] });
		expect(obstacles(other.id, applicant.id)).toContain('open');
		const twice = aPerson(place.ctx, 'Ada-Two');
		run(
			`INSERT INTO accreditation_assessor (id, application_id, person_id, place, assigned_by, assigned_at)
				SELECT 'e', id, ?, 3, 'x', 0 FROM accreditation_application WHERE person_id = ?`,
			twice.id,
			applicant.id,
		);
		stops(ada);
		expect(obstacles(ada.id, twice.id)).toContain('Both were given the same application to assess');
	});
});
