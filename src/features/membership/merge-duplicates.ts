import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { allow, personOf } from '#core/policy.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { canKeepFile, canKeepRecords } from './people-policy.ts';

type Side = { personId: string; key: string; name: string };
/** Two files that may be one person, and why. */
export type Duplicate = { first: Side; second: Side; why: string };

const MOST = 100;
const SIDE = (p: 'first' | 'second') => `${p}.id AS ${p}Id, coalesce((SELECT number FROM registration WHERE person_id = ${p}.id), ${p}.id) AS ${p}Key,
	(SELECT n.given_names || ' ' || n.family_name FROM person_name n WHERE n.person_id = ${p}.id AND n.to_on IS NULL) AS ${p}Name`;
const PAIR = `${SIDE('first')}, ${SIDE('second')}`;
const SETTLED = `NOT EXISTS (SELECT 1 FROM person_merge m WHERE m.loser_id IN (first.id, second.id))
	AND NOT EXISTS (SELECT 1 FROM not_same_person s WHERE s.first_id = first.id AND s.second_id = second.id)`;
const WAYS: readonly { why: string; text: string }[] = [
	{
		why: 'the same e-mail address',
		text: `SELECT ${PAIR} FROM (SELECT lower(email) AS mailbox FROM person WHERE email IS NOT NULL GROUP BY lower(email) HAVING count(*) > 1) same
			JOIN person first ON lower(first.email) = same.mailbox JOIN person second ON lower(second.email) = same.mailbox AND first.id < second.id`,
	},
	{
		why: 'the same name and date of birth',
		text: `SELECT DISTINCT ${PAIR} FROM person first JOIN person second ON second.born_on = first.born_on AND first.id < second.id
			JOIN name_key a ON a.person_id = first.id JOIN name_key b ON b.key = a.key AND b.person_id = second.id`,
	},
	{
		why: 'the same number of their core profession',
		text: `SELECT DISTINCT ${PAIR} FROM core_profession x JOIN core_profession y ON y.reference = x.reference AND y.body = x.body AND x.person_id < y.person_id
			JOIN person first ON first.id = x.person_id JOIN person second ON second.id = y.person_id`,
	},
];

/** Pairs of files that look like one person, the surest first; at most a hundred of each kind. @throws Forbidden */
export function possibleDuplicates(ctx: Ctx): Duplicate[] {
	allow(canKeepRecords(ctx.actor));
	const found = new Map<string, Duplicate>();
	for (const { why, text } of WAYS) {
		for (const row of prepared(ctx.db.sql, `${text} WHERE ${SETTLED} LIMIT ${MOST}`).all() as Row[]) {
			const id = `${row.firstId} ${row.secondId}`;
			const known = found.get(id);
			const first = { personId: row.firstId, key: row.firstKey, name: row.firstName ?? '' };
			const second = { personId: row.secondId, key: row.secondKey, name: row.secondName ?? '' };
			found.set(id, { first, second, why: known ? `${known.why}, ${why}` : why });
		}
	}
	return [...found.values()];
}

/** Files that look like the same person as one file, and why. Never authorises: for whoever may see that file. */
export function doublesOf(db: Db, personId: string): { key: string; name: string; why: string }[] {
	return LIKE.flatMap(({ why, text }) =>
		(prepared(db.sql, `${text} AND ${OTHERS}`).all({ person: personId }) as { key: string; name: string | null }[]).map(({ key, name }) => ({
			key,
			name: name ?? '',
			why,
		})),
	);
}

const OTHER = `SELECT DISTINCT coalesce((SELECT number FROM registration WHERE person_id = o.id), o.id) AS key,
	(SELECT n.given_names || ' ' || n.family_name FROM person_name n WHERE n.person_id = o.id AND n.to_on IS NULL) AS name`;
const OTHERS = `o.id <> :person AND NOT EXISTS (SELECT 1 FROM person_merge m WHERE m.loser_id IN (o.id, :person))
	AND NOT EXISTS (SELECT 1 FROM not_same_person s WHERE :person IN (s.first_id, s.second_id) AND o.id IN (s.first_id, s.second_id)) LIMIT 10`;
const LIKE: readonly { why: string; text: string }[] = [
	{ why: 'the same e-mail address', text: `${OTHER} FROM person me JOIN person o ON lower(o.email) = lower(me.email) WHERE me.id = :person` },
	{
		why: 'the same name and date of birth',
		text: `${OTHER} FROM person me JOIN person o ON o.born_on = me.born_on JOIN name_key a ON a.person_id = me.id JOIN name_key b ON b.key = a.key AND b.person_id = o.id
			WHERE me.id = :person AND o.born_on IS NOT NULL`,
	},
	{
		why: 'the same number of their core profession',
		text: `${OTHER} FROM core_profession x JOIN core_profession y ON y.reference = x.reference AND y.body = x.body JOIN person o ON o.id = y.person_id
			WHERE x.person_id = :person`,
	},
];

type Row = { firstId: string; firstKey: string; firstName: string | null; secondId: string; secondKey: string; secondName: string | null };

/** Notes that two files are not one person: they are no longer offered. Said twice it changes nothing twice. @throws Forbidden */
export function keepApart(ctx: Ctx, pair: { one: string; other: string; reason: string }): void {
	allow(canKeepFile(ctx.actor, pair.one) && canKeepFile(ctx.actor, pair.other));
	const [first, second] = [pair.one, pair.other].sort();
	if (prepared(ctx.db.sql, 'SELECT 1 FROM not_same_person WHERE first_id = ? AND second_id = ?').get(first, second)) return;
	commit(ctx, { name: 'keep files apart', reason: pair.reason }, (tx) => {
		const text = 'INSERT INTO not_same_person (first_id, second_id, said_at, said_by, reason) VALUES (?, ?, ?, ?, ?)';
		prepared(tx.db.sql, text).run(first, second, ctx.now, personOf(ctx).personId, pair.reason);
		for (const [id, otherId] of [
			[pair.one, pair.other],
			[pair.other, pair.one],
		] as const)
			record(tx, 'person.kept_apart', { type: 'person', id }, { otherId });
	});
}
