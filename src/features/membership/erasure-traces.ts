import type { Tx } from '#core/commit.ts';
import type { Destroyed } from '#core/dispose.ts';
import type { Db } from '#db/client.ts';
import { PERSONAL_TABLES } from '#db/personal-data.ts';

/** Ids of everything that is about a person (what events have as their subject), and of the messages to them. */
export function recordIdsOf({ sql }: Db, person: string): { subjects: string[]; mails: string[] } {
	const ids = new Map(
		PERSONAL_TABLES.filter(({ table }) => table !== 'audit_event' && hasId(sql, table)).map(({ table, where }) => [
			table,
			sql.prepare(`SELECT id FROM "${table}" WHERE ${where}`).pluck().all({ person }) as string[],
		]),
	);
	return { subjects: [person, ...[...ids.values()].flat().map(String)], mails: ids.get('outbox') ?? [] };
}

/**
 * Deletes the personal values beside every event about a person or anything of theirs, by them, or that names them by address, telephone or
 * whole name, whatever the event is about. The chain still proves itself. Before their names and addresses are gone.
 */
export function eraseAuditValues(tx: Tx, person: string, subjects: readonly string[], done: Destroyed): void {
	const { sql } = tx.db;
	const about = `DELETE FROM audit_personal WHERE seq IN (SELECT seq FROM audit_event WHERE subject_id IN (SELECT value FROM json_each(:subjects)) OR actor = :actor)`;
	let count = sql.prepare(about).run({ subjects: JSON.stringify(subjects), actor: `person:${person}` }).changes;
	for (const { text, other } of tracesOf(sql, person)) {
		const named = 'DELETE FROM audit_personal WHERE instr(lower(data), lower(:text)) > 0 AND instr(lower(data), lower(:other)) > 0';
		count += sql.prepare(named).run({ text: inJson(text), other: inJson(other) }).changes;
	}
	if (count > 0) done.counts.audit_personal = (done.counts.audit_personal ?? 0) + count;
}

type Trace = { text: string; other: string };

/** Addresses and numbers by themselves; a family name only together with the given names: others bear it too. */
function tracesOf(sql: Db['sql'], person: string): Trace[] {
	const text = `SELECT email AS text, '' AS other FROM person WHERE id = :person AND email IS NOT NULL UNION SELECT phone, '' FROM person WHERE id = :person AND phone IS NOT NULL
		UNION SELECT email, '' FROM account WHERE person_id = :person UNION SELECT family_name, given_names FROM person_name WHERE person_id = :person`;
	return sql.prepare(text).all({ person }) as Trace[];
}

/** As it stands between the quotes of JSON. */
function inJson(value: string): string {
	return JSON.stringify(value).slice(1, -1);
}

function hasId(sql: Db['sql'], table: string): boolean {
	return sql.prepare("SELECT 1 FROM pragma_table_info(?) WHERE name = 'id'").get(table) !== undefined;
}
