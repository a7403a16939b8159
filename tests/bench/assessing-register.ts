import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type Database from 'better-sqlite3';
import { addDays } from '#core/dates.ts';
import { newId } from '#core/ids.ts';
import { holidaysOf } from '#core/working-days.ts';
import { openDatabase } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import { dueOn, standardsOn } from '#features/accreditation/index.ts';
import { type State, type Step, statesOf } from '#features/accreditation/state.ts';
import { turnOf } from '#features/accreditation/state-turn.ts';
import { leftsOf } from '#features/accreditation/step-left.ts';
import { REGISTER_DAY, REGISTER_NOW } from './registers.ts';
import { randomFrom } from './statistics.ts';

const ROOT = resolve(import.meta.dirname, '..', '..');
const ASSESSORS = 40;

/** Who looks, and the reference of the application with 500 steps. */
export type AssessingPeople = { officer: string; assessors: string[]; long: string; routes: string[]; applications: number; steps: number };

/**
 * The data folder of a register of 20,000 applications with 100 steps each, half of them open, the others over within five years, and one
 * with 500; everybody has a practice, a hundred at the officer's address: written straight into the tables, with the copies that the real functions give. Kept from an earlier run unless the migrations, this file or the machine have changed.
 */
export function readyAssessingRegister(folder: string, applications: number): { dataDir: string; people: AssessingPeople } {
	const dataDir = join(folder, `assessing-${applications}`);
	const stamp = join(dataDir, 'made-from');
	const fingerprint = fingerprintOf(['db/migrations/*', 'tests/bench/assessing-register.ts', 'src/features/accreditation/{state,state-turn,step-left,due}.ts']);
	if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== fingerprint) {
		rmSync(dataDir, { recursive: true, force: true });
		mkdirSync(dataDir, { recursive: true });
		writeFileSync(join(dataDir, 'people.json'), JSON.stringify(make(dataDir, applications)));
		writeFileSync(stamp, fingerprint);
	}
	return { dataDir, people: JSON.parse(readFileSync(join(dataDir, 'people.json'), 'utf8')) as AssessingPeople };
}

function make(dataDir: string, applications: number): AssessingPeople {
	const db = openDatabase(join(dataDir, 'register.db'));
	migrate(db.sql, REGISTER_NOW);
	// The order of two million rows is our own here: asking for the last of each at every row would take minutes.
	const order = db.sql.prepare("SELECT sql FROM sqlite_schema WHERE name = 'accreditation_step_order'").pluck().get() as string;
	db.sql.exec('DROP TRIGGER accreditation_step_order');
	const people = db.sql.transaction(() => fill(db, applications))();
	db.sql.exec(order);
	db.sql.pragma('wal_checkpoint(TRUNCATE)');
	db.sql.close();
	return people;
}

function fill(db: ReturnType<typeof openDatabase>, applications: number): AssessingPeople {
	const random = randomFrom(4);
	const write = writer(db.sql);
	const { standards, version } = standardsOn(db, REGISTER_DAY);
	const holidays = holidaysOf(db);
	const officer = write.person('Olga', 'membership_officer');
	const assessors = Array.from({ length: ASSESSORS }, (_, i) => write.person(`Assessor ${i}`, 'assessor'));
	let steps = 0;
	const one = (no: number, length: number): string => {
		const route = standards.routes[Math.floor(random() * standards.routes.length)] as (typeof standards.routes)[number];
		const pair = [0, 1].slice(0, route.assessors).map((i) => assessors[(no * 7 + i * 11) % ASSESSORS] as string);
		const history = historyOf({
			length,
			assessors: pair,
			endsOn: addDays(REGISTER_DAY, -Math.floor(random() * (no % 2 === 0 ? 60 : 5 * 365))),
			end: no % 2 === 0 ? 'open' : no % 4 === 1 ? 'decided' : 'withdrawn',
			pick: random(),
		});
		const states = statesOf(history, route);
		const due = dueOn(states.at(-1) as State, standards.limits, holidays);
		steps += history.length;
		return write.application(no, { route, version, history, states, due, assessors: pair });
	};
	for (let no = 1; no <= applications; no += 1) one(no, 100);
	const long = one(applications + 2, 500);
	return { officer, assessors, long, routes: standards.routes.map(({ key }) => key), applications, steps };
}

type Shape = { length: number; assessors: string[]; endsOn: string; end: 'open' | 'decided' | 'withdrawn'; pick: number };

/** A history of so many steps that could have been taken: holds and requests in between, then somewhere on the way or over. */
function historyOf({ length, assessors, endsOn, end, pick }: Shape): Step[] {
	const head: [Step['kind'], Step['data']][] = [
		['begun', {}],
		['submitted', {}],
	];
	if (pick > 0.15 || end !== 'open')
		head.push(['accepted', {}], ...assessors.map((person, i): [Step['kind'], Step['data']] => ['assigned', { person, place: i + 1 }]));
	const tail = tailOf({ assessors, endsOn, end, pick });
	const between = Array.from({ length: Math.max(0, length - head.length - tail.length) }, (_, i): [Step['kind'], Step['data']] => {
		const pair = Math.floor(i / 2);
		if (pair % 2 === 0) return i % 2 === 0 ? ['held', { untilOn: endsOn }] : ['released', {}];
		return i % 2 === 0 ? ['request_made', { request: `r${pair}` }] : ['request_settled', { request: `r${pair}`, isGood: true }];
	});
	const all = [...head, ...between.slice(0, between.length - (between.length % 2)), ...tail];
	return all.map(([kind, data], i) => ({ no: i + 1, kind, at: i, onDay: addDays(endsOn, i - all.length), byPerson: null, data }));
}

