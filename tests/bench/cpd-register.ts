import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type Database from 'better-sqlite3';
import { addDays } from '#core/dates.ts';
import { newId } from '#core/ids.ts';
import { openDatabase } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import { CPD_CATEGORIES } from '#db/schema/cpd.ts';
import { REGISTER_DAY, REGISTER_NOW } from './registers.ts';
import { randomFrom } from './statistics.ts';

const ROOT = resolve(import.meta.dirname, '..', '..');
const MEMBERS = 20_000;
const EACH = 10;
/** Ten years: the year that is running holds a tenth of anyone's entries. */
const DAYS = 3650;

/** The heavy member's 2,000 and the light one's 20, over ten years; `crowded` has 2,000 in the year that is running. */
export type CpdPeople = { all: string[]; heavy: string; light: string; crowded: string };

/**
 * The data folder of a register of 20,000 members with 200,000 CPD entries and 80,000 sessions of supervision, written straight into the tables.
 * Kept from an earlier run unless the migrations or this file have changed.
 */
export function readyCpdRegister(folder: string): { dataDir: string; people: CpdPeople } {
	const dataDir = join(folder, 'cpd-20000');
	const stamp = join(dataDir, 'made-from');
	const fingerprint = fingerprintOf(['db/migrations/*', 'tests/bench/cpd-register.ts']);
	if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== fingerprint) {
		rmSync(dataDir, { recursive: true, force: true });
		mkdirSync(dataDir, { recursive: true });
		const people = make(dataDir);
		writeFileSync(join(dataDir, 'people.json'), JSON.stringify(people));
		writeFileSync(stamp, fingerprint);
	}
	return { dataDir, people: JSON.parse(readFileSync(join(dataDir, 'people.json'), 'utf8')) as CpdPeople };
}

function make(dataDir: string): CpdPeople {
	const { sql } = openDatabase(join(dataDir, 'register.db'));
	migrate(sql, REGISTER_NOW);
	const random = randomFrom(3);
	const write = writer(sql, random);
	const people = sql.transaction(() => {
		const all = Array.from({ length: MEMBERS }, () => write.member());
		for (const id of all) write.entries(id, { count: EACH, days: 730 });
		const [heavy, light, crowded] = [write.member(), write.member(), write.member()];
		write.entries(heavy, { count: 2000, days: DAYS });
		write.entries(light, { count: 20, days: DAYS });
		write.entries(crowded, { count: 2000, days: 200 });
		return { all: all.slice(0, 2000), heavy, light, crowded };
	})();
	sql.pragma('wal_checkpoint(TRUNCATE)');
	sql.close();
	return people;
}

function writer(sql: Database.Database, random: () => number) {
	const ago = (days: number) => addDays(REGISTER_DAY, -Math.floor(random() * days));
	const yes = (part: number) => (random() < part ? 1 : 0);
	const person = sql.prepare('INSERT INTO person (id, email, created_at) VALUES (?, ?, 0)');
	const name = sql.prepare('INSERT INTO person_name (id, person_id, given_names, family_name) VALUES (?, ?, ?, ?)');
	const membership = sql.prepare(
		"INSERT INTO membership_period (id, person_id, category, from_on, paid_to_on) VALUES (?, ?, 'plus', '2016-01-01', '2027-06-30')",
	);
	const award = sql.prepare(
		"INSERT INTO award (id, person_id, level, kind, standards_version, awarded_on) VALUES (?, ?, 'practitioner', 'adult', '2016-1', '2016-02-01')",
	);
	const term = sql.prepare("INSERT INTO award_term (id, award_id, from_on, to_on) VALUES (?, ?, '2016-02-01', '2028-01-31')");
	const entry =
		sql.prepare(`INSERT INTO cpd_entry (id, person_id, kind, is_draft, title, done_on, minutes, category, is_ipt, is_skills, provider, learned, changed, effect,
		repeat_key, created_at, changed_at) VALUES (?, ?, 'activity', ?, ?, ?, ?, ?, ?, ?, 'A trainer', ?, ?, ?, ?, 0, 0)`);
	const session =
		sql.prepare(`INSERT INTO supervision_entry (id, person_id, is_draft, held_on, minutes, own_minutes, kind, group_size, mode, material, repeat_key, created_at, changed_at)
		VALUES (?, ?, 0, ?, 60, 30, 'peer', 2, 'video', 'none', ?, 0, 0)`);
	const written = 'Something worth keeping, in a sentence or two, as members write it. '.repeat(4);
	return {
		member(): string {
			const [id, awardId] = [newId(), newId()];
			person.run(id, `${id}@members.example`);
			name.run(newId(), id, 'Bench', id.slice(-6));
			membership.run(newId(), id);
			award.run(awardId, id);
			term.run(newId(), awardId);
			for (let i = 0; i < 4; i += 1) session.run(newId(), id, ago(365), newId());
			return id;
		},
		entries(personId: string, { count, days }: { count: number; days: number }): void {
			for (let i = 0; i < count; i += 1) {
				const category = CPD_CATEGORIES[Math.floor(random() * CPD_CATEGORIES.length)];
				const text = yes(0.5) ? written : '';
				const minutes = 30 + Math.floor(random() * 400);
				entry.run(newId(), personId, yes(0.01), `Activity ${i}`, ago(days), minutes, category, yes(0.4), yes(0.3), text, text, text, newId());
			}
		},
	};
}

function fingerprintOf(patterns: string[]): string {
	const hash = createHash('sha256');
	for (const file of patterns.flatMap((pattern) => globSync(pattern, { cwd: ROOT })).sort()) hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)));
	return hash.digest('hex');
}
