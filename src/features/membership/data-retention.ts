import type { Db } from '#db/client.ts';
import type { RetentionClass } from '#db/personal-data.ts';
import { prepared } from '#db/prepared.ts';

/** How long one class of data is kept. `from`: what the months are counted from. */
export type KeptRule = { label: string; from: 'record' | 'membership_end' | 'never'; months: number | null; because: string };

/** The rules of keeping that are in force on a day, and their version. */
export function retentionRules(db: Db, day: string): { version: string; classes: Record<RetentionClass, KeptRule> } {
	const { version, data } = newest(db, 'retention', day);
	return { version, ...(JSON.parse(data) as { classes: Record<RetentionClass, KeptRule> }) };
}

/** How long we may take over a request about data: months to answer, months more when it is hard, working days to say that we have it. */
export function requestRules(db: Db, day: string): { answerMonths: number; extensionMonths: number; acknowledgeDays: number } {
	return JSON.parse(newest(db, 'data-requests', day).data) as ReturnType<typeof requestRules>;
}

function newest(db: Db, kind: string, day: string): { version: string; data: string } {
	const text = 'SELECT version, data FROM rule_set WHERE kind = ? AND from_on <= ? ORDER BY from_on DESC, version DESC LIMIT 1';
	const row = prepared(db.sql, text).get(kind, day) as { version: string; data: string } | undefined;
	if (!row) throw new Error(`There are no rules of kind ${kind} for ${day}.`);
	return row;
}