function tailOf({ assessors, endsOn, end, pick }: Omit<Shape, 'length'>): [Step['kind'], Step['data']][] {
	if (end === 'withdrawn') return [['withdrawn', {}]];
	if (end === 'open') return pick > 0.8 ? [['information_requested', { dueOn: addDays(endsOn, Math.floor(pick * 60)) }]] : [];
	const outcome = pick > 0.3 ? 'awarded' : 'declined';
	return [
		...assessors.map((person): [Step['kind'], Step['data']] => ['sheet_sealed', { person }]),
		['reconciled', { recommendation: pick > 0.3 ? 'award' : 'decline' }],
		['decided', { outcome, decision: 'bench' }],
	];
}

type Written = { route: { key: string; assessors: number }; version: string; history: Step[]; states: State[]; due: string | null; assessors: string[] };

function writer(sql: Database.Database) {
	const person = sql.prepare('INSERT INTO person (id, email, created_at) VALUES (?, ?, 0)');
	const name = sql.prepare("INSERT INTO person_name (id, person_id, given_names, family_name) VALUES (?, ?, ?, 'Bench')");
	const role = sql.prepare("INSERT INTO role_grant (id, person_id, role, from_on, granted_by, reason) VALUES (?, ?, ?, '2020-01-01', 'bench', 'bench')");
	const application =
		sql.prepare(`INSERT INTO accreditation_application (id, reference, person_id, route, standards_version, begun_at, phase, turn, outcome, phase_from_on, due_on, held_until_on, steps)
		VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?)`);
	const step =
		sql.prepare(`INSERT INTO accreditation_step (application_id, no, kind, at, on_day, by_person, data, process_id, phase, turn, left_phase, left_phase_on, left_turn, left_turn_on)
		VALUES (?, ?, ?, ?, ?, NULL, ?, 'bench', ?, ?, ?, ?, ?, ?)`);
	const assessor = sql.prepare(`INSERT INTO accreditation_assessor (id, application_id, person_id, place, assigned_by, assigned_at, declared_at, declared)
		VALUES (?, ?, ?, ?, 'bench', 0, 0, 'none')`);
	const place =
		sql.prepare(`INSERT INTO practice_place (id, person_id, position, practice_name, town, district, postcode, nation, latitude, longitude, precision)
		VALUES (?, ?, 0, ?, 'Reading', 'RG1', ?, 'England', 51.45, -0.97, 'postcode')`);
	let count = 0;
	const named = (given: string): string => {
		const id = newId();
		person.run(id, `${id}@members.example`);
		name.run(newId(), id, given);
		return id;
	};
	// A hundred at an address, and a third of all under a name that others have too.
	const withPractice = (given: string): string => {
		const id = named(given);
		const address = Math.floor(count / 100);
		place.run(newId(), id, count % 3 === 0 ? `Practice ${count % 999}` : null, `RG${address % 10} ${address}AB`);
		count += 1;
		return id;
	};
	return {
		person(given: string, asRole: string): string {
			// Assessors have none: they would be of the circle of those whom they assess.
			const id = asRole === 'assessor' ? named(given) : withPractice(given);
			role.run(newId(), id, asRole);
			return id;
		},
		application(no: number, { route, version, history, states, due, assessors }: Written): string {
			const id = newId();
			const reference = `ACC-2026-${String(no).padStart(5, '0')}`;
			const turns = states.map((state) => turnOf(state, route));
			const { phase, outcome, phaseFromOn, hold, assessors: given } = states.at(-1) as State;
			application.run(
				id,
				reference,
				withPractice(`Applicant ${no}`),
				route.key,
				version,
				phase,
				turns.at(-1),
				outcome,
				phaseFromOn,
				due,
				hold?.untilOn ?? null,
				history.length,
			);
			const lefts = leftsOf(history, states, turns);
			for (const [i, { phase: after }] of states.entries()) {
				const { kind, at, onDay, data } = history[i] as Step;
				const left = lefts[i];
				step.run(id, i + 1, kind, at, onDay, JSON.stringify(data), after, turns[i], left?.leftPhase, left?.leftPhaseOn, left?.leftTurn, left?.leftTurnOn);
			}
			if (given.length > 0) for (const [i, one] of assessors.entries()) assessor.run(newId(), id, one, i + 1);
			return reference;
		},
	};
}

function fingerprintOf(patterns: string[]): string {
	const hash = createHash('sha256');
	for (const file of patterns.flatMap((pattern) => globSync(pattern, { cwd: ROOT })).sort()) hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)));
	return hash.digest('hex');
}
